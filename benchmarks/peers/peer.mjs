// Times one tool of the npm registry over JSON lines of texts: node peer.mjs TOOL < texts.jsonl
// Prints the seconds of each round, one a line. Loading is not counted, nor is the first, warming round.
import { readFileSync } from "node:fs";

const texts = readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const tools = {
  "chrono-node": async () => {
    const { id } = await import("chrono-node");
    return (text) => id.parse(text.text, new Date(text.now));
  },
  "write-good": async () => {
    const { default: writeGood } = await import("write-good");
    return (text) => writeGood(text.text);
  },
  alex: async () => {
    const { text } = await import("alex");
    return (one) => text(one.text);
  },
  harper: async () => {
    const { LocalLinter } = await import("harper.js");
    const { binary } = await import("harper.js/binary");
    const linter = new LocalLinter({ binary });
    await linter.setup();
    return (text) => linter.lint(text.text);
  },
};
const run = await tools[process.argv[2]]();
const rounds = Number(process.argv[3] ?? 3);
for (let round = 0; round <= rounds; round++) {
  const began = process.hrtime.bigint();
  for (const text of texts) await run(text);
  if (round) console.log(Number(process.hrtime.bigint() - began) / 1e9);
}
