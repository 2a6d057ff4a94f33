// Run lines of the bulk interface through the site's own Python: node batch.mjs <site> < lines > records
// Each line is a verb, a tab, and what that verb is given.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { loadPyodide } from "pyodide";

const assets = join(process.argv[2], "assets");
const python = await loadPyodide();
for (const name of readdirSync(assets).filter((one) => one.endsWith(".pack"))) {
  const data = new Uint8Array(gunzipSync(readFileSync(join(assets, name))));
  const start = 4 + new DataView(data.buffer, data.byteOffset).getUint32(0);
  let at = start;
  for (const [path, length] of JSON.parse(new TextDecoder().decode(data.subarray(4, start)))) {
    const place = `/lib/pamit/${path}`;
    python.FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    python.FS.writeFile(place, data.subarray(at, at += length));
  }
}
const pieces = [];
for await (const piece of process.stdin) pieces.push(piece);
python.globals.set("given", Buffer.concat(pieces).toString("utf-8"));
const records = python.runPython(`
import sys
sys.path.insert(0, "/lib/pamit")
from pamit.domain.terms import Language
from pamit.surfaces.batch import process_line
lines = [line.partition("\\t") for line in given.split("\\n") if line]
b"".join(process_line(line.encode(), number, verb, Language.ID)[0] for number, (verb, _, line) in enumerate(lines, 1)).decode()
`);
process.stdout.write(records);
