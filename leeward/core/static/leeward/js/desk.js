// On every page of Practice. Nothing here is needed to do the work: each part makes an ordinary page
// a little quicker to use.

/** Where a "/" is text and not a call for Find. */
const TYPING = "input, textarea, select, [contenteditable]";

/** "/" goes to Find, unless the worker is typing or has turned shortcuts off in their settings. */
function findKey(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.dataset.shortcuts === "off" || event.target.closest(TYPING)) return;
  if (document.querySelector("dialog[open]")) return;
  const find = [...document.querySelectorAll("[data-find]")].find((box) => box.offsetParent);
  if (!find) return;
  event.preventDefault();
  find.focus();
  find.select();
}

/** The small menus are <details>: Escape and a click elsewhere close them. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

function menuKey(event) {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

const STEPS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** "5 minutes ago" in the page's own language; a full date stays in the title. */
function ago(moment, now, language) {
  const seconds = (moment - now) / 1000;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, "minute");
}

function showAgo() {
  const language = document.documentElement.lang || "en-CA";
  for (const time of document.querySelectorAll("time[data-ago][datetime]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    if (!time.title) time.title = time.textContent.trim();
    time.textContent = ago(moment, new Date(), language);
  }
}

/** Every element in `root`, itself included, that `selector` finds. */
function within(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.push(root);
  return found;
}

/**
 * Follow-up questions: <input data-reveals="id"> shows the element with that id while it is ticked. Several
 * answers may show the same one: it stands while any of them is ticked.
 * No aria-expanded: a radio may not carry it, and the question stands right after in the page anyway.
 */
function reveal(root) {
  const shown = new Map();
  for (const input of within(root, "input[data-reveals]")) {
    const id = input.dataset.reveals;
    shown.set(id, shown.get(id) || input.checked);
  }
  for (const [id, open] of shown) document.getElementById(id)?.classList.toggle("reveal--shut", !open);
}

reveal(document.body);
showAgo();
setInterval(showAgo, 30000);
document.addEventListener("change", () => reveal(document.body));
window.addEventListener("pageshow", () => reveal(document.body));
document.addEventListener("keydown", findKey);
document.addEventListener("keydown", menuKey);
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("htmx:load", (event) => {
  reveal(event.detail.elt);
  showAgo();
});
