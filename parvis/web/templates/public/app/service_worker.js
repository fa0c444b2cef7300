{% autoescape off %}// Keeps the look, the offline page and the help on the device. Never a page of anybody.
const release = "parvis-{{ release }}";
const offline = "{{ kept.0 }}";
const kept = [{% for path in kept %}"{{ path }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const ofNobody = (path) => new Request(path, { credentials: "omit" });

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(release)
      .then((cache) => cache.addAll(kept.map(ofNobody)))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== release).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const keepHelp = (path) => caches.open(release).then((cache) => cache.add(ofNobody(path)));
const isHelp = (url) => url.pathname.startsWith("/aide/") && !url.search;

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && isHelp(url)) event.waitUntil(keepHelp(url.pathname).catch(() => {}));
    return answer;
  } catch {
    return (isHelp(url) && (await caches.match(url.pathname))) || caches.match(offline);
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (kept.includes(url.pathname)) event.respondWith(caches.match(url.pathname).then((found) => found || fetch(event.request)));
});
{% endautoescape %}
