// Loaded in <head>, before the page is drawn and before any other script. It must stay this small,
// because the page waits for it.

// Follow-up questions do not flash open and then shut.
document.documentElement.classList.add("js");

// Nothing that is typed, searched or opened is kept on this device, whoever wrote the script that
// would like to: htmx, for one, notes each address, and an address may hold a name searched for.
Object.defineProperty(Storage.prototype, "setItem", {
  value() {
    throw new DOMException("Leeward keeps nothing on this device.", "QuotaExceededError");
  },
});
