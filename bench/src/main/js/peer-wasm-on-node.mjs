// A peer of the benchmark: the same quickjs.wasm, run by V8. Usage: node peer-wasm-on-node.mjs PAGE
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { QuickJS } from "quickjs-wasi";

const wasm = readFileSync(createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm"));
const vm = await QuickJS.create({ wasm });
vm.evalCode(readFileSync(process.argv[2], "utf8"), "page.js").dispose();
const render = vm.global.getProp("render");

function renderOnce(seed) {
  const argument = vm.newString(seed);
  const result = vm.callFunction(render, vm.undefined, argument);
  const html = result.toString();
  result.dispose();
  argument.dispose();
  return html;
}

function cpuNanoseconds() {
  return BigInt(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]);
}

console.log(`ready Node ${process.version}, V8 ${process.versions.v8}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [seed, count] = line.split(" ");
  let first;
  const cpu = cpuNanoseconds();
  const start = process.hrtime.bigint();
  for (let i = 0; i < Number(count); i++) {
    const html = renderOnce(`${seed}-${i}`);
    first ??= html;
  }
  const nanoseconds = process.hrtime.bigint() - start;
  console.log(`${nanoseconds} ${cpuNanoseconds() - cpu} ${JSON.stringify(first)}`);
}
