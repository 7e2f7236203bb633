// MessageChannel and MessagePort - https://html.spec.whatwg.org/#message-channels
import { load } from "internal:builtins";
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

/** For internal:threads/ports: ports whose other end may be in another isolate. */
export let remotePorts;

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

function distant() {
  return load("internal:threads/ports");
}

export class MessagePort extends EventTarget {
  #other = null;
  #queue = [];
  #started = false;
  #detached = false;
  #closed = false;
  #scheduled = false;
  /** The number of the channel's end in Java, when messages go through there; 0 otherwise. */
  #remote = 0;
  #isHeld = true;

  static {
    remotePorts = {
      make(id) {
        const port = new MessagePort(secret);
        port.#remote = id;
        return port;
      },
      idOf: (port) => port.#remote,
      leave: (port, link) => port.#leave(link),
      take: (port) => port.#take(),
      receive: (port, message) => fire(port, new MessageEvent("message", message)),
      unreadable: (port) => fire(port, new MessageEvent("messageerror")),
      closed(port) {
        port.#remote = 0;
        port.#closed = true;
        fire(port, new Event("close"));
      },
    };
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
    if (this.#remote !== 0) {
      distant().send(this.#remote, message, transferList);
      return;
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
      if (this.#remote !== 0) this.#startRemote();
      else this.#schedule();
    }
  }

  #startRemote() {
    distant().hold(this.#remote, this.#isHeld);
    distant().start(this.#remote);
  }

  /** Node: a port of another thread that is listened to keeps the program running. */
  ref() {
    this.#hold(true);
  }

  unref() {
    this.#hold(false);
  }

  hasRef() {
    return this.#remote !== 0 && this.#started && this.#isHeld;
  }

  #hold(holds) {
    this.#isHeld = holds;
    if (this.#remote !== 0 && this.#started) distant().hold(this.#remote, holds);
  }

  /** Goes to another isolate: the number of its end. What has come already goes along. */
  #leave(link) {
    const { channel, close, keep, send } = link;
    let id = this.#remote;
    if (id === 0) {
      const here = channel();
      id = here + 1;
      for (const { data, ports, closes } of this.#queue) if (!closes) send(here, data, ports);
      const other = this.#other;
      if (other === null) close(here);
      else other.#becomeRemote(here, keep);
    }
    this.#remote = 0;
    this.#other = null;
    this.#queue = [];
    this.#detached = true;
    return id;
  }

  #becomeRemote(id, keep) {
    this.#other = null;
    this.#remote = id;
    keep(id, this);
    if (this.#started) this.#startRemote();
  }

  /** A message that nobody listened for; undefined without one. */
  #take() {
    if (this.#queue.length === 0 || this.#queue[0].closes) return undefined;
    return { message: this.#queue.shift().data };
  }

  close() {
    this.#detached = true;
    this.#closed = true;
    if (this.#remote !== 0) distant().close(this.#remote);
    this.#remote = 0;
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
    port.#remote = this.#remote;
    this.#remote = 0;
    if (port.#remote !== 0) distant().moved(port.#remote, port);
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
