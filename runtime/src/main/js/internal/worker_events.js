// What a worker's handlers are given besides the request: the execution context, and the events of service-worker
// syntax. https://developers.cloudflare.com/workers/runtime-apis/context/  https://w3c.github.io/ServiceWorker/
import { defineHiddenInterface, defineInterfaces } from "internal:define";
import { onUncaught, reportUncaught } from "internal:errors";
import { post } from "internal:mailbox";
import { BACKGROUND_WORK } from "internal:records";
import { requireArguments } from "internal:webidl";
import { Event } from "../web/event.js";
import { fire } from "../web/event_target.js";
import { Headers, headersToWire } from "../web/headers.js";
import { Request } from "../web/request.js";

let pending = 0;

/** Work that goes on after the answer. Its failures are reported; a program that is stopped may end it first. */
export function keepAlive(promise) {
  post(BACKGROUND_WORK, ++pending);
  Promise.resolve(promise)
    .catch(reportUncaught)
    .then(() => post(BACKGROUND_WORK, --pending));
}

/** Who waits for what was given to waitUntil: context or event → promises of whether they succeeded. */
const tracked = new WeakMap();

function keepAliveFor(owner, promise) {
  keepAlive(promise);
  tracked.get(owner)?.push(
    Promise.resolve(promise).then(
      () => true,
      () => false,
    ),
  );
}

/** settled() resolves to whether all succeeded, once nothing is left, later additions included. */
function track(owner) {
  const promises = [];
  tracked.set(owner, promises);
  return async () => {
    let succeeded = true;
    for (let i = 0; i < promises.length; i++) {
      succeeded = (await promises[i]) && succeeded;
    }
    return succeeded;
  };
}

/** An execution context whose work somebody waits for. */
export function trackedContext() {
  const context = new ExecutionContext();
  return { context, settled: track(context) };
}

/** Tells the client what it will need, while the answer is made (RFC 8297). After the answer's head it is too late. */
function writeEarlyHints(exchange, hints) {
  const headers = headersToWire(new Headers(hints));
  if (exchange !== undefined && !exchange.closed && headers.length > 0) exchange.informational(103, headers);
}

const passes = new WeakSet();

/** Whether a request whose handler fails goes to the origin. */
export function passesThrough(owner) {
  return passes.has(owner);
}

export class ExecutionContext {
  #props;
  #exchange;

  constructor(exchange) {
    this.#exchange = exchange;
  }

  get props() {
    this.#props ??= {};
    return this.#props;
  }
  waitUntil(promise) {
    this.#props;
    requireArguments(arguments.length, 1, "ExecutionContext.waitUntil");
    keepAliveFor(this, promise);
  }
  passThroughOnException() {
    this.#props;
    passes.add(this);
  }
  writeEarlyHints(hints) {
    this.#props;
    requireArguments(arguments.length, 1, "ExecutionContext.writeEarlyHints");
    writeEarlyHints(this.#exchange, hints);
  }
}

class ExtendableEvent extends Event {
  waitUntil(promise) {
    requireArguments(arguments.length, 1, "ExtendableEvent.waitUntil");
    keepAliveFor(this, promise);
  }
}

let takeAnswer;
let setExchange;

class FetchEvent extends ExtendableEvent {
  #request;
  #answer = null;
  #exchange;

  static {
    takeAnswer = (event) => event.#answer;
    setExchange = (event, exchange) => (event.#exchange = exchange);
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
    passes.add(this);
  }
  writeEarlyHints(hints) {
    this.#request;
    requireArguments(arguments.length, 1, "FetchEvent.writeEarlyHints");
    writeEarlyHints(this.#exchange, hints);
  }
}

class ScheduledEvent extends ExtendableEvent {
  #cron;
  #scheduledTime;

  constructor(type, init) {
    requireArguments(arguments.length, 2, "ScheduledEvent constructor");
    super(type, init);
    this.#cron = `${init?.cron ?? ""}`;
    this.#scheduledTime = Number(init?.scheduledTime ?? 0);
  }
  get cron() {
    return this.#cron;
  }
  get scheduledTime() {
    return this.#scheduledTime;
  }
  noRetry() {
    this.#cron;
  }
}

/** Resolves to whether no listener failed, nor what they gave to waitUntil. What they throw the dispatch reports. */
export async function dispatchScheduledEvent(cron, scheduledTime) {
  const event = new ScheduledEvent("scheduled", { cron, scheduledTime });
  const settled = track(event);
  let hasThrown = false;
  noticeUncaught = () => (hasThrown = true);
  fire(globalThis, event);
  noticeUncaught = undefined;
  return (await settled()) && !hasThrown;
}

/** Hears of errors while a scheduled event is dispatched. */
let noticeUncaught;
onUncaught(() => {
  noticeUncaught?.();
  return false;
});

export function fetchEvent(request, exchange) {
  const event = new FetchEvent("fetch", { request, cancelable: true });
  setExchange(event, exchange);
  return event;
}

/** What a listener gave to respondWith. */
export function dispatchFetchEvent(event) {
  fire(globalThis, event);
  const answer = takeAnswer(event);
  if (answer === null) {
    throw new TypeError("No fetch listener called respondWith().");
  }
  return answer.response;
}

defineHiddenInterface("ExecutionContext", ExecutionContext);
defineInterfaces({ ExtendableEvent, FetchEvent, ScheduledEvent });
