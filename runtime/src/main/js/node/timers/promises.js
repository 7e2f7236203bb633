// node:timers/promises - https://nodejs.org/api/timers.html#timers-promises-api
import { AbortError, codes } from "internal:node_errors";
import { clearImmediate, clearTimer, Immediate, Timeout } from "internal:timers";
import { validateAbortSignal, validateBoolean, validateNumber, validateObject } from "internal:validators";

function check(options) {
  validateObject(options, "options");
  validateAbortSignal(options.signal, "options.signal");
  if (options.ref !== undefined) validateBoolean(options.ref, "options.ref");
}

/** start(resolve) → what cancel() takes back when the signal aborts. */
function abortable({ signal }, start, cancel) {
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let onAbort;
    const handle = start((value) => {
      if (onAbort) signal.removeEventListener("abort", onAbort);
      resolve(value);
    });
    if (!signal) return;
    onAbort = () => {
      cancel(handle);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

async function promisedTimeout(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, "delay");
  check(options);
  return abortable(options, (resolve) => {
    const timer = new Timeout(resolve, delay, [value], false);
    if (options.ref === false) timer.unref();
    return timer;
  }, clearTimer);
}

async function promisedImmediate(value, options = {}) {
  check(options);
  return abortable(options, (resolve) => {
    const immediate = new Immediate(resolve, [value]);
    if (options.ref === false) immediate.unref();
    return immediate;
  }, clearImmediate);
}

async function* promisedInterval(delay, value, options = {}) {
  if (delay !== undefined) validateNumber(delay, "delay");
  check(options);
  const { signal, ref } = options;
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  let due = 0;
  let wake;
  const timer = new Timeout(() => {
    due++;
    wake?.();
  }, delay, [], true);
  if (ref === false) timer.unref();
  const onAbort = () => wake?.();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      if (due === 0) await new Promise((resolve) => (wake = resolve));
      for (; due > 0; due--) yield value;
    }
    throw new AbortError(undefined, { cause: signal.reason });
  } finally {
    clearTimer(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

export { promisedTimeout as setTimeout, promisedImmediate as setImmediate, promisedInterval as setInterval };

class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  yield() {
    return promisedImmediate();
  }

  wait(delay, options) {
    return promisedTimeout(delay, undefined, options);
  }
}

export const scheduler = Object.create(Scheduler.prototype);

export default {
  setTimeout: promisedTimeout, setImmediate: promisedImmediate, setInterval: promisedInterval, scheduler,
};
