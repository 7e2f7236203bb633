// node:events - https://nodejs.org/api/events.html
// Streams and every ServerResponse stand on this, so emit, on and removeListener allocate as little as they can.
import { AbortError, codes } from "internal:node_errors";
import { inspect } from "internal:inspect";
import { nextTick } from "internal:ticks";
import { validateAbortSignal, validateBoolean, validateFunction, validateNumber } from "internal:validators";
import { asyncResourceEmitter } from "internal:event_emitter_async_resource";
import { eventIterator } from "internal:event_iterator";

const { ERR_INVALID_ARG_TYPE, ERR_UNHANDLED_ERROR } = codes;

export const errorMonitor = Symbol("events.errorMonitor");
export const captureRejectionSymbol = Symbol.for("nodejs.rejection");
const kCapture = Symbol("kCapture");

let maxListenersByDefault = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true, enumerable: false });

EventEmitter.init = function init(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options?.captureRejections !== undefined) {
    validateBoolean(options.captureRejections, "options.captureRejections");
    this[kCapture] = options.captureRejections;
  } else if (EventEmitter.prototype[kCapture]) {
    this[kCapture] = true;
  }
};

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === "error" && !emitError(this, events, args)) return false;
  const handler = events?.[type];
  if (handler === undefined) return false;
  if (typeof handler === "function") {
    const result = handler.apply(this, args);
    if (result !== undefined && result !== null && this[kCapture]) addCatch(this, result, type, args);
    return true;
  }
  const listeners = handler.slice();
  for (let i = 0; i < listeners.length; i++) {
    const result = listeners[i].apply(this, args);
    if (result !== undefined && result !== null && this[kCapture]) addCatch(this, result, type, args);
  }
  return true;
};

/** Tells the monitors; throws when nobody else listens. */
function emitError(emitter, events, args) {
  if (events?.[errorMonitor] !== undefined) emitter.emit(errorMonitor, ...args);
  if (events?.error !== undefined) return true;
  const error = args[0];
  if (error instanceof Error) throw error;
  let text;
  try {
    text = inspect(error);
  } catch {
    text = error;
  }
  const unhandled = new ERR_UNHANDLED_ERROR(text);
  unhandled.context = error;
  throw unhandled;
}

function addCatch(emitter, promise, type, args) {
  try {
    const then = promise.then;
    if (typeof then !== "function") return;
    then.call(promise, undefined, (error) => nextTick(emitRejection, emitter, error, type, args));
  } catch (error) {
    emitter.emit("error", error);
  }
}

function emitRejection(emitter, error, type, args) {
  if (typeof emitter[captureRejectionSymbol] === "function") {
    emitter[captureRejectionSymbol](error, type, ...args);
    return;
  }
  // A listener for 'error' that rejects itself must not come back here.
  const previous = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit("error", error);
  } finally {
    emitter[kCapture] = previous;
  }
}

function checkListener(listener) {
  if (typeof listener !== "function") validateFunction(listener, "listener");
}

function add(emitter, type, listener, prepend) {
  checkListener(listener);
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit("newListener", type, listener.listener ?? listener);
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  if (typeof existing === "function") {
    events[type] = prepend ? [listener, existing] : [existing, listener];
  } else if (prepend) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }
  warnOfLeak(emitter, type, events[type]);
  return emitter;
}

