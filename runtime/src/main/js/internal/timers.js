// Timers and immediates. Java keeps the deadlines, this file the callbacks.
import { register } from "host:isolate";
import { post, postNumber } from "internal:mailbox";
import * as records from "internal:records";
import { frame, setFrame } from "internal:async_context";
import { reportUncaught } from "internal:errors";
import { Pending } from "internal:pending";
import { apply } from "internal:primordials";

const MAX_DELAY = 2 ** 31 - 1;

const timers = new Pending();
const immediates = new Pending();
let nextId = 1;

function milliseconds(delay) {
  const number = +delay;
  return number >= 1 && number <= MAX_DELAY ? Math.trunc(number) : 1;
}

/** A pending timer, shaped as Node's Timeout. Worker programs see its number instead. */
export class Timeout {
  #ref = true;

  constructor(callback, delay, args, repeats) {
    this.id = nextId++;
    this.callback = callback;
    this.args = args;
    this.repeats = repeats;
    this.delay = milliseconds(delay);
    this.frame = frame();
    timers.set(this.id, this);
    this.#schedule();
  }

  #schedule() {
    const aux = (this.repeats ? records.TIMER_REPEATS : 0) | (this.#ref ? 0 : records.TIMER_UNREFERENCED);
    postNumber(records.TIMER_SET, this.id, aux, this.delay);
  }

  ref() {
    return this.#setRef(true);
  }

  unref() {
    return this.#setRef(false);
  }

  hasRef() {
    return this.#ref;
  }

  refresh() {
    if (timers.get(this.id) === this) {
      post(records.TIMER_CLEAR, this.id);
    } else {
      timers.set(this.id, this);
    }
    this.#schedule();
    return this;
  }

  close() {
    clearTimer(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }

  [Symbol.dispose]() {
    clearTimer(this);
  }

  #setRef(ref) {
    if (this.#ref !== ref) {
      this.#ref = ref;
      post(records.TIMER_REF, this.id, ref ? 1 : 0);
    }
    return this;
  }
}

/** Takes a Timeout, its number, or anything else, which is ignored. */
export function clearTimer(timer) {
  const id = timer instanceof Timeout ? timer.id : Number(timer);
  if (timers.take(id) !== undefined) post(records.TIMER_CLEAR, id);
}

register("timer", (id) => {
  const timer = timers.get(id);
  if (timer === undefined) return;
  if (!timer.repeats) timers.take(id);
  run(timer, timer);
});

/** Node's Immediate. */
export class Immediate {
  constructor(callback, args) {
    this.id = nextId++;
    this.callback = callback;
    this.args = args;
    this.frame = frame();
    immediates.set(this.id, this);
    post(records.IMMEDIATE_SET, this.id);
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

export function clearImmediate(immediate) {
  if (immediate instanceof Immediate && immediates.take(immediate.id) !== undefined) {
    post(records.IMMEDIATE_CLEAR, immediate.id);
  }
}

register("immediate", (id) => {
  const immediate = immediates.take(id);
  if (immediate !== undefined) run(immediate, undefined);
});

/** The frame stays set: Java runs this turn's jobs with none, because each carries its own. */
function run(task, self) {
  setFrame(task.frame);
  try {
    apply(task.callback, self, task.args);
  } catch (error) {
    reportUncaught(error);
  } finally {
    setFrame(undefined);
  }
}
