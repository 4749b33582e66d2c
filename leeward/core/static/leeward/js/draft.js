// Drafts: what is being typed is kept on the server every few seconds and on leaving a field.
//
// For <form data-draft-url="…" data-draft-version="3">. Text lives in the open page and on the
// server, and nowhere on the device. The server answers a save with
//   204 or 200              saved; X-Leeward-Draft-Version is the next version,
//                           X-Leeward-Saved-At (optional) the time in words, such as 16:52
//   409                     someone (or another tab) holds a newer draft: saving stops, text stays
//   403 with X-CSRFToken    the form token was an old one: saving goes on with the new one
//   401, a redirect, or     signed out: a sign-in form opens over the page, and the text is saved
//   X-Leeward-Signed-Out    as soon as that has worked
// and anything else, or no answer, means: try again, later and later, and say so.

const PAUSE = 3000;
const RETRY_FIRST = 2000;
const RETRY_LAST = 60000;
const TOKEN = 'input[name="csrfmiddlewaretoken"]';

/** A time of day as the page writes it: 14:05, in French 14 h 05. */
function clock(moment) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [moment.getHours(), two(moment.getMinutes())];
  const french = document.documentElement.lang.startsWith("fr");
  return french ? `${hours}\u00a0h\u00a0${minutes}` : `${two(hours)}:${minutes}`;
}

/** True when an answer means that the session has ended. A redirect can mean nothing else here. */
function signedOut(answer) {
  return (
    answer.status === 401 ||
    answer.type === "opaqueredirect" ||
    answer.headers.get("X-Leeward-Signed-Out") === "1"
  );
}

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.dialog = document.querySelector("[data-signin-dialog]");
    this.typed = 0; // grows with every change; compared with what a save carried
    this.saved = 0;
    this.since = null; // when the oldest change that is not saved was made
    this.wait = RETRY_FIRST;
    this.timer = 0;
    this.busy = false;
    this.leaving = false; // by the form's own button, which saves everything itself
    this.halted = false; // a newer draft is on the server: keep the words here, overwrite nothing
    this.sending = null; // what stops a save that is on its way
    this.listen();
  }

  get dirty() {
    return this.typed !== this.saved;
  }

  get quiet() {
    return this.leaving || this.halted || Boolean(this.dialog?.open);
  }

  listen() {
    const changed = (event) => this.changed(event);
    this.form.addEventListener("input", changed);
    this.form.addEventListener("change", changed);
    this.form.addEventListener("focusout", (event) => {
      if (this.dirty && !event.relatedTarget?.matches("button, [type=submit]")) this.save();
    });
    this.form.addEventListener("submit", () => {
      this.leaving = true;
      clearTimeout(this.timer);
      this.sending?.abort();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.leaving = false;
    });
    window.addEventListener("online", () => this.dirty && this.save());
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty) this.save({ keepalive: true });
    });
    this.dialog?.querySelector("form")?.addEventListener("submit", (event) => this.signIn(event));
  }

  changed(event) {
    if (event.target.closest("[data-draft-ignore]")) return;
    if (!this.dirty) this.since = new Date();
    this.typed += 1;
    if (!this.timer && !this.quiet) this.later(PAUSE);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  /** Save now, unless a save is on its way: then its answer starts the next one. */
  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.busy || this.quiet) return;
    this.busy = true;
    const carried = this.typed;
    try {
      this.answer(await this.post(keepalive), carried);
    } catch {
      if (!this.leaving) this.failed();
    } finally {
      this.busy = false;
      this.sending = null;
    }
    if (this.dirty && !this.timer && !this.quiet) this.later(PAUSE);
  }

  post(keepalive) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") body.append(name, value);
    }
    body.set("draft_version", this.form.dataset.draftVersion ?? "");
    this.sending = new AbortController();
    return fetch(this.form.dataset.draftUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") ?? "" },
      credentials: "same-origin",
      redirect: "manual",
      signal: this.sending.signal,
      keepalive,
    });
  }

  answer(answer, carried) {
    const token = answer.headers.get("X-CSRFToken");
    if (token) this.setToken(token);
    if (signedOut(answer)) return this.askSignIn();
    if (answer.status === 409) return this.conflict();
    if (!answer.ok) return this.failed();
    this.saved = carried;
    this.since = this.dirty ? new Date() : null;
    this.wait = RETRY_FIRST;
    const version = answer.headers.get("X-Leeward-Draft-Version");
    if (version) {
      this.form.dataset.draftVersion = version;
      const field = this.form.elements.namedItem("draft_version");
      if (field) field.value = version;
    }
    this.say("saved", answer.headers.get("X-Leeward-Saved-At") ?? clock(new Date()));
  }

  /** Nothing was saved: say since when, and try again after a wait that doubles. */
  failed() {
    this.say("unsaved", clock(this.since ?? new Date()));
    this.later(this.wait);
    this.wait = Math.min(this.wait * 2, RETRY_LAST);
  }

  conflict() {
    this.halted = true;
    this.say("conflict", clock(new Date()));
  }

  askSignIn() {
    this.say("signin", clock(this.since ?? new Date()));
    if (this.dialog && !this.dialog.open) this.dialog.showModal();
  }

  /** Sign in over the page. The password goes to the server and is cleared from the form. */
  async signIn(event) {
    event.preventDefault();
    const form = event.target;
    const problem = form.querySelector("[data-signin-problem]");
    const body = new URLSearchParams(new FormData(form));
    let answer = null;
    try {
      answer = await fetch(this.form.dataset.signinUrl ?? form.action, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") ?? "" },
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch {
      answer = null;
    }
    for (const secret of form.querySelectorAll('input[type="password"], [data-once]')) secret.value = "";
    const worked = answer !== null && (answer.status === 204 || answer.type === "opaqueredirect");
    if (problem) problem.hidden = worked;
    if (!worked) return;
    await this.renewToken(answer.headers.get("X-CSRFToken"));
    this.dialog.close();
    this.save();
  }

  /** Signing in changes the form token: take the new one from the answer, else from this page anew. */
  async renewToken(given) {
    let token = given;
    if (!token) {
      try {
        const page = await (await fetch(window.location.href)).text();
        token = new DOMParser().parseFromString(page, "text/html").querySelector(TOKEN)?.value;
      } catch {
        return; // the next save fails, says so, and is tried again
      }
    }
    if (token) this.setToken(token);
  }

  setToken(token) {
    for (const field of document.querySelectorAll(TOKEN)) field.value = token;
  }

  /** Put the sentence for `state` in the status line; {time} in it becomes `time`. */
  say(state, time) {
    if (!this.status) return;
    const key = `text${state[0].toUpperCase()}${state.slice(1)}`;
    const sentence = this.status.dataset[key] ?? this.form.dataset[key] ?? "";
    const words = sentence.replace("{time}", time);
    this.status.dataset.state = state;
    const line = this.status.querySelector("[data-draft-words]") ?? this.status;
    if (words && line.textContent !== words) line.textContent = words;
  }
}

for (const form of document.querySelectorAll("form[data-draft-url]")) new Draft(form);
