// Shows the app's pages: what a server would be asked for, the worker is asked for. Places in the app stand behind "#", so
// that any host of files will do, under any path.
import { attend, enhance } from "./enhance.js";
import { forget, kept } from "./memory.js";

const site = JSON.parse(document.getElementById("site").textContent);
const page = document.getElementById("page");
const bar = document.getElementById("bar");
let language = localStorage.getItem("language") ?? "id";
const say = (key, places = {}) =>
  Object.entries(places).reduce((text, [name, value]) => text.replace(`{${name}}`, value), site.words[language][key]);

// -- what is told around the pages ----------------------------------------------------------------------------------------

/** A message that stays until it is taken back: its words, and what can be done about it. */
const tell = (key, { actions = [], bad = false } = {}) => {
  untell(key);
  const box = document.createElement("div");
  box.className = bad ? "told bad" : "told";
  box.dataset.key = key;
  box.lang = language;
  box.setAttribute("role", bad ? "alert" : "status");
  const words = document.createElement("p");
  words.textContent = say(key);
  box.append(words);
  for (const [name, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(name);
    button.addEventListener("click", act);
    box.append(button, " ");
  }
  document.getElementById("told").append(box);
};

const untell = (key) => document.querySelector(`#told [data-key="${key}"]`)?.remove();

const progress = (key, done, all) => {
  bar.hidden = false;
  bar.lang = language;
  const inMegabytes = (bytes) => (bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 });
  document.getElementById("progress-words").textContent = say(key, { done: inMegabytes(done), all: inMegabytes(all) });
  const line = document.getElementById("progress");
  if (all) { line.max = all; line.value = done; } else line.removeAttribute("value");
};

const download = (data, name, kind = "application/octet-stream") => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** The memory as it was kept, for when the app itself cannot be opened. */
const rescue = async () => {
  const found = await kept("memory", "home");
  if (found) download(found.files.get("pamit.db"), "pamit.db");
};

// -- the worker -----------------------------------------------------------------------------------------------------------

let worker, count = 0;
const waiting = new Map();

const work = (name, given) => new Promise((resolve, reject) => {
  waiting.set(++count, { resolve, reject });
  worker.postMessage({ number: count, work: name, given });
});

const engage = () => {
  worker = new Worker(new URL(site.worker, document.baseURI), { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error === undefined) resolve(data.found);
    else reject(Object.assign(new Error(data.error), { name: data.name }));
  });
  worker.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
  });
};

/** Ask for an address; says so when the answer could not be kept. */
const ask = async (method, address, body) => {
  const entries = body && [...body].map(([name, value]) => [name, value, value.name]);
  const found = await work("ask", { method, address, body: entries, token: document.body.dataset.formToken });
  if (found.full) tell("full", { bad: true, actions: [["keep_again", keepAgain]] });
  else if (method !== "GET") untell("full");
  return found;
};

const keepAgain = async () => {
  try {
    await work("save");
    untell("full");
    tell("kept");
    setTimeout(untell, 4_000, "kept");
  } catch { /* it still stands there that nothing is kept */ }
};

// -- pages ----------------------------------------------------------------------------------------------------------------

let here = "/";
const text = (data) => new TextDecoder().decode(data);
const isPage = (found) => (found.headers["content-type"] ?? "").startsWith("text/html");

/** An answer as elements: nothing that could run, files by their names here, places behind "#". */
const pieces = (html) => {
  const found = new DOMParser().parseFromString(html, "text/html");
  for (const one of found.querySelectorAll("script, iframe, object, embed, base, meta[http-equiv]")) one.remove();
  for (const one of found.querySelectorAll("[href], [src]")) {
    const name = one.hasAttribute("href") ? "href" : "src";
    const written = one.getAttribute(name);
    const { origin, pathname, search, hash } = new URL(written, `http://pamit.invalid${here}`);
    if (written.startsWith("#") || origin !== "http://pamit.invalid") continue;
    const file = site.static[pathname];
    if (file) one.setAttribute(name, file + hash);
    else if (one.localName === "a") one.setAttribute("href", `#${pathname}${search}${hash}`);
    else { one.removeAttribute(name); one.dataset.from = pathname + search; }
  }
  return found;
};

const house = {
  post: async (address, data) => {
    const found = await ask("POST", address, data ?? new FormData());
    return { ok: found.status < 400, text: async () => pieces(text(found.data)).body.innerHTML };
  },
  get: async (address) => {
    const found = await ask("GET", address);
    return { ok: found.status < 400 && isPage(found), text: async () => pieces(text(found.data)).documentElement.outerHTML };
  },
  go: (address) => go(address),
  again: () => show("GET", here, { stay: true }),
  at: () => here.split("?")[0],
  note: (address) => { here = address; history.replaceState(null, "", `#${address}`); },
};

const render = (found, mark, { stay }) => {
  const fresh = pieces(text(found.data));
  language = fresh.documentElement.lang || language;
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.title = fresh.title;
  document.body.dataset.formToken = fresh.body.dataset.formToken ?? "";
  page.replaceChildren(...fresh.body.childNodes);
  enhance(house);
  for (const picture of page.querySelectorAll("img[data-from]")) load(picture);
  if (stay) return;
  document.getElementById("said").textContent = say("opened", { title: document.title });
  const target = mark ? document.getElementById(mark) : document.querySelector("main [autofocus]");
  scrollTo(0, 0);
  if (target) { target.scrollIntoView(); target.focus({ preventScroll: true }); }
  else document.getElementById("main").focus({ preventScroll: true });
};

