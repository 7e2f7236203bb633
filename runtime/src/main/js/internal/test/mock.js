// Mocks of node:test - https://nodejs.org/api/test.html#class-mocktracker
import { codes, notSupported } from "internal:node_errors";
import { validateFunction, validateInteger, validateObject } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

/** What stands under `mock` of a mocked function: its calls, and what it does next. */
export class MockFunctionContext {
  #calls = [];
  #implementation;
  #original;
  #restore;
  /** Of one call each, by the call's number. */
  #once = new Map();
  #timesLeft;

  constructor(original, implementation, restore, times) {
    this.#original = original;
    this.#implementation = implementation;
    this.#restore = restore;
    this.#timesLeft = times;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, "implementation");
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall = this.#calls.length) {
    validateFunction(implementation, "implementation");
    validateInteger(onCall, "onCall", this.#calls.length);
    this.#once.set(onCall, implementation);
  }

  resetCalls() {
    this.#calls = [];
  }

  restore() {
    this.#implementation = this.#original;
    this.#once.clear();
    this.#restore();
  }

  /** For the proxy below: does one call and keeps what came of it. */
  call(self, args, target, invoke) {
    const number = this.#calls.length;
    const implementation = this.#once.get(number) ?? this.#implementation;
    this.#once.delete(number);
    const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target, this: self };
    try {
      call.result = invoke(implementation);
      if (target !== undefined) call.this = call.result;
      return call.result;
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      this.#calls.push(call);
      if (--this.#timesLeft === 0) this.restore();
    }
  }
}

function mocked(original, context) {
  return new Proxy(original, {
    apply: (_, self, args) => context.call(self, args, undefined, (fn) => Reflect.apply(fn, self, args)),
    construct: (_, args, target) => context.call(undefined, args, target, (fn) => Reflect.construct(fn, args, target)),
    get: (fn, key, receiver) => (key === "mock" ? context : Reflect.get(fn, key, receiver)),
  });
}

function timesOf({ times = Infinity }) {
  if (times !== Infinity) validateInteger(times, "options.times", 1);
  return times;
}

function descriptorOf(object, name) {
  for (let holder = object; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) return descriptor;
  }
  throw new ERR_INVALID_ARG_VALUE("methodName", name, "must be a method");
}

/** Which of a property's functions is replaced. */
function slotOf({ getter = false, setter = false }) {
  if (getter && setter) throw new ERR_INVALID_ARG_VALUE("options.setter", setter, "cannot be used with 'options.getter'");
  return getter ? "get" : setter ? "set" : "value";
}

export class MockTracker {
  #contexts = [];

  get timers() {
    throw notSupported("mock.timers", "the clock of a program can't be replaced; pass timers as an argument");
  }

  /** fn([original[, implementation]][, options]) */
  fn(original = function () {}, implementation = original, options = {}) {
    if (typeof original !== "function") [original, implementation, options] = [function () {}, undefined, original];
    else if (typeof implementation !== "function") [implementation, options] = [original, implementation];
    return this.#track(original, implementation ?? original, () => {}, options ?? {});
  }

  /** method(object, name[, implementation][, options]) */
  method(object, name, implementation, options) {
    if (typeof object !== "function") validateObject(object, "object");
    if (typeof name !== "string" && typeof name !== "symbol") throw new ERR_INVALID_ARG_TYPE("methodName", ["string", "symbol"], name);
    if (typeof implementation !== "function") [implementation, options] = [undefined, options ?? implementation];
    const slot = slotOf(options ?? {});
    const inherited = !Object.hasOwn(object, name);
    const descriptor = descriptorOf(object, name);
    const original = descriptor[slot];
    if (typeof original !== "function") throw new ERR_INVALID_ARG_VALUE("methodName", original, "must be a method");
    const restore = () => (inherited ? delete object[name] : Object.defineProperty(object, name, descriptor));
    const mock = this.#track(original, implementation ?? original, restore, options ?? {});
    Object.defineProperty(object, name, { ...descriptor, [slot]: mock, configurable: true });
    return mock;
  }

  getter(object, name, implementation, options) {
    if (typeof implementation !== "function") [implementation, options] = [undefined, options ?? implementation];
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation, options) {
    if (typeof implementation !== "function") [implementation, options] = [undefined, options ?? implementation];
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  module() {
    throw notSupported("mock.module()", "modules that were imported can't be replaced");
  }

  property() {
    throw notSupported("mock.property()", "mock.getter() and mock.setter() replace accessors");
  }

  restoreAll() {
    for (const context of this.#contexts) context.restore();
  }

  reset() {
    this.restoreAll();
    this.#contexts = [];
  }

  #track(original, implementation, restore, options) {
    const context = new MockFunctionContext(original, implementation, restore, timesOf(options));
    this.#contexts.push(context);
    return mocked(original, context);
  }
}
