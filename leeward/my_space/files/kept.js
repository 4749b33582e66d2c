// Keeping one page on this phone, and throwing it away. Only where a browser can open it offline.
(() => {
  "use strict";
  const STORE = "k";
  const BESIDE = ["/s/page.css", "/s/kept.js"];
  const face = location.pathname.split("/")[1];

  const throwAway = async () => {
    await caches.delete(STORE);
    const held = await navigator.serviceWorker.getRegistrations();
    await Promise.all(held.map((each) => each.unregister()));
  };

  // The kept page is made by this device, so it carries its own rules: it may ask for nothing.
  const RULES = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'";
  const keep = async (html) => {
    await navigator.serviceWorker.register(`/${face}/offline.js`, { scope: `/${face}/` });
    const store = await caches.open(STORE);
    await store.addAll(BESIDE);
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": RULES };
    await store.put(`/${face}/kept/`, new Response(html, { headers }));
  };

  const tell = (name) => {
    for (const each of document.querySelectorAll("[data-told]")) each.hidden = each.dataset.told !== name;
  };

  const button = (name, act) => {
    const found = document.querySelector(`button[data-${name}]`);
    if (!found || !("serviceWorker" in navigator) || !("caches" in window)) return;
    found.hidden = false;
    found.addEventListener("click", () => act().then(() => tell(name), () => tell("failed")));
  };

  button("keep", () => keep(document.querySelector("[data-page]").value));
  button("away", throwAway);
})();
