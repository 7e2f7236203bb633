// A hundred tasks, interleaved by timers, completions and each other's promises: each must find its own store at
// every point. The last lines count what was found; a storage that were a plain variable would get most of it wrong.
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import fs from "node:fs";

const TASKS = 100;
const storage = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
const wrong = new Map();
const places = new Set();
let right = 0;

function check(place, expected) {
  places.add(place);
  if (storage.getStore()?.id === expected) right++;
  else wrong.set(place, (wrong.get(place) ?? 0) + 1);
}

function checkNone(place) {
  places.add(place);
  if (storage.getStore() === undefined) right++;
  else wrong.set(place, (wrong.get(place) ?? 0) + 1);
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const completion = () => new Promise((resolve) => fs.stat("/definitely/not/there", () => resolve()));
const failure = () => new Promise((_, reject) => fs.stat("/definitely/not/there", (error) => reject(error)));

// Promises that one task waits for and another one settles.
const settlers = [];
const settleOne = () => settlers.shift()?.();
let openGate;
const gate = new Promise((resolve) => (openGate = resolve));

class Subclass extends Promise {}

async function* counted(id, delay) {
  for (let i = 0; i < 4; i++) {
    check("async generator", id);
    await sleep(delay(i) % 2);
    check("async generator after await", id);
    yield i;
    check("async generator after yield", id);
  }
}

async function nested(id, depth) {
  check("nested function", id);
  await sleep(depth);
  check("nested function after await", id);
  return depth > 0 ? nested(id, depth - 1) : id;
}

async function awaits(id, delay) {
  await 1;
  check("await of a value", id);
  await sleep(delay(1));
  check("await of a timer", id);
  await completion();
  check("await of a completion", id);
  try {
    await failure();
  } catch {
    check("catch of a failed completion", id);
  }
  try {
    await Promise.reject(id);
  } catch {
    check("catch", id);
  } finally {
    check("finally", id);
  }
  await new Promise((resolve) => {
    settlers.push(resolve);
    setTimeout(settleOne, delay(2));
  });
  check("await of a promise that another task settles", id);
  await gate;
  check("await of a promise that all share", id);
  await new Subclass((resolve) => setTimeout(resolve, delay(3)));
  check("await of a subclass", id);
}

async function chains(id, delay) {
  await sleep(delay(4))
    .then(() => {
      check("then", id);
      return sleep(1);
    })
    .then(() => {
      check("then after a promise", id);
      throw id;
    })
    .catch(() => check("catch handler", id))
    .finally(() => check("finally handler", id));
  check("after the chain", id);
  await Subclass.resolve().then(() => check("then of a subclass", id));
  await Promise.all([nested(id, 2), nested(id, 1), sleep(2).then(() => check("inside of all", id))]);
  check("all", id);
  await Promise.race([sleep(1), sleep(3)]);
  check("race", id);
  await Promise.allSettled([Promise.reject(1), sleep(1)]);
  check("allSettled", id);
  await Promise.any([Promise.reject(1), sleep(1)]);
  check("any", id);
}

async function thenables(id, delay) {
  await {
    then(resolve) {
      check("thenable", id);
      setTimeout(resolve, delay(5));
    },
  };
  check("after a thenable", id);
  try {
    await {
      then(_, reject) {
        settlers.push(() => reject(id));
        setTimeout(settleOne, delay(6));
      },
    };
  } catch {
    check("after a thenable that another task rejects", id);
  }
  await Promise.resolve().then(() => ({
    then(resolve) {
      check("thenable that a handler returns", id);
      fs.stat("/definitely/not/there", () => resolve());
    },
  }));
  check("after a thenable that a handler returns", id);
}

async function loops(id, delay) {
  for await (const i of counted(id, delay)) {
    check("for await", id);
    if (i === 2) await sleep(1);
    check("for await after await", id);
  }
  for await (const _ of [sleep(1), 2, Promise.resolve(3)]) check("for await over an array", id);
}

async function callbacks(id) {
  await new Promise((resolve) => {
    queueMicrotask(() => {
      check("queueMicrotask", id);
      resolve();
    });
  });
  await new Promise((resolve) => {
    process.nextTick(() => {
      check("nextTick", id);
      resolve();
    });
  });
  await new Promise((resolve) => {
    setImmediate(() => {
      check("setImmediate", id);
      Promise.resolve().then(() => {
        check("then in setImmediate", id);
        resolve();
      });
    });
  });
  await new Promise((resolve) => {
    let times = 0;
    const timer = setInterval(() => {
      check("setInterval", id);
      if (++times === 2) {
        clearInterval(timer);
        resolve();
      }
    }, 1);
  });
  await new Promise((resolve) => {
    fs.stat("/definitely/not/there", () => {
      check("callback of a completion", id);
      resolve();
    });
  });
  check("after callbacks", id);
}

async function switches(id) {
  await storage.run({ id: -id }, async () => {
    check("inner run", -id);
    await sleep(1);
    check("inner run after await", -id);
  });
  check("after an inner run", id);
  await other.run(id, async () => {
    await sleep(1);
    check("run of another storage", id);
    if (other.getStore() !== id) wrong.set("another storage", id);
  });
  storage.exit(() => checkNone("exit"));
  check("after exit", id);
  const restore = AsyncLocalStorage.snapshot();
  const bound = AsyncLocalStorage.bind(() => check("bind", id));
  const resource = new AsyncResource("Test");
  await storage.exit(async () => {
    await sleep(1);
    checkNone("exit after await");
    restore(() => check("snapshot", id));
    bound();
    resource.runInAsyncScope(() => check("AsyncResource", id));
    await 0;
    checkNone("exit after another await");
  });
  check("after an asynchronous exit", id);
  storage.enterWith({ id: id + 0.5 });
  check("enterWith", id + 0.5);
  await sleep(1);
  check("enterWith after await", id + 0.5);
}

async function task(id) {
  const delay = (salt) => (id * 7919 + salt * 104729) % 5;
  check("start", id);
  await awaits(id, delay);
  await chains(id, delay);
  await thenables(id, delay);
  await loops(id, delay);
  await callbacks(id);
  await switches(id);
}

const tasks = Array.from({ length: TASKS }, (_, i) => storage.run({ id: i + 1 }, task, i + 1));
checkNone("after starting all");
setTimeout(openGate, 30);
setTimeout(() => checkNone("a timer of no task"), 10);
await Promise.all(tasks);
checkNone("at the end");
console.log(places.size, "places,", right, "right");
console.log("wrong:", wrong.size === 0 ? "none" : [...wrong]);
