// One program's event loop, with a turn's order as Guest.java has it: one call, then all ticks and promise jobs, then
// rejections that nobody handled, until none is left; then the turn's end, and what was written leaves.
import { driver } from "./driver.js";
import * as wasi from "./wasi.js";

const MAILBOX_BYTES = 32 * 1024;
const HEADER_BYTES = 16;
const RECORD_HEADER_BYTES = 16;
const FLAG_TICKS = 1;
const FLAG_TURN_END = 2;
const TIMER_REPEATS = 1;
const TIMER_UNREFERENCED = 2;

// ---- What the runtime's JavaScript registered ----

const registered = new Map();

export const register = (name, fn) => void registered.set(name, fn);
export const isRegistered = (name) => registered.has(name);
export const call = (name, ...args) => registered.get(name)(...args);

// ---- The mailbox: its records are those of internal/records.js ----

export const mailbox = new ArrayBuffer(MAILBOX_BYTES);
const words = new Int32Array(mailbox);
const doubles = new Float64Array(mailbox);

let flags = 0;

/** handle(id, aux, position of the payload in the mailbox, its length), by type of record. */
const handlers = new Map();

export const onRecord = (type, handle) => void handlers.set(type, handle);

export function readMailbox() {
  flags |= words[1];
  words[1] = 0;
  const end = words[0];
  words[0] = HEADER_BYTES;
  for (let at = HEADER_BYTES; at < end; ) {
    const word = at >> 2;
    const length = words[word + 3];
    handlers.get(words[word])?.(words[word + 1], words[word + 2], at + RECORD_HEADER_BYTES, length);
    at += RECORD_HEADER_BYTES + ((length + 7) & ~7);
  }
}

words[0] = HEADER_BYTES;

// ---- Rejections ----

let rejections = [];

/** The engine tells of a promise that was rejected, or handled after all. */
export function rejected(promise, reason, handled) {
  if (handled) {
    const at = rejections.findLastIndex((entry) => entry.promise === promise && !entry.handled);
    if (at >= 0) {
      rejections.splice(at, 1);
      return;
    }
  }
  rejections.push({ promise, reason, frame: driver.contextFrame(), handled: handled !== 0 });
}

/** The loader itself looks after that one. */
export function looksAfter(promise) {
  driver.markHandled(promise);
  rejections = rejections.filter((entry) => entry.promise !== promise);
}

function reportRejections() {
  const taken = rejections;
  rejections = [];
  for (const { promise, reason, frame, handled } of taken) {
    guarded(() => call("rejection", promise, reason, frame, handled));
  }
  return taken.length > 0;
}

// ---- Turns ----

let report = (error) => {
  throw error;
};

/** Where an error goes that came out of a turn. */
export const reportTo = (fn) => void (report = fn);

const atTurnEnd = [];

/** fn() when a turn is over: what was written leaves. */
export const afterTurns = (fn) => void atTurnEnd.push(fn);

function guarded(action) {
  try {
    action();
  } catch (error) {
    report(error);
  }
}

function runJobs() {
  for (;;) {
    try {
      if (driver.runJob() === 0) return;
    } catch (error) {
      report(error);
    }
  }
}

function takeFlag(flag) {
  const raised = (flags & flag) !== 0;
  flags &= ~flag;
  return raised;
}

function drain() {
  let again;
  do {
    readMailbox();
    if (takeFlag(FLAG_TICKS)) guarded(() => call("ticks"));
    runJobs();
    again = reportRejections();
    readMailbox();
  } while (again || (flags & FLAG_TICKS) !== 0);
}

export function turn(action) {
  guarded(action);
  do {
    drain();
    if (takeFlag(FLAG_TURN_END)) {
      guarded(() => call("turnEnd"));
      drain();
    }
  } while ((flags & (FLAG_TICKS | FLAG_TURN_END)) !== 0);
  for (const fn of atTurnEnd) fn();
}

// ---- Timers and immediates ----

/** id → { deadline, order, every, referenced }. Deadlines in milliseconds of now(). */
const timers = new Map();
let order = 0;
let immediates = [];
const pendingImmediates = new Set();

/** While a program is made ready, time stands still at 0: what was set then is due that long after its start. */
let begun = null;
let stood = 0;

export const now = () => (begun === null ? stood : wasi.monotonic() - begun);

export function beginTime() {
  begun = wasi.monotonic();
}