function warnOfLeak(emitter, type, listeners) {
  const limit = limitOf(emitter);
  if (limit <= 0 || listeners.length <= limit || listeners.warned) return;
  listeners.warned = true;
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${listeners.length} ${String(type)} listeners added to ` +
      `${inspect(emitter, { depth: -1 })}. Use emitter.setMaxListeners() to increase limit`,
  );
  warning.name = "MaxListenersExceededWarning";
  warning.emitter = emitter;
  warning.type = type;
  warning.count = listeners.length;
  globalThis.process?.emitWarning?.(warning);
}

function limitOf(emitter) {
  return emitter._maxListeners === undefined ? maxListenersByDefault : emitter._maxListeners;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function onceWrapper(emitter, type, listener) {
  let fired = false;
  const wrapped = function (...args) {
    if (fired) return undefined;
    emitter.removeListener(type, wrapped);
    fired = true;
    return listener.apply(emitter, args);
  };
  wrapped.listener = listener;
  return wrapped;
}

EventEmitter.prototype.once = function once(type, listener) {
  checkListener(listener);
  return this.on(type, onceWrapper(this, type, listener));
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  return this.prependListener(type, onceWrapper(this, type, listener));
};

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  const list = events?.[type];
  if (list === undefined) return this;
  if (list === listener || list.listener === listener) {
    dropType(this, type);
    if (events.removeListener) this.emit("removeListener", type, list.listener ?? listener);
    return this;
  }
  if (typeof list === "function") return this;
  const position = list.findLastIndex((each) => each === listener || each.listener === listener);
  if (position < 0) return this;
  if (position === 0) list.shift();
  else list.splice(position, 1);
  if (list.length === 1) events[type] = list[0];
  if (events.removeListener !== undefined) this.emit("removeListener", type, listener);
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

function dropType(emitter, type) {
  if (--emitter._eventsCount === 0) emitter._events = Object.create(null);
  else delete emitter._events[type];
}

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = Object.create(null);
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      dropType(this, type);
    }
    return this;
  }
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== "removeListener") this.removeAllListeners(key);
    }
    this.removeAllListeners("removeListener");
    this._events = Object.create(null);
    this._eventsCount = 0;
    return this;
  }
  const listeners = events[type];
  if (typeof listeners === "function") this.removeListener(type, listeners);
  else if (listeners !== undefined) for (const each of listeners.slice().reverse()) this.removeListener(type, each);
  return this;
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, "setMaxListeners", 0);
  this._maxListeners = n;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return limitOf(this);
};

EventEmitter.prototype.listeners = function listeners(type) {
  return this.rawListeners(type).map((each) => each.listener ?? each);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  const list = this._events?.[type];
  if (list === undefined) return [];
  return typeof list === "function" ? [list] : list.slice();
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const list = this._events?.[type];
  if (list === undefined) return 0;
  if (listener != null) {
    return this.rawListeners(type).filter((each) => each === listener || each.listener === listener).length;
  }
  return typeof list === "function" ? 1 : list.length;
};

/** On Node every stream has a place for these from its start, so they stand first. */
const OF_STREAMS = ["close", "error", "prefinish", "finish", "drain", "data", "end", "readable"];

EventEmitter.prototype.eventNames = function eventNames() {
  if (this._eventsCount === 0) return [];
  const names = Reflect.ownKeys(this._events);
  if (this._readableState === undefined && this._writableState === undefined) return names;
  return [...OF_STREAMS.filter((name) => names.includes(name)), ...names.filter((name) => !OF_STREAMS.includes(name))];
};

/** Resolves with the arguments of the event; rejects on 'error' or when the signal aborts. */
export async function once(emitter, name, options = {}) {
  const signal = options?.signal;
  validateAbortSignal(signal, "options.signal");
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const stop = () => {
      unlisten(emitter, name, onEvent);
      if (name !== "error") unlisten(emitter, "error", onError);
      signal?.removeEventListener("abort", onAbort);
    };
    const onEvent = (...args) => {
      stop();
      resolve(args);
    };
    const onError = (error) => {
      stop();
      reject(error);
    };
    const onAbort = () => {
      stop();
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    listen(emitter, name, onEvent, { once: true });
    if (name !== "error" && typeof emitter.once === "function") emitter.once("error", onError);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function listen(emitter, name, listener, options) {
  if (typeof emitter?.on === "function") {
    if (options?.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter?.addEventListener === "function") {
    emitter.addEventListener(name, listener, options);
  } else {
    throw new ERR_INVALID_ARG_TYPE("emitter", "EventEmitter", emitter);
  }
}

function unlisten(emitter, name, listener) {
  if (typeof emitter.removeListener === "function") emitter.removeListener(name, listener);
  else emitter.removeEventListener?.(name, listener);
}

/** An async iterator over the event's arguments. */
export function on(emitter, event, options = {}) {
  return eventIterator(emitter, event, options, listen, unlisten);
}

export function getEventListeners(target, type) {
  if (typeof target?.listeners === "function") return target.listeners(type);
  const inner = target?.[Symbol.for("runnel.eventListeners")];
  if (typeof inner === "function") return inner.call(target, type);
  throw new ERR_INVALID_ARG_TYPE("emitter", ["EventEmitter", "EventTarget"], target);
}

const targetLimits = new WeakMap();

export function getMaxListeners(target) {
  if (typeof target?.getMaxListeners === "function") return target.getMaxListeners();
  if (target instanceof EventTarget) return targetLimits.get(target) ?? maxListenersByDefault;
  throw new ERR_INVALID_ARG_TYPE("emitter", ["EventEmitter", "EventTarget"], target);
}

export function setMaxListeners(n = maxListenersByDefault, ...targets) {
  validateNumber(n, "setMaxListeners", 0);
  if (targets.length === 0) maxListenersByDefault = n;
  for (const target of targets) {
    if (target instanceof EventTarget) targetLimits.set(target, n);
    else if (typeof target?.setMaxListeners === "function") target.setMaxListeners(n);
    else throw new ERR_INVALID_ARG_TYPE("eventTargets", ["EventEmitter", "EventTarget"], target);
  }
}

export function listenerCount(emitter, type) {
  if (typeof emitter.listenerCount === "function") return emitter.listenerCount(type);
  return EventEmitter.prototype.listenerCount.call(emitter, type);
}

export function addAbortListener(signal, listener) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE("signal", "AbortSignal", signal);
  validateAbortSignal(signal, "signal");
  validateFunction(listener, "listener");
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener("abort", listener, { once: true });
  return {
    [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
      signal.removeEventListener("abort", listener);
    },
  };
}

Object.defineProperties(EventEmitter, {
  defaultMaxListeners: {
    enumerable: true,
    get: () => maxListenersByDefault,
    set(n) {
      validateNumber(n, "defaultMaxListeners", 0);
      maxListenersByDefault = n;
    },
  },
  captureRejections: {
    enumerable: true,
    get: () => EventEmitter.prototype[kCapture],
    set(value) {
      validateBoolean(value, "EventEmitter.captureRejections");
      EventEmitter.prototype[kCapture] = value;
    },
  },
});

export const EventEmitterAsyncResource = asyncResourceEmitter(EventEmitter);

Object.assign(EventEmitter, {
  EventEmitter, EventEmitterAsyncResource, once, on, errorMonitor, captureRejectionSymbol, getEventListeners, getMaxListeners,
  setMaxListeners, listenerCount, addAbortListener, usingDomains: false,
});

export const usingDomains = false;
export const defaultMaxListeners = 10;
export const captureRejections = false;
export const init = EventEmitter.init;
export { EventEmitter };
export default EventEmitter;
