// What a worker's handlers are given besides the request: the execution context, and the events of service-worker
// syntax. https://developers.cloudflare.com/workers/runtime-apis/context/  https://w3c.github.io/ServiceWorker/
import { defineHiddenInterface, defineInterfaces } from "internal:define";
import { reportUncaught } from "internal:errors";
import { post } from "internal:mailbox";
import { BACKGROUND_WORK } from "internal:records";
import { requireArguments } from "internal:webidl";
import { Event } from "../web/event.js";
import { fire } from "../web/event_target.js";
import { Request } from "../web/request.js";

let pending = 0;

/** Work that goes on after the answer. Its failures are reported; a program that is stopped may end it first. */
export function keepAlive(promise) {
  post(BACKGROUND_WORK, ++pending);
  Promise.resolve(promise)
    .catch(reportUncaught)
    .then(() => post(BACKGROUND_WORK, --pending));
}

export class ExecutionContext {
  #props = {};

  get props() {
    return this.#props;
  }
  waitUntil(promise) {
    this.#props;
    requireArguments(arguments.length, 1, "ExecutionContext.waitUntil");
    keepAlive(promise);
  }
  /** There is no origin server behind a program here: a failed request is answered with a 500 either way. */
  passThroughOnException() {
    this.#props;
  }
}

class ExtendableEvent extends Event {
  waitUntil(promise) {
    requireArguments(arguments.length, 1, "ExtendableEvent.waitUntil");
    keepAlive(promise);
  }
}

let takeAnswer;

class FetchEvent extends ExtendableEvent {
  #request;
  #answer = null;

  static {
    takeAnswer = (event) => event.#answer;
  }

  constructor(type, init) {
    requireArguments(arguments.length, 2, "FetchEvent constructor");
    super(type, init);
    if (!(init?.request instanceof Request)) {
      throw new TypeError("FetchEvent constructor: request is not a Request.");
    }
    this.#request = init.request;
  }
  get request() {
    return this.#request;
  }
  respondWith(response) {
    requireArguments(arguments.length, 1, "FetchEvent.respondWith");
    if (this.#answer !== null || this.currentTarget === null) {
      throw new DOMException("respondWith() can be called once, while the event is dispatched.", "InvalidStateError");
    }
    this.#answer = { response };
    this.stopImmediatePropagation();
  }
  passThroughOnException() {
    this.#request;
  }
}

/** What a listener gave to respondWith. */
export function dispatchFetchEvent(request) {
  const event = new FetchEvent("fetch", { request, cancelable: true });
  fire(globalThis, event);
  const answer = takeAnswer(event);
  if (answer === null) {
    throw new TypeError("No fetch listener called respondWith().");
  }
  return answer.response;
}

defineHiddenInterface("ExecutionContext", ExecutionContext);
defineInterfaces({ ExtendableEvent, FetchEvent });
