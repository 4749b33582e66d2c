// Leaving at once: cover the page, end the visit on the server, and go where nothing is said.
// Without this file the button is a plain form, and does the same a moment later.
(() => {
  "use strict";
  const form = document.querySelector("form.leave");
  const away = () => document.documentElement.classList.add("gone");

  // Whoever goes Back at once must find the visit ended: the page waits, covered, for the server to
  // say so, and no longer than this where the line is slow or gone.
  const LONGEST_WAIT_MS = 3000;

  const leave = () => {
    away();
    const gone = () => location.replace(form.dataset.to);
    // It asks to be led nowhere: an answer that leads away would be followed by the request itself.
    const body = new URLSearchParams({ quiet: "yes" });
    fetch(form.action, { method: "POST", body, keepalive: true, redirect: "error" }).then(gone, gone);
    setTimeout(gone, LONGEST_WAIT_MS);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  // Shift three times, with nothing else between, within a second and a half.
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < 1500) leave();
  });

  // A page that a browser has kept shows nothing, and asks the server anew.
  addEventListener("pagehide", away);
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
