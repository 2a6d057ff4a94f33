// The service worker: fetches all files of one build once, then answers from them, with or without a network.
const BUILD = "__BUILD__";
const FILES = __FILES__;
const STORE = `pamit-${BUILD}`;
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'";

const at = (path) => new URL(path, registration.scope).href;

const tell = async (message) => {
  for (const page of await clients.matchAll({ includeUncontrolled: true, type: "window" })) page.postMessage(message);
};

/** A file as it will be answered: with the policy that a plain host may not send. */
const kept = async (answer, count) => {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set("content-security-policy", POLICY);
  const counted = answer.body.pipeThrough(new TransformStream({
    transform(part, out) { count(part.length); out.enqueue(part); },
  }));
  return new Response(counted, { status: 200, headers });
};

const fetchAll = async () => {
  const store = await caches.open(STORE);
  const all = FILES.reduce((sum, [, size]) => sum + size, 0);
  let done = 0, told = 0;
  const count = (bytes) => {
    done += bytes;
    if (done - told > 200_000 || done === all) { told = done; tell({ done, all }); }
  };
  const waiting = [...FILES];
  const one = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [path, size] = next;
      const address = at(path === "index.html" ? "./" : path);
      // Names made of the content: what any earlier build or an earlier attempt has fetched is the same file.
      const found = path.startsWith("assets/") && await caches.match(address);
      if (found) { await store.put(address, found); count(size); continue; }
      const answer = await fetch(address, { cache: path.startsWith("assets/") ? "default" : "no-cache" });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      await store.put(address, await kept(answer, count));
    }
  };
  await Promise.all([one(), one(), one(), one()]);
};

addEventListener("install", (event) => event.waitUntil(fetchAll().catch(async (error) => {
  await tell({ failed: true });
  throw error;
})));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("pamit-") && name !== STORE) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("message", (event) => { if (event.data === "take-over") skipWaiting(); });

/** Lay aside what another program shares, and open the page that takes it in. */
const shared = async (request) => {
  const data = await request.formData();
  const base = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("pamit", 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore("memory"); asked.result.createObjectStore("shared"); };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const words = ["title", "text", "url"].map((name) => data.get(name)).filter((one) => one);
  await new Promise((resolve, reject) => {
    const change = base.transaction("shared", "readwrite");
    change.objectStore("shared").put({ text: words.join("\n"), file: data.get("file") || null }, "next");
    change.oncomplete = resolve;
    change.onabort = () => reject(change.error);
  });
  base.close();
  return Response.redirect(at("./#/add"), 303);
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (!request.url.startsWith(registration.scope)) return;
  if (request.method === "POST" && address.pathname === new URL(at("share")).pathname) {
    event.respondWith(shared(request));
    return;
  }
  if (request.method !== "GET") return;
  address.hash = address.search = "";
  if (address.pathname.endsWith("/index.html")) address.pathname = address.pathname.slice(0, -10);
  event.respondWith(caches.open(STORE).then((store) => store.match(address.href)).then((found) => found ?? fetch(request)));
});
