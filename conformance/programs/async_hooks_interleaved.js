// 100 requests at once, each with a store of its own across ten awaits of different kinds.
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { once, EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";
import { ask, listening } from "./fixtures/ask.js";

const storage = new AsyncLocalStorage();
const file = fileURLToPath(new URL("fixtures/static/index.html", import.meta.url));
let wrong = 0;

const waits = [
  () => Promise.resolve(),
  () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5)),
  () => new Promise((resolve) => setImmediate(resolve)),
  () => new Promise((resolve) => process.nextTick(resolve)),
  () => readFile(file, "utf8"),
  () => new Promise((resolve) => queueMicrotask(resolve)),
  async () => {
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit("now"), 1);
    await once(emitter, "now");
  },
  async () => {
    for await (const part of (async function* () { yield 1; yield 2; })()) void part;
  },
  () => crypto.subtle.digest("SHA-256", new Uint8Array(10)),
  () => Promise.all([Promise.resolve(), new Promise((resolve) => setTimeout(resolve, 2))]),
];

const server = createServer((request, response) => {
  storage.run({ id: request.url }, async () => {
    for (const wait of waits) {
      await wait();
      if (storage.getStore()?.id !== request.url) wrong++;
    }
    response.end(storage.getStore().id);
  });
});
server.listen(0, "127.0.0.1");
const port = await listening(server);
const answers = await Promise.all(Array.from({ length: 100 }, async (_, i) => `${(await ask(port, `/${i}`)).body}` === `/${i}`));
console.log(answers.filter(Boolean).length, wrong, storage.getStore());
server.close();
