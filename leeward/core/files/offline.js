// Opens one kept page when there is no line. Nothing else is ever kept, and when that page was
// thrown away this goes as well.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const asked = new URL(event.request.url);
  const beside = BESIDE.includes(asked.pathname);
  if (event.request.method !== "GET" || !(beside || event.request.mode === "navigate")) return;
  const held = () => caches.match(beside ? asked.pathname : KEPT);
  event.respondWith(
    asked.pathname === KEPT
      ? held().then((found) => found ?? fetch(event.request))
      : fetch(event.request).catch(async (fault) => {
          const found = await held();
          if (found) return found;
          throw fault;
        }),
  );
});
