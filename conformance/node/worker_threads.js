// Workers: other isolates of the program, to which messages, buffers and ports are sent.
import { once } from "node:events";
import { Worker, MessageChannel, isMainThread, markAsUncloneable, markAsUntransferable, isMarkedAsUntransferable, parentPort, receiveMessageOnPort, setEnvironmentData, SHARE_ENV, threadId, workerData, BroadcastChannel, postMessageToThread } from "node:worker_threads";

const inside = new URL("fixtures/threads/inside.mjs", import.meta.url);
console.log(isMainThread, threadId, parentPort, workerData);

const start = (options) => new Worker(inside, options);
async function ask(worker, action, value, transfer) {
  worker.postMessage([action, value], transfer);
  return (await once(worker, "message"))[0];
}

setEnvironmentData("key", { set: true });
const worker = start({ name: "first", workerData: { a: [1, new Date(0)], m: new Map([[1, 2]]) }, argv: ["x", 1], env: { GREETING: "changed", ONLY: 1 } });
await once(worker, "online");
console.log(await ask(worker, "where"));
console.log(await ask(worker, "echo", { text: "ü€😀", big: 2n ** 70n, set: new Set([1]), error: new TypeError("copied") }).then(({ text, big, set, error }) => [text, big, set, error instanceof TypeError, error.message]));
const bytes = new Uint8Array(1000);
console.log(await ask(worker, "buffer", bytes, [bytes.buffer]), bytes.length);

// Ports between threads.
const { port1, port2 } = new MessageChannel();
port1.postMessage("before");
console.log(await ask(worker, "port", port2, [port2]));
console.log(...(await once(port1, "message")));
port1.postMessage("after");
console.log(...(await once(port1, "message")));
port1.close();
console.log(...(await once(worker, "message")));
const [{ port2: theirs }] = await (worker.postMessage(["makesPort"]), once(worker, "message"));
console.log(...(await once(worker, "message")), ...(await once(theirs, "message")));
theirs.postMessage("what");
console.log(...(await once(theirs, "message")));
// On to another thread.
const second = start({ env: process.env });
console.log(await ask(second, "port", theirs, [theirs]), await ask(second, "self"));
console.log(await ask(second, "nests"));

const channel = new BroadcastChannel("threads");
const listener = new Worker(`
  const { BroadcastChannel, workerData } = require("worker_threads");
  const channel = new BroadcastChannel("threads");
  channel.onmessage = ({ data }) => { channel.postMessage(data + workerData); channel.close(); };
  channel.postMessage("ready");
`, { eval: true, workerData: 1 });
channel.onmessage = ({ data }) => {
  console.log("broadcast", data);
  if (data === "ready") channel.postMessage(41);
  else channel.close();
};
console.log("exit", ...(await once(listener, "exit")));

// Ends.
console.log("terminated", await second.terminate(), second.threadId);
worker.postMessage(["leaves"]);
console.log("exit", ...(await once(worker, "exit")));
const ends = async (action, value, options) => {
  const ended = start(options);
  const seen = [];
  ended.on("message", (message) => seen.push(message));
  ended.on("error", ({ name, message, code, constructor }) => seen.push(`${name} ${constructor.name} ${code} ${message}`));
  ended.postMessage([action, value]);
  const code = await new Promise((resolve) => ended.once("exit", resolve));
  return [action, code, ...seen];
};
console.log(await ends("exit", 7), await ends("leaves"));
console.log(await ends("throws"));
console.log(await ends("rejects"));
const spinning = start();
await once(spinning, "online");
spinning.postMessage(["spins"]);
console.log("a loop is terminated", await spinning.terminate());

const failing = new Worker("throw new TypeError('at once')", { eval: true });
const [failure, code] = await Promise.all(["error", "exit"].map((event) => new Promise((resolve) => failing.once(event, resolve))));
console.log(failure.name, failure.message, code);
const missing = new Worker("/no/such/file.js");
console.log((await new Promise((resolve) => missing.once("error", resolve))).code);

// Nothing keeps the program alive.
start().unref();

// Limits.
const many = Array.from({ length: 5 }, () => new Worker("setTimeout(() => {}, 60_000)", { eval: true }));
const refused = await Promise.all(many.map((each) => new Promise((resolve) => { each.once("online", resolve); each.once("error", resolve); })));
console.log(refused.filter(Boolean).map(({ code, message }) => `${code} ${message}`));
await Promise.all(many.map((each) => each.terminate()));
const greedy = new Worker("", { eval: true, resourceLimits: { maxOldGenerationSizeMb: 2000 } });
console.log((await new Promise((resolve) => greedy.once("error", resolve))).code);

// In one thread.
const local = new MessageChannel();
local.port1.postMessage({ a: 1 });
console.log(receiveMessageOnPort(local.port2), receiveMessageOnPort(local.port2));
const marked = new ArrayBuffer(1);
markAsUntransferable(marked);
const single = {};
markAsUncloneable(single);
console.log(isMarkedAsUntransferable(marked), isMarkedAsUntransferable(single));
for (const use of [
  () => local.port1.postMessage(1, [marked]), () => structuredClone(single), () => new Worker("x.js"), () => new Worker(1), () => new Worker("", { eval: true, env: SHARE_ENV }),
  () => new Worker("", { eval: true, stdout: true }), () => new Worker("", { eval: true, execArgv: ["--expose-gc"] }), () => new Worker(inside, { workerData: () => {} }),
  () => postMessageToThread(1, 2), () => receiveMessageOnPort({}), () => new Worker("", { eval: true, resourceLimits: { maxOldGenerationSizeMb: "1" } }), () => new Worker("", { eval: true, workerData: new SharedArrayBuffer(1) }),
]) {
  try {
    use();
    console.log("nothing thrown");
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
