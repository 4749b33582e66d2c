// Keeping one page on this device, to open when there is no network; and taking it off again.
//
// For <section data-keep="/its/own/address/" data-worker="/its/offline.js" data-beside="/a.css /b.js">
// with the page as text in a [data-page], buttons [data-on] and [data-off], and what is told after.
// Nothing is offered where a browser cannot open it offline.
const STORE = "kept";
// The kept page is made by this device, so it carries its own rules: it may ask for nothing.
const RULES = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'";
const place = document.querySelector("[data-keep]");

async function keep() {
  const { keep: kept, worker, beside } = place.dataset;
  await navigator.serviceWorker.register(worker, { scope: new URL(".", new URL(worker, location)).pathname });
  const store = await caches.open(STORE);
  await store.addAll(beside.split(" "));
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": RULES };
  await store.put(kept, new Response(place.querySelector("[data-page]").value, { headers }));
}

async function takeOff() {
  await caches.delete(STORE);
  const held = await navigator.serviceWorker.getRegistrations();
  await Promise.all(held.map((each) => each.unregister()));
}

function offer(name, act) {
  const button = place.querySelector(`button[data-${name}]`);
  if (!button) return;
  const tell = (told) => {
    for (const each of place.querySelectorAll("[data-told]")) each.hidden = each.dataset.told !== told;
  };
  button.hidden = false;
  button.addEventListener("click", () => act().then(() => tell(name), () => tell("failed")));
}

if (place && "serviceWorker" in navigator && "caches" in window) {
  offer("on", keep);
  offer("off", takeOff);
  // What was kept before is made anew, so that it says what holds now.
  if (place.querySelector("[data-page]")) {
    caches.match(place.dataset.keep).then((found) => found && keep(), () => {});
  }
}
