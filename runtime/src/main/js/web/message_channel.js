// MessageChannel and MessagePort - https://html.spec.whatwg.org/#message-channels
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { Immediate } from "internal:timers";
import { isObject, requireArguments, toDOMString, toSequence, toUSVString } from "internal:webidl";
import { Event, eventState } from "./event.js";
import { EventTarget, defineEventHandler, fire } from "./event_target.js";
import { cloneWithTransfer, toTransferList, transferPlatformObject } from "./structured_clone.js";

const secret = Symbol("MessagePort");

/** Starts a port's message queue, for the onmessage attribute. */
let startPort;
let entangle;
let deliver;

export class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, "MessageEvent constructor");
    super(type, init);
    const { data = null, origin = "", lastEventId = "", source = null, ports = [] } = init ?? {};
    if (source !== null && !(source instanceof MessagePort)) {
      throw new TypeError("MessageEvent constructor: source is not a MessagePort.");
    }
    this.#data = data;
    this.#origin = toUSVString(origin);
    this.#lastEventId = toDOMString(lastEventId);
    this.#source = source;
    this.#ports = toPorts(ports);
  }
  get data() {
    return this.#data;
  }
  get origin() {
    return this.#origin;
  }
  get lastEventId() {
    return this.#lastEventId;
  }
  get source() {
    return this.#source;
  }
  get ports() {
    return this.#ports;
  }
  initMessageEvent(
    type,
    bubbles = false,
    cancelable = false,
    data = null,
    origin = "",
    lastEventId = "",
    source = null,
    ports = [],
  ) {
    requireArguments(arguments.length, 1, "MessageEvent.initMessageEvent");
    if (eventState.isDispatching(this)) {
      return;
    }
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = toUSVString(origin);
    this.#lastEventId = toDOMString(lastEventId);
    this.#source = source;
    this.#ports = toPorts(ports);
  }
}

function toPorts(value) {
  const ports = toSequence(value, "MessageEvent: ports");
  if (!ports.every((port) => port instanceof MessagePort)) {
    throw new TypeError("MessageEvent: an element of ports is not a MessagePort.");
  }
  return Object.freeze(ports);
}

export class MessagePort extends EventTarget {
  #other = null;
  #queue = [];
  #started = false;
  #detached = false;
  #closed = false;
  #scheduled = false;

  static {
    deliver = (port) => port.#deliver();
    startPort = (port) => port.start();
    entangle = (one, two) => {
      one.#other = two;
      two.#other = one;
    };
  }

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    super();
  }

  postMessage(message, options = undefined) {
    requireArguments(arguments.length, 1, "MessagePort.postMessage");
    const transferList = isObject(options) && typeof options[Symbol.iterator] === "function"
      ? toSequence(options, "MessagePort.postMessage: transfer")
      : toTransferList(options, "MessagePort.postMessage");
    if (transferList.includes(this)) {
      throw new DOMException("A port can't be transferred through itself.", "DataCloneError");
    }
    const target = this.#other;
    const { value, transferred } = cloneWithTransfer(message, transferList);
    if (target !== null && !target.#closed) {
      target.#queue.push({ data: value, ports: transferred.filter((item) => item instanceof MessagePort) });
      target.#schedule();
    }
  }

  start() {
    if (!this.#started && !this.#detached) {
      this.#started = true;
      this.#schedule();
    }
  }

  close() {
    this.#detached = true;
    this.#closed = true;
    const other = this.#other;
    this.#other = null;
    if (other !== null && !other.#closed) {
      other.#queue.push({ closes: true });
      other.#schedule();
    }
  }

  /** One message is one task; a pending message keeps the program running, an idle port does not. */
  #schedule() {
    if (this.#started && !this.#scheduled && this.#queue.length > 0) {
      this.#scheduled = true;
      new Immediate(deliver, [this]);
    }
  }

  #deliver() {
    this.#scheduled = false;
    const message = this.#queue.shift();
    this.#schedule();
    if (message === undefined || this.#detached) {
      return;
    }
    if (message.closes) {
      this.#other = null;
      fire(this, new Event("close"));
    } else {
      fire(this, new MessageEvent("message", message));
    }
  }

  /** Transfer: the new port takes over the queue and the partner. */
  [transferPlatformObject]() {
    if (this.#detached) {
      throw new DOMException("A port is detached and could not be transferred.", "DataCloneError");
    }
    const port = new MessagePort(secret);
    port.#queue = this.#queue;
    if (this.#other !== null) {
      entangle(port, this.#other);
    }
    this.#queue = [];
    this.#other = null;
    this.#detached = true;
    return port;
  }
}

export class MessageChannel {
  #port1 = new MessagePort(secret);
  #port2 = new MessagePort(secret);

  constructor() {
    entangle(this.#port1, this.#port2);
  }
  get port1() {
    return this.#port1;
  }
  get port2() {
    return this.#port2;
  }
}

defineEventHandler(MessagePort.prototype, "message", { onset: startPort });
defineEventHandler(MessagePort.prototype, "messageerror");
defineEventHandler(MessagePort.prototype, "close");
defineHiddenInterface("MessageEvent", MessageEvent);
defineHiddenInterface("MessagePort", MessagePort);
defineHiddenInterface("MessageChannel", MessageChannel);
