// Leaving at once: cover the page, end the visit on the server, and go where nothing is said.
// Without this file the button is a plain form, and does the same a moment later.
(() => {
  "use strict";
  const form = document.querySelector("form.leave");
  const away = () => document.documentElement.classList.add("gone");

  const leave = () => {
    away();
    // A beacon would follow where a form is led: it asks to be led nowhere.
    navigator.sendBeacon(form.action, new URLSearchParams({ quiet: "yes" }));
    location.replace(form.dataset.to);
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
