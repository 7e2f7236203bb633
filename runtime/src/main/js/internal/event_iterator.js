// events.on(): an async iterator that queues events until they are asked for.
import { AbortError, codes } from "internal:node_errors";
import { validateAbortSignal, validateInteger, validateObject } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;

export function eventIterator(emitter, event, options, listen, unlisten) {
  validateObject(options, "options");
  const signal = options.signal;
  validateAbortSignal(signal, "options.signal");
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(high, "options.highWaterMark", 1);
  validateInteger(low, "options.lowWaterMark", 1);

  const events = [];
  const waiting = [];
  let failure;
  let finished = false;
  let paused = false;

  const onEvent = (...args) => {
    if (waiting.length > 0) {
      waiting.shift().resolve({ value: args, done: false });
      return;
    }
    events.push(args);
    if (!paused && events.length > high && emitter.pause) {
      paused = true;
      emitter.pause();
    }
  };
  const onError = (error) => {
    if (waiting.length > 0) waiting.shift().reject(error);
    else failure = { error };
    iterator.return();
  };
  const onAbort = () => onError(new AbortError(undefined, { cause: signal.reason }));
  const onClose = () => iterator.return();

  const iterator = {
    next() {
      if (events.length > 0) {
        const value = events.shift();
        if (paused && events.length < low) {
          paused = false;
          emitter.resume();
        }
        return Promise.resolve({ value, done: false });
      }
      if (failure) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },

    return() {
      finished = true;
      for (const name of options.close ?? []) unlisten(emitter, name, onClose);
      if (event !== "error") unlisten(emitter, "error", onError);
      unlisten(emitter, event, onEvent);
      signal?.removeEventListener("abort", onAbort);
      for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },

    throw(error) {
      if (!(error instanceof Error)) throw new ERR_INVALID_ARG_TYPE("EventEmitter.AsyncIterator", "Error", error);
      onError(error);
    },

    [Symbol.asyncIterator]() {
      return this;
    },
  };
  Object.setPrototypeOf(iterator, asyncIteratorPrototype);

  listen(emitter, event, onEvent);
  if (event !== "error" && typeof emitter.on === "function") emitter.on("error", onError);
  for (const name of options.close ?? []) listen(emitter, name, onClose);
  signal?.addEventListener("abort", onAbort, { once: true });
  return iterator;
}

const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);
