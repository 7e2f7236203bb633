// BroadcastChannel - https://html.spec.whatwg.org/#broadcasting-to-other-browsing-contexts
// The channels of one name in all isolates of a program. Like Node's, an open one keeps a program running until it is
// closed or unref() is called.
import { defineHiddenInterface } from "internal:define";
import { load } from "internal:builtins";
import { Immediate } from "internal:timers";
import { requireArguments, toDOMString } from "internal:webidl";
import { EventTarget, defineEventHandler, fire } from "./event_target.js";
import { register } from "host:isolate";
import * as host from "host:broadcast";

const { deserialize, serialize } = load("internal:serializer");
const { MessageEvent } = load("internal:web/message_channel");

/** Those that are open, by number, in the order in which they were opened. */
const channels = new Map();
let receive;

export class BroadcastChannel extends EventTarget {
  #name;
  #id;
  #isClosed = false;

  static {
    receive = (channel, bytes) => channel.#receive(bytes);
  }

  constructor(name) {
    requireArguments(arguments.length, 1, "BroadcastChannel constructor");
    super();
    this.#name = toDOMString(name);
    this.#id = host.open(this.#name);
    channels.set(this.#id, this);
  }

  get name() {
    return this.#name;
  }

  postMessage(message) {
    requireArguments(arguments.length, 1, "BroadcastChannel.postMessage");
    if (this.#isClosed) {
      throw new DOMException("BroadcastChannel.postMessage: the channel is closed.", "InvalidStateError");
    }
    const { bytes } = serialize(message);
    const others = [...channels.values()].filter((channel) => channel !== this && channel.#name === this.#name);
    host.post(this.#id, bytes);
    for (const other of others) new Immediate(receive, [other, bytes]);
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    channels.delete(this.#id);
    host.close(this.#id);
  }

  /** Node: the program doesn't end while this one is open. */
  ref() {
    if (!this.#isClosed) host.hold(this.#id, true);
    return this;
  }

  /** Node: the program may end although this one is open. */
  unref() {
    if (!this.#isClosed) host.hold(this.#id, false);
    return this;
  }

  /** A message that can't be read is told of: its sender was able to send it. */
  #receive(bytes) {
    if (this.#isClosed) return;
    let data;
    try {
      data = deserialize(bytes);
    } catch {
      fire(this, new MessageEvent("messageerror"));
      return;
    }
    fire(this, new MessageEvent("message", { data }));
  }
}

/** From another isolate: the name's channels here, each in a task of its own. */
register("broadcast", (id, bytes) => {
  const channel = channels.get(id);
  if (channel !== undefined) receive(channel, bytes);
});

defineEventHandler(BroadcastChannel.prototype, "message");
defineEventHandler(BroadcastChannel.prototype, "messageerror");
defineHiddenInterface("BroadcastChannel", BroadcastChannel);
