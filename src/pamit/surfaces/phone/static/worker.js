// Python, beside the page: typing never waits for it.
import { keep, kept } from "./memory.js";

const HOME = "/home/pamit";
let python, house, version, last = new Map();

const bytesOf = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
};

/** The files of a pack: the length of its table, the table, then all bytes. */
const unpacked = async (address) => {
  const plain = (await bytesOf(address)).body.pipeThrough(new DecompressionStream("gzip"));
  const data = new Uint8Array(await new Response(plain).arrayBuffer());
  const start = 4 + new DataView(data.buffer).getUint32(0);
  const table = JSON.parse(new TextDecoder().decode(data.subarray(4, start)));
  let at = start;
  return table.map(([name, length]) => [name, data.subarray(at, at += length)]);
};

const put = (root, files) => {
  const made = new Set();
  for (const [name, data] of files) {
    const cut = name.lastIndexOf("/");
    const folder = cut < 0 ? root : `${root}/${name.slice(0, cut)}`;
    if (!made.has(folder)) { python.FS.mkdirTree(folder); made.add(folder); }
    python.FS.createDataFile(folder, name.slice(cut + 1), data, true, true, true);
  }
};

const start = async ({ base, engine, timezone, language, version: mine }) => {
  const at = (path) => new URL(path, base).href;
  version = mine;
  const packed = engine.packs.map((path) => unpacked(at(path)));
  const remembered = kept("memory", "home");
  const { loadPyodide } = await import(at(`${engine.home}pyodide.mjs`));
  python = await loadPyodide({
    indexURL: at(engine.home),
    stdLibURL: at(engine.stdlib),
    lockFileContents: engine.lock,
  });
  python.setStdout({ batched: () => {} });
  python.setStderr({ batched: (line) => console.error(line) });
  for (const files of packed) put("/lib/pamit", await files);
  await recall(await remembered);
  python.globals.set("given", python.toPy([HOME, timezone, language]));
  house = python.runPython(`
import sys
sys.path.insert(0, "/lib/pamit")
from pamit.surfaces.phone.entry import open_house
open_house(*given)
`);
};

/** Put back what was kept. A newer Pamit first lays a copy aside of what an older one has written. */
const recall = async (found) => {
  if (!found) return;
  if (found.version !== version) await keep("memory", "before", found);
  python.FS.mkdirTree(HOME);
  for (const [name, data] of found.files) python.FS.writeFile(`${HOME}/${name}`, data);
  last = found.files;
};

const same = (one, other) => {
  if (!one || one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
};

/** Keep the home folder if something in it has changed. */
const save = async () => {
  const { FS } = python;
  const files = new Map();
  for (const name of FS.readdir(HOME)) {
    if (FS.isFile(FS.stat(`${HOME}/${name}`).mode)) files.set(name, FS.readFile(`${HOME}/${name}`));
  }
  if (files.size === last.size && [...files].every(([name, data]) => same(last.get(name), data))) return;
  await keep("memory", "home", { version, files, at: Date.now() });
  last = files;
};

/** A body as bytes and its media type, as a browser would send it. */
const encoded = async (body) => {
  if (!body) return ["", new Uint8Array()];
  const data = new FormData();
  for (const [name, value, file] of body) data.append(name, value, ...(file ? [file] : []));
  const sent = new Response(data);
  return [sent.headers.get("content-type"), new Uint8Array(await sent.arrayBuffer())];
};

const ask = async ({ method, address, body, token }) => {
  const [kind, bytes] = await encoded(body);
  const found = await house.ask(method, address, kind, python.toPy(bytes).tobytes?.() ?? bytes, token ?? "");
  const [status, where, headers, data] = found.toJs({ dict_converter: Object.fromEntries });
  found.destroy();
  let full = false;
  if (method !== "GET") {
    try { await save(); } catch (error) { full = error.name; }
  }
  return { status, address: where, headers, data, full };
};

const works = { start, ask, save };
let queue = Promise.resolve();

// One after the other, as one person asks.
addEventListener("message", ({ data: { number, work, given } }) => {
  queue = queue.then(async () => {
    try {
      const found = await works[work](given);
      postMessage({ number, found }, found?.data ? [found.data.buffer] : []);
    } catch (error) {
      postMessage({ number, error: String(error?.message ?? error), name: error?.name });
    }
  });
});