onRecord(1, (id, aux, at) => {
  const delay = doubles[at >> 3];
  timers.set(id, {
    deadline: now() + delay,
    order: order++,
    every: (aux & TIMER_REPEATS) !== 0 ? delay : 0,
    referenced: (aux & TIMER_UNREFERENCED) === 0,
  });
});
onRecord(2, (id) => timers.delete(id));
onRecord(3, (id, aux) => {
  const timer = timers.get(id);
  if (timer !== undefined) timer.referenced = aux !== 0;
});
onRecord(4, (id) => {
  immediates.push(id);
  pendingImmediates.add(id);
});
onRecord(5, (id) => pendingImmediates.delete(id));

function nextTimer() {
  let first;
  for (const [id, timer] of timers) {
    if (first === undefined || isBefore(timer, first)) {
      first = timer;
      first.id = id;
    }
  }
  return first;
}

function isBefore(a, b) {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order);
}

/** Those that are due; what they set waits for the next round. */
function runTimers() {
  const mark = order;
  const time = now();
  for (;;) {
    const timer = nextTimer();
    if (timer === undefined || timer.deadline > time || timer.order >= mark) return;
    if (timer.every > 0) {
      timer.deadline = Math.max(timer.deadline + timer.every, time);
      timer.order = order++;
    } else {
      timers.delete(timer.id);
    }
    turn(() => call("timer", timer.id));
    if (ended) return;
  }
}

function runImmediates() {
  const batch = immediates;
  immediates = [];
  for (const id of batch) {
    if (ended) return;
    if (pendingImmediates.delete(id)) turn(() => call("immediate", id));
  }
}

// ---- Work elsewhere: here, reading standard input is all there is ----

let nextCompletion = 1;
const tasks = [];
let readers = [];
let holds = 0;

/** Runs in a turn of its own. */
export const post = (task) => void tasks.push(task);

/** What an internal completion() waits for; settle(resolve) is called in a later turn. */
export function completionOf(work) {
  const id = nextCompletion++;
  hold();
  post(() => {
    release();
    settle(id, work);
  });
  return id;
}

function settle(id, work) {
  let value;
  try {
    value = work();
  } catch (error) {
    const kind = error instanceof TypeError ? "TYPE_ERROR" : error instanceof RangeError ? "RANGE_ERROR" : "SYSTEM_ERROR";
    call("completeExceptionally", id, kind, error.code ?? "", error.message);
    return;
  }
  call("complete", id, value);
}

/** The id of a completion with standard input's next bytes, or null at its end. */
export function readInput() {
  const id = nextCompletion++;
  hold();
  onInput((bytes) => {
    release();
    settle(id, () => (bytes.length === 0 ? null : bytes));
  });
  return id;
}

/** fn(bytes), none at the end, in a turn of its own. */
export const onInput = (fn) => void readers.push(fn);

export const hold = () => void holds++;
export const release = () => void holds--;

function takeInput() {
  const reader = readers.shift();
  const bytes = wasi.read(0);
  turn(() => reader(bytes));
}

// ---- The loop ----

let ended = false;

/** Ends the loop after the present turn. */
export const stop = () => void (ended = true);

export function isIdle() {
  return timers.size === 0 && pendingImmediates.size === 0 && tasks.length === 0 && readers.length === 0;
}

function keepsAlive() {
  if (holds > 0 || pendingImmediates.size > 0 || tasks.length > 0) return true;
  for (const timer of timers.values()) if (timer.referenced) return true;
  return false;
}

/** Runs until nothing is left to do; nothingLeft() may find more. */
export function run(nothingLeft) {
  while (!ended) {
    round();
    if (ended) return;
    if (!keepsAlive()) {
      nothingLeft();
      if (!keepsAlive()) return;
    }
    waitIfIdle();
  }
}

function round() {
  runTimers();
  while (!ended && tasks.length > 0) turn(tasks.shift());
  if (!ended) runImmediates();
}

function waitIfIdle() {
  if (!ended && pendingImmediates.size === 0 && tasks.length === 0) wait();
}

/** Runs while that holds, as above. */
export function runWhile(condition, nothingLeft) {
  while (!ended && condition()) {
    round();
    if (ended || !condition()) return;
    if (!keepsAlive()) nothingLeft();
    waitIfIdle();
  }
}

/** Runs what can run without waiting. */
export function runReady() {
  while (tasks.length > 0 || pendingImmediates.size > 0) round();
}

function wait() {
  const timer = nextTimer();
  const time = timer === undefined ? Infinity : Math.max(0, timer.deadline - now());
  if (readers.length > 0) {
    if (time === Infinity || wasi.poll(time, true)) takeInput();
  } else if (time !== Infinity) {
    if (time > 0) wasi.poll(time, false);
  } else {
    throw new Error("Runnel waits for something that can't happen: please report this error.");
  }
}
