// EventTarget - https://dom.spec.whatwg.org/#interface-eventtarget
import { defineGlobals, defineInterfaces } from "internal:define";
import { reportUncaught } from "internal:errors";
import { isObject, requireArguments, toDOMString } from "internal:webidl";
import { Event, eventState } from "./event.js";

/** Set below, for the code here that works on any target. */
let listenersOf;

export class EventTarget {
  /** type → listeners in order of registration; null until the first. */
  #listeners = null;

  static {
    listenersOf = (target, create) => {
      if (create && target.#listeners === null) {
        target.#listeners = new Map();
      }
      return target.#listeners;
    };
  }

  addEventListener(type, callback, options = undefined) {
    requireArguments(arguments.length, 2, "EventTarget.addEventListener");
    add(privateSelf(this), toDOMString(type), toCallback(callback), toListenerOptions(options));
  }

  removeEventListener(type, callback, options = undefined) {
    requireArguments(arguments.length, 2, "EventTarget.removeEventListener");
    remove(privateSelf(this), toDOMString(type), toCallback(callback), toCapture(options));
  }

  dispatchEvent(event) {
    requireArguments(arguments.length, 1, "EventTarget.dispatchEvent");
    if (!(event instanceof Event)) {
      throw new TypeError("EventTarget.dispatchEvent: the argument is not an Event.");
    }
    if (eventState.isDispatching(event) || !eventState.isInitialized(event)) {
      throw new DOMException("The event is already being dispatched.", "InvalidStateError");
    }
    return dispatch(privateSelf(this), event);
  }
}

/** The global object can't have private fields, so this target stands in for it. */
const globalTarget = new EventTarget();

/** Throws a TypeError for what is no EventTarget. */
function privateSelf(target) {
  const self = target === undefined || target === null || target === globalThis ? globalTarget : target;
  listenersOf(self, false);
  return self;
}

function publicSelf(target) {
  return target === globalTarget ? globalThis : target;
}

/** Dispatches an event that the runtime itself made. Returns false when a listener prevented the default. */
export function fire(target, event) {
  return dispatch(privateSelf(target), eventState.trust(event));
}

export function hasListeners(target, type) {
  return listenersOf(privateSelf(target), false)?.has(type) ?? false;
}

function dispatch(target, event) {
  const listeners = listenersOf(target, false)?.get(event.type);
  eventState.begin(event, publicSelf(target));
  if (listeners !== undefined && !eventState.skipsDispatch(event)) {
    // A copy: listeners added meanwhile are not called, removed ones are skipped.
    for (const listener of listeners.slice()) {
      if (!listener.removed) {
        call(target, listener, event);
        if (eventState.isStopped(event)) {
          break;
        }
      }
    }
  }
  eventState.finish(event);
  return !eventState.isCanceled(event);
}

function call(target, listener, event) {
  if (listener.once) {
    drop(target, event.type, listener);
  }
  eventState.setPassive(event, listener.passive);
  try {
    const { callback } = listener;
    if (typeof callback === "function") {
      callback.call(event.currentTarget, event);
    } else {
      const { handleEvent } = callback;
      if (typeof handleEvent !== "function") {
        throw new TypeError("The event listener's handleEvent is not a function.");
      }
      handleEvent.call(callback, event);
    }
  } catch (error) {
    reportUncaught(error);
  }
  eventState.setPassive(event, false);
}

function add(target, type, callback, { capture, once, passive, signal }) {
  if (callback === null || signal?.aborted) {
    return;
  }
  const all = listenersOf(target, true);
  const listeners = all.get(type);
  if (listeners === undefined) {
    all.set(type, []);
  } else if (listeners.some((known) => known.callback === callback && known.capture === capture)) {
    return;
  }
  const listener = { callback, capture, once, passive, removed: false };
  all.get(type).push(listener);
  signal?.addEventListener("abort", () => drop(target, type, listener), { once: true });
}

function remove(target, type, callback, capture) {
  const listener = listenersOf(target, false)
    ?.get(type)
    ?.find((known) => known.callback === callback && known.capture === capture);
  if (listener !== undefined) {
    drop(target, type, listener);
  }
}

function drop(target, type, listener) {
  const all = listenersOf(target, false);
  const listeners = all.get(type);
  const index = listeners?.indexOf(listener) ?? -1;
  listener.removed = true;
  if (index >= 0) {
    listeners.splice(index, 1);
  }
  if (listeners?.length === 0) {
    all.delete(type);
  }
}

function toCallback(callback) {
  if (callback === undefined || callback === null) {
    return null;
  }
  if (!isObject(callback)) {
    throw new TypeError("The event listener is neither a function nor an object.");
  }
  return callback;
}

function toCapture(options) {
  return isObject(options) ? Boolean(options.capture) : Boolean(options);
}

const PLAIN_LISTENER = { capture: false, once: false, passive: false, signal: undefined };

function toListenerOptions(options) {
  if (options === undefined || options === null || options === false) {
    return PLAIN_LISTENER;
  }
  if (!isObject(options)) {
    return { ...PLAIN_LISTENER, capture: Boolean(options) };
  }
  const capture = Boolean(options.capture);
  const once = Boolean(options.once);
  const passive = Boolean(options.passive);
  const { signal } = options;
  if (signal !== undefined && !(signal instanceof globalThis.AbortSignal)) {
    throw new TypeError("EventTarget.addEventListener: signal is not an AbortSignal.");
  }
  return { capture, once, passive, signal };
}

/**
 * Event handler attributes (`onmessage` and the like): a listener that keeps the place of the first handler set.
 * https://html.spec.whatwg.org/#event-handler-attributes
 */
export function defineEventHandler(holder, type, { invoke = callHandler, onset = undefined } = {}) {
  const name = `on${type}`;
  const handlers = new WeakMap();
  const accessors = {
    get [name]() {
      return handlers.get(privateSelf(this))?.handler ?? null;
    },
    set [name](value) {
      const target = privateSelf(this);
      const handler = isObject(value) ? value : null;
      const slot = handlers.get(target);
      if (slot !== undefined) {
        slot.handler = handler;
      } else if (handler !== null) {
        const fresh = { handler };
        handlers.set(target, fresh);
        add(target, type, (event) => invoke(fresh.handler, event), PLAIN_LISTENER);
      }
      onset?.(target, handler);
    },
  };
  const { get, set } = Object.getOwnPropertyDescriptor(accessors, name);
  Object.defineProperty(holder, name, { get, set, enumerable: true, configurable: true });
}

function callHandler(handler, event) {
  if (typeof handler === "function" && handler.call(event.currentTarget, event) === false) {
    event.preventDefault();
  }
}

defineInterfaces({ EventTarget });
const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;
defineGlobals({ addEventListener, removeEventListener, dispatchEvent });
