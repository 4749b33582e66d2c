// The grid on a phone: one thread at a time, chosen from a list. Without this script every thread is
// shown, one under another, and the list is not.

/** Show the section whose data-thread is `thread`, or all of them when it is "". */
function show(grid, thread) {
  for (const section of grid.querySelectorAll("[data-thread]")) {
    section.hidden = thread !== "" && section.dataset.thread !== thread;
  }
}

for (const grid of document.querySelectorAll("[data-grid-phone]")) {
  const pick = grid.querySelector("[data-grid-pick]");
  const list = pick?.querySelector("select");
  if (!list) continue;
  const asked = grid.dataset.selected;
  if (asked && [...list.options].some((option) => option.value === asked)) list.value = asked;
  pick.hidden = false;
  list.addEventListener("change", () => show(grid, list.value));
  // A printed page shows every thread; a page come back to shows what its list says.
  window.addEventListener("beforeprint", () => show(grid, ""));
  window.addEventListener("afterprint", () => show(grid, list.value));
  window.addEventListener("pageshow", () => show(grid, list.value));
  show(grid, list.value);
}
