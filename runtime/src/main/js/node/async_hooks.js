// node:async_hooks - https://nodejs.org/api/async_hooks.html
// A frame has stores, an immutable Map of AsyncLocalStorage → store. The engine carries the current one across promise
// jobs; timers, ticks and completions carry it through internal:async_context, which says what else it has.
import { frame, setFrame } from "internal:async_context";
import { codes, notSupported } from "internal:node_errors";
import { validateFunction, validateInteger, validateObject, validateString } from "internal:validators";

const { ERR_ASYNC_CALLBACK } = codes;

const NOTHING = Symbol("nothing");

function withStore(current, storage, store) {
  const stores = new Map(current?.stores);
  if (store === NOTHING) stores.delete(storage);
  else stores.set(storage, store);
  const exchange = current?.exchange;
  return stores.size === 0 ? exchange : { exchange, stores };
}

function runIn(next, fn, self, args) {
  const previous = frame();
  if (previous === next) return Reflect.apply(fn, self, args);
  setFrame(next);
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    setFrame(previous);
  }
}

function bindTo(bound, fn, self) {
  const result = function (...args) {
    return runIn(bound, fn, self === undefined ? this : self, args);
  };
  Object.defineProperty(result, "length", { value: fn.length, configurable: true });
  return result;
}

export class AsyncLocalStorage {
  #defaultValue;
  #name = "";

  constructor(options = {}) {
    validateObject(options, "options");
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  static bind(fn) {
    validateFunction(fn, "fn");
    return bindTo(frame(), fn);
  }

  static snapshot() {
    const taken = frame();
    return (fn, ...args) => runIn(taken, fn, undefined, args);
  }

  get name() {
    return this.#name;
  }

  /** As few calls as can be: programs nest it. */
  run(store, fn, ...args) {
    const outer = frame();
    if (outer?.stores?.has(this) && Object.is(outer.stores.get(this), store)) return Reflect.apply(fn, null, args);
    const inner = withStore(outer, this, store);
    setFrame(inner);
    try {
      return args.length === 1 ? fn(args[0]) : Reflect.apply(fn, null, args);
    } finally {
      this.#leave(inner, outer);
    }
  }

  /** What was entered of other storages inside outlives it. */
  #leave(inner, outer) {
    const now = frame();
    setFrame(now === inner ? outer : withStore(now, this, outer?.stores?.has(this) ? outer.stores.get(this) : NOTHING));
  }

  exit(fn, ...args) {
    return this.run(NOTHING, fn, ...args);
  }

  enterWith(store) {
    setFrame(withStore(frame(), this, store));
  }

  disable() {
    setFrame(withStore(frame(), this, NOTHING));
  }

  getStore() {
    const stores = frame()?.stores;
    return stores !== undefined && stores.has(this) ? stores.get(this) : this.#defaultValue;
  }
}

let lastAsyncId = 1;

export class AsyncResource {
  #frame;
  #asyncId;
  #triggerAsyncId;

  constructor(type, options = {}) {
    validateString(type, "type");
    const trigger = typeof options === "number" ? options : (options.triggerAsyncId ?? executionAsyncId());
    validateInteger(trigger, "triggerAsyncId", -1);
    this.#frame = frame();
    this.#asyncId = ++lastAsyncId;
    this.#triggerAsyncId = trigger;
  }

  static bind(fn, type, thisArg) {
    validateFunction(fn, "fn");
    return new AsyncResource(type || fn.name || "bound-anonymous-fn").bind(fn, thisArg);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    return runIn(this.#frame, fn, thisArg, args);
  }

  bind(fn, thisArg) {
    validateFunction(fn, "fn");
    return bindTo(this.#frame, fn, thisArg);
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#asyncId;
  }

  triggerAsyncId() {
    return this.#triggerAsyncId;
  }
}

/** Engines don't tell of resources, so hooks can be made, as libraries do to be prepared, and not be enabled. */
class AsyncHook {
  #count;

  constructor(count) {
    this.#count = count;
  }

  enable() {
    if (this.#count > 0) throw notSupported("async_hooks.createHook().enable()", "AsyncLocalStorage carries a context along");
    return this;
  }

  disable() {
    return this;
  }
}

export function createHook(callbacks) {
  let count = 0;
  for (const name of ["init", "before", "after", "destroy", "promiseResolve"]) {
    const callback = callbacks[name];
    if (callback === undefined) continue;
    if (typeof callback !== "function") throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
    count++;
  }
  return new AsyncHook(count);
}

export function executionAsyncId() {
  return 1;
}

export function triggerAsyncId() {
  return 0;
}

const topLevelResource = {};

export function executionAsyncResource() {
  return topLevelResource;
}

export const asyncWrapProviders = Object.freeze({ __proto__: null, NONE: 0 });

export default {
  AsyncLocalStorage, AsyncResource, createHook, executionAsyncId, triggerAsyncId, executionAsyncResource, asyncWrapProviders,
};
