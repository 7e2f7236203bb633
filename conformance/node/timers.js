import timers from "node:timers";
import { setTimeout as sleep, setImmediate as immediately, setInterval as every, scheduler } from "node:timers/promises";
import { promisify } from "node:util";

const order = [];
let ran;
const allRan = new Promise((resolve) => (ran = resolve));
// Not at the top level, where an ES module's own evaluation is a microtask.
setTimeout(() => {
  setTimeout(() => ran(order.push("timeout")), 5);
  setImmediate(() => order.push("immediate"));
  queueMicrotask(() => order.push("microtask"));
  process.nextTick(() => order.push("tick"));
  Promise.resolve().then(() => process.nextTick(() => order.push("tick from microtask")));
}, 1);
await allRan;
console.log(order);
console.log(await sleep(1, "value"), await immediately("now"), await promisify(setTimeout)(1, "promisified"));
const t = setTimeout(() => console.log("never"), 1);
console.log(typeof +t, t.hasRef(), t.unref().hasRef(), t.ref() === t);
clearTimeout(t);
let n = 0;
for await (const value of every(1, "i")) {
  console.log(value);
  if (++n === 2) break;
}
const controller = new AbortController();
const waiting = sleep(1000, null, { signal: controller.signal });
controller.abort();
await waiting.catch((error) => console.log(error.name, error.code));
await scheduler.wait(1);
const refreshed = setTimeout(() => console.log("refreshed"), 5);
refreshed.refresh();
await sleep(30);
console.log(timers.setTimeout === setTimeout);
try {
  setTimeout("code");
} catch (error) {
  console.log(error.code, error.message);
}
clearTimeout(undefined);
clearInterval("nonsense");
setTimeout((a, b) => console.log(a, b), 1, "x", "y");

// Many at once, of which some stay long and some are cleared while hundreds come and go.
const stay = Array.from({ length: 300 }, (_, i) => new Promise((resolve) => setTimeout(resolve, 40, i)));
const cleared = Array.from({ length: 300 }, () => setTimeout(() => console.log("never"), 600_000));
let came = 0;
for (let round = 0; round < 3; round++) {
  const brief = Array.from({ length: 200 }, (_, i) => new Promise((resolve) => setTimeout(() => resolve(came++), 1 + (i % 3))));
  for (const one of cleared.splice(0, 100)) clearTimeout(one);
  await Promise.all(brief);
}
const values = await Promise.all(stay);
console.log(came, values.length, values.every((value, i) => value === i));