const load = async (picture) => {
  const found = await ask("GET", picture.dataset.from);
  if (found.status < 400) picture.src = URL.createObjectURL(new Blob([found.data], { type: found.headers["content-type"] }));
};

let asked = 0;

/** Ask for a page and show it; a file is saved. Of several at once the last one is shown. */
const show = async (method, address, { body, replace = false, stay = false } = {}) => {
  const mine = ++asked;
  const [place, mark] = address.split("#");
  document.documentElement.dataset.asking = "";
  const busy = setTimeout(() => document.documentElement.classList.add("waiting"), 150);
  try {
    const found = await ask(method, place, body);
    if (!isPage(found)) {
      const name = /filename="?([^";]+)/.exec(found.headers["content-disposition"] ?? "")?.[1];
      if (found.status < 400 && found.data.length) download(found.data, name ?? "pamit", found.headers["content-type"]);
      return;
    }
    if (mine !== asked) return;
    here = found.address;
    const shown = `#${found.address}${mark ? `#${mark}` : ""}`;
    if (stay || replace || shown === location.hash) history.replaceState(null, "", shown);
    else history.pushState(null, "", shown);
    render(found, mark, { stay });
  } catch (error) {
    broken(error);
  } finally {
    clearTimeout(busy);
    if (mine === asked) {
      document.documentElement.classList.remove("waiting");
      delete document.documentElement.dataset.asking;
    }
  }
};

const go = (address) => show("GET", address);
const asNamed = () => (location.hash.startsWith("#/") ? location.hash.slice(1) : "/");

addEventListener("popstate", () => { if (worker) show("GET", asNamed(), { replace: true }); });

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = link.getAttribute("href").slice(1);
  if (address.startsWith("/")) { go(address); return; }
  const target = document.getElementById(address);
  target?.scrollIntoView();
  target?.focus();
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  event.preventDefault();
  const method = (submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toUpperCase();
  const address = (submitter?.getAttribute("formaction") ?? form.getAttribute("action")) || here;
  const data = new FormData(form, submitter);
  if (method === "POST") show("POST", address, { body: data });
  else go(`${address.split("?")[0]}?${new URLSearchParams(data)}`);
});

// -- beginning ------------------------------------------------------------------------------------------------------------

const broken = (error) => {
  bar.hidden = true;
  const key = /store-newer|is newer/.test(error.message) ? "newer" : "broken";
  console.error(error);
  tell(key, { bad: true, actions: [["retry", () => location.reload()], ["rescue", rescue]] });
};

/** Wait until this is the only tab in which Pamit runs. */
const alone = () => new Promise((resolve) => {
  const others = new BroadcastChannel("pamit");
  const hold = () => {
    untell("elsewhere");
    others.onmessage = ({ data }) => { if (data === "hand-over") leave(); };
    resolve();
    return new Promise((release) => { letGo = release; });
  };
  let letGo;
  const leave = () => {
    worker?.terminate();
    worker = null;
    page.inert = true;
    tell("handed_over", { actions: [["take_over", () => location.reload()]] });
    letGo();
  };
  navigator.locks.request("pamit", { ifAvailable: true }, (lock) => {
    if (lock) return hold();
    tell("elsewhere", { actions: [["take_over", () => others.postMessage("hand-over")]] });
    navigator.locks.request("pamit", hold);
    return null;
  });
});

/** Have all files kept on the phone before the first of them is used, and say how far that is. */
const keepOffline = async () => {
  if (!navigator.serviceWorker) return;
  const { serviceWorker } = navigator;
  const ready = new Promise((resolve, reject) => {
    serviceWorker.addEventListener("message", ({ data }) => {
      if (data.failed) reject(new Error("the download broke off"));
      else if (!serviceWorker.controller) progress("bytes", data.done, data.all);
    });
    serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
  const controlled = Boolean(serviceWorker.controller);
  const registration = await serviceWorker.register("offline.js", { updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  if (controlled) watchForUpdate(registration);
  else await ready;
};

const watchForUpdate = (registration) => {
  const offer = (fresh) => tell("update", {
    actions: [["update_do", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      fresh.postMessage("take-over");
    }]],
  });
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh.addEventListener("statechange", () => { if (fresh.state === "installed") offer(fresh); });
  });
};

/** Take in what another program has shared with Pamit. */
const takeShared = async () => {
  const found = await kept("shared", "next");
  if (!found) return;
  await forget("shared", "next");
  const data = new FormData();
  data.append("text", found.text);
  if (found.file?.size) data.append("file", found.file);
  await show("POST", "/add", { body: data });
};

const begin = async () => {
  if (document.documentElement.hasAttribute("data-old")) return;
  if (localStorage.getItem("language")) {
    document.documentElement.lang = language;
    for (const part of document.querySelectorAll("[data-first]")) part.hidden = part.lang !== language;
  }
  await alone();
  try {
    await keepOffline();
  } catch {
    bar.hidden = true;
    tell("no_network", { bad: true, actions: [["retry", () => location.reload()]] });
    return;
  }
  progress("starting");
  engage();
  try {
    await work("start", {
      base: document.baseURI,
      engine: site.python,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      language,
      version: site.version,
    });
  } catch (error) {
    broken(error);
    return;
  }
  await show("GET", asNamed(), { replace: true });
  bar.hidden = true;
  performance.mark("pamit-open");
  attend(house);
  navigator.storage?.persist?.();
  await takeShared();
};

begin();
