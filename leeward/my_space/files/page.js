// Leaving at once: cover the page, end the visit on the server, and go where nothing is said.
// Without this file the button is a plain form, and does the same a moment later.
(() => {
  "use strict";
  const form = document.querySelector("form.leave");
  const speech = window.speechSynthesis;
  const away = () => {
    document.documentElement.classList.add("gone");
    if (speech) speech.cancel();
  };

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

  // Reading aloud, by a voice that says it lies on this device: any other would send the page to
  // whoever speaks it. Where there is none for this language, or no script, nothing is offered.
  if (!speech) return;
  const main = document.querySelector("main");
  const language = document.documentElement.lang.toLowerCase();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--line listen";

  const voice = () => {
    const spoken = (each) => each.lang.toLowerCase().replace("_", "-");
    const here = speech.getVoices().filter(
      (each) => each.localService === true && spoken(each).split("-")[0] === language.split("-")[0],
    );
    return here.find((each) => spoken(each) === language) || here[0];
  };

  let reading = 0;
  const say = (isReading) => {
    button.textContent = isReading ? main.dataset.stop : main.dataset.listen;
  };

  const hush = () => {
    reading += 1;
    speech.cancel();
    say(false);
  };

  const read = () => {
    const by = voice();
    hush();
    if (!by) return;
    const lines = main.innerText.split("\n").filter((each) => each.trim() && each !== button.textContent);
    const mine = reading;
    const over = () => {
      if (mine === reading) hush();
    };
    lines.forEach((line, at) => {
      const one = new SpeechSynthesisUtterance(line);
      one.voice = by;
      one.lang = by.lang;
      one.onerror = over;
      if (at === lines.length - 1) one.onend = over;
      speech.speak(one);
    });
    say(true);
  };

  button.addEventListener("click", () => (button.textContent === main.dataset.stop ? hush() : read()));

  // Voices are often known only a moment later.
  const offer = () => {
    if (button.isConnected || !voice()) return;
    const head = main.querySelector(".head");
    if (head) head.after(button);
  };

  // Whoever turns to something else is not read to.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hush();
  });
  hush();
  offer();
  speech.addEventListener("voiceschanged", offer);
})();
