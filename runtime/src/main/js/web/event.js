// Event and its kinds - https://dom.spec.whatwg.org/#interface-event
import { defineConstants, defineInterfaces } from "internal:define";
import * as host from "host:performance";
import { requireArguments, toDictionary, toDOMString, toUSVString, toUnsigned } from "internal:webidl";

const NONE = 0;
const AT_TARGET = 2;

/** What event_target.js may do to an event; programs can't reach it. */
export let eventState;

export class Event {
  #type;
  #bubbles;
  #cancelable;
  #composed;
  #target = null;
  #currentTarget = null;
  #phase = NONE;
  #stopped = false;
  #stoppedAtOnce = false;
  #canceled = false;
  #passive = false;
  #dispatching = false;
  #initialized = true;
  #trusted = false;
  #timeStamp = host.now();

  static {
    eventState = {
      isTrusted: (event) => event.#trusted,
      isDispatching: (event) => event.#dispatching,
      isInitialized: (event) => event.#initialized,
      isCanceled: (event) => event.#canceled,
      isStopped: (event) => event.#stoppedAtOnce,
      skipsDispatch: (event) => event.#stopped,
      setPassive: (event, passive) => (event.#passive = passive),
      trust: (event) => {
        event.#trusted = true;
        return event;
      },
      begin(event, target) {
        event.#dispatching = true;
        event.#target = target;
        event.#currentTarget = target;
        event.#phase = AT_TARGET;
      },
      finish(event) {
        event.#dispatching = false;
        event.#currentTarget = null;
        event.#phase = NONE;
        event.#stopped = false;
        event.#stoppedAtOnce = false;
      },
    };
  }

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, "Event constructor");
    this.#type = toDOMString(type);
    const options = toDictionary(init, "Event constructor");
    this.#bubbles = Boolean(options.bubbles);
    this.#cancelable = Boolean(options.cancelable);
    this.#composed = Boolean(options.composed);
    Object.defineProperty(this, "isTrusted", isTrusted);
  }

  get type() {
    return this.#type;
  }
  get target() {
    return this.#target;
  }
  get srcElement() {
    return this.#target;
  }
  get currentTarget() {
    return this.#currentTarget;
  }
  composedPath() {
    return this.#currentTarget === null ? [] : [this.#currentTarget];
  }
  get eventPhase() {
    return this.#phase;
  }
  stopPropagation() {
    this.#stopped = true;
  }
  get cancelBubble() {
    return this.#stopped;
  }
  set cancelBubble(value) {
    this.#stopped ||= Boolean(value);
  }
  stopImmediatePropagation() {
    this.#stopped = true;
    this.#stoppedAtOnce = true;
  }
  get bubbles() {
    return this.#bubbles;
  }
  get cancelable() {
    return this.#cancelable;
  }
  get returnValue() {
    return !this.#canceled;
  }
  set returnValue(value) {
    this.#canceled;
    if (!value) {
      this.preventDefault();
    }
  }
  preventDefault() {
    if (this.#cancelable && !this.#passive) {
      this.#canceled = true;
    }
  }
  get defaultPrevented() {
    return this.#canceled;
  }
  get composed() {
    return this.#composed;
  }
  get timeStamp() {
    return this.#timeStamp;
  }
  initEvent(type, bubbles = false, cancelable = false) {
    requireArguments(arguments.length, 1, "Event.initEvent");
    if (this.#dispatching) {
      return;
    }
    this.#initialized = true;
    this.#stopped = this.#stoppedAtOnce = this.#canceled = this.#trusted = false;
    this.#target = null;
    this.#type = toDOMString(type);
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }
}

// [LegacyUnforgeable]: an own accessor of every event, with one getter for all of them.
const { get } = Object.getOwnPropertyDescriptor(
  {
    get isTrusted() {
      return eventState.isTrusted(this);
    },
  },
  "isTrusted",
);
const isTrusted = { get, set: undefined, enumerable: true, configurable: false };

export class CustomEvent extends Event {
  #detail;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, "CustomEvent constructor");
    super(type, init);
    this.#detail = init?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
  initCustomEvent(type, bubbles = false, cancelable = false, detail = null) {
    requireArguments(arguments.length, 1, "CustomEvent.initCustomEvent");
    if (!eventState.isDispatching(this)) {
      this.initEvent(type, bubbles, cancelable);
      this.#detail = detail;
    }
  }
}

export class ErrorEvent extends Event {
  #message;
  #filename;
  #lineno;
  #colno;
  #error;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, "ErrorEvent constructor");
    super(type, init);
    const { message = "", filename = "", lineno = 0, colno = 0, error } = init ?? {};
    this.#message = toDOMString(message);
    this.#filename = toUSVString(filename);
    this.#lineno = toUnsigned(lineno);
    this.#colno = toUnsigned(colno);
    this.#error = error;
  }
  get message() {
    return this.#message;
  }
  get filename() {
    return this.#filename;
  }
  get lineno() {
    return this.#lineno;
  }
  get colno() {
    return this.#colno;
  }
  get error() {
    return this.#error;
  }
}

export class PromiseRejectionEvent extends Event {
  #promise;
  #reason;

  constructor(type, init) {
    requireArguments(arguments.length, 2, "PromiseRejectionEvent constructor");
    super(type, init);
    if (typeof init?.promise !== "object" || init.promise === null) {
      throw new TypeError("PromiseRejectionEvent constructor: the promise member is required.");
    }
    this.#promise = init.promise;
    this.#reason = init.reason;
  }
  get promise() {
    return this.#promise;
  }
  get reason() {
    return this.#reason;
  }
}

defineConstants(Event, { NONE, CAPTURING_PHASE: 1, AT_TARGET, BUBBLING_PHASE: 3 });
defineInterfaces({ Event, CustomEvent, ErrorEvent, PromiseRejectionEvent });
