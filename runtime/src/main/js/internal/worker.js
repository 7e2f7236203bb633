// Requests for a program's fetch handler: module syntax (`export default { fetch }`) and service-worker syntax
// (`addEventListener("fetch", …)`). https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/
import { load } from "internal:builtins";
import { Body, IncomingSource, join } from "internal:body";
import { failExchange, onListener } from "internal:exchange";
import { defineLazily, env } from "internal:env";
import { reportUncaught } from "internal:errors";
import { expectedLengths } from "internal:expected_length";
import { post } from "internal:mailbox";
import { untouchedAnswer } from "internal:outgoing";
import { onLoaded, program } from "internal:program";
import { describeReceived } from "internal:received";
import { ANSWERS_FETCH } from "internal:records";
import { readAll } from "internal:stream_internals";
import { AbortSignal, abortSignal } from "../web/abort.js";
import { Blob, partsOf } from "../web/blob.js";
import { hasListeners } from "../web/event_target.js";
import { announceUndonePacking, Headers, headersToText, headersToWire } from "../web/headers.js";
import { incomingRequest, requestState } from "../web/request.js";
import { stateIfResponse } from "../web/response.js";
import { ReadableStream } from "../web/streams.js";
import { ExecutionContext, dispatchFetchEvent, fetchEvent, passesThrough } from "internal:worker_events";
import { handlersOf } from "internal:worker_entrypoint";

const FETCH_LISTENER = 0;

/** The module worker's default export; undefined for a service worker. */
let worker;

onLoaded((namespace) => {
  worker = handlersOf(namespace?.default);
  // A package that says "node" serves by itself, whatever it exports.
  const isModuleWorker = program.kind === "worker" && typeof worker?.fetch === "function";
  const answersFetch = isModuleWorker || hasListeners(globalThis, "fetch");
  if (answersFetch) {
    if (!isModuleWorker) defineGlobalBindings();
    onListener(FETCH_LISTENER, isModuleWorker ? callWorker : callListeners);
    post(ANSWERS_FETCH, FETCH_LISTENER);
  }
  const isModuleScheduled = program.kind === "worker" && typeof worker?.scheduled === "function";
  const handlesScheduled = isModuleScheduled || hasListeners(globalThis, "scheduled");
  if (handlesScheduled) {
    load("internal:scheduled").handleScheduled(isModuleScheduled ? worker : undefined);
  } else if (program.kind === "worker" && !answersFetch) {
    refuseWrongShape(worker);
  }
});

/** Service workers get no env: its names are globals, unless something else has that name. */
function defineGlobalBindings() {
  const bindings = env();
  for (const name of Object.keys(bindings)) {
    if (!(name in globalThis)) defineLazily(globalThis, name, () => bindings[name]);
  }
}

/** What was meant to be a worker and can't be one would otherwise end without a word. */
function refuseWrongShape(exported) {
  if (typeof exported === "object" && exported !== null && "fetch" in exported) {
    const found = describeReceived(exported.fetch);
    throw new TypeError(`The default export of ${program.entry} needs a function called fetch.${found}`);
  }
  if (typeof exported === "function" && typeof exported.prototype?.fetch === "function") {
    throw new TypeError(
      `The default export of ${program.entry} is the class ${exported.name}: export an object of it, or extend WorkerEntrypoint.`,
    );
  }
}

function callWorker(exchange) {
  const request = requestOf(exchange);
  const context = new ExecutionContext(exchange);
  exchange.handling = { request, owner: context };
  let result;
  try {
    result = worker.fetch(request, env(), context);
  } catch (error) {
    failed(exchange, error);
    return;
  }
  answerWith(exchange, result);
}

function callListeners(exchange) {
  const request = requestOf(exchange);
  const event = fetchEvent(request, exchange);
  exchange.handling = { request, owner: event };
  let result;
  try {
    result = dispatchFetchEvent(event);
  } catch (error) {
    failed(exchange, error);
    return;
  }
  answerWith(exchange, result);
}

/** The program's handler has failed; what it was given may have been told to pass the request on then. */
function failed(exchange, error) {
  const { handling } = exchange;
  if (!exchange.closed && passesThrough(handling.owner)) {
    load("internal:pass_through").passThrough(exchange, handling.request, error, (response) => answer(exchange, response));
  } else {
    failExchange(exchange, error);
  }
}

function requestOf(exchange) {
  exchange.onclose = clientGone;
  return incomingRequest(exchange, exchange.hasBody ? new Body(new RequestSource(exchange)) : null);
}

/** The handler's result, a response or a promise of one. Without await: a plain response leaves in this very turn. */
function answerWith(exchange, result) {
  const state = stateIfResponse(result);
  if (state !== undefined) {
    answerFrom(exchange, state, result);
    return;
  }
  Promise.resolve(result).then(
    (response) => answer(exchange, response),
    (error) => failed(exchange, error),
  );
}

function answer(exchange, response) {
  answerFrom(exchange, stateIfResponse(response), response);
}

function answerFrom(exchange, state, response) {
  try {
    check(state, response);
    if (exchange.closed) {
      cancelBody(state.body, clientGoneReason());
    } else {
      send(exchange, state);
    }
  } catch (error) {
    failExchange(exchange, error);
  }
}

function check(state, response) {
  if (state === undefined) {
    throw new TypeError(`The fetch handler must answer with a Response; it returned ${describe(response)}.`);
  }
  if (state.status === 0) {
    throw new TypeError("The fetch handler answered with Response.error().");
  }
  const { body } = state;
  if (body !== null && !body.isText && body.isUnusable) {
    throw new TypeError("The fetch handler answered with a Response whose body has already been read or is locked.");
  }
}

function describe(value) {
  if (value === null || typeof value !== "object") {
    return String(value);
  }
  return `an object of class ${value.constructor?.name || "Object"}`;
}

function send(exchange, state) {
  const { status, statusText, headers, body } = state;
  if (state.webSocket !== null) {
    exchange.ended = true;
    load("internal:web/websocket").answerWithSocket(exchange, state.webSocket, headers);
    return;
  }
  if (body !== null && body.isText && !announceUndonePacking(headers)) {
    exchange.head(status, statusText, headersToText(headers));
    if (!exchange.isHead) exchange.write(body.take());
    exchange.end();
    return;
  }
  const answer = body === null || exchange.isHead ? undefined : untouchedAnswer(body);
  const isPacked = answer !== undefined && announceUndonePacking(headers) && understandsPacking(exchange, headers);
  const flat = announceUndonePacking(headers) && !isPacked ? withoutPacking(headers) : headersToWire(headers);
  if (answer !== undefined) {
    exchange.head(status, statusText, flat.join("\n"));
    exchange.forward(answer, isPacked);
    if (body.isWhole) body.take();
    else body.stream.getReader();
    return;
  }
  const length = knownLength(body);
  if (length !== undefined && !headers.has("content-length")) {
    flat.push("content-length", String(length));
  }
  exchange.head(status, statusText, flat.join("\n"));
  if (body === null || exchange.isHead) {
    exchange.end();
    cancelBody(body, undefined);
  } else if (body.isWhole) {
    sendWhole(exchange, body.take());
  } else {
    pump(exchange, body.stream);
  }
}

/** A body that has been unpacked has neither the packing nor the length that its headers name. */
function withoutPacking(headers) {
  const changed = new Headers(headers);
  changed.delete("content-encoding");
  changed.delete("content-length");
  return headersToWire(changed);
}

function understandsPacking(exchange, headers) {
  const at = exchange.headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === "accept-encoding");
  const accepted = at < 0 ? [] : exchange.headers[at + 1].toLowerCase().split(",");
  const coding = headers.get("content-encoding").trim().toLowerCase();
  return accepted.some((entry) => {
    const [name, quality = "q=1"] = entry.split(";").map((part) => part.trim());
    return (name === coding || name === "*") && !/^q=0(\.0*)?$/.test(quality);
  });
}

/** undefined for most streams, and for strings, whose bytes Java counts. */
function knownLength(body) {
  if (body === null) {
    return undefined;
  }
  if (!body.isWhole) {
    return expectedLengths.get(body.stream);
  }
  const { source } = body;
  return source instanceof Blob ? source.size : source instanceof Uint8Array ? source.length : undefined;
}

/** A body that no user code reads goes out without a stream. */
function sendWhole(exchange, source) {
  if (source instanceof IncomingSource) {
    pump(exchange, source.open());
    return;
  }
  for (const part of source instanceof Blob ? partsOf(source) : [source]) {
    exchange.write(part);
  }
  exchange.end();
}

/** Each chunk leaves as it comes; the stream is not asked for more while the client doesn't read. */
function pump(exchange, stream) {
  const reader = stream.getReader();
  const goOn = readAll(reader, {
    chunk(chunk) {
      if (!(chunk instanceof Uint8Array)) {
        throw new TypeError("A response body's stream must give Uint8Array chunks.");
      }
      return exchange.write(chunk) && !exchange.closed;
    },
    end: () => exchange.end(),
    error: (reason) => failExchange(exchange, reason),
  });
  exchange.ondrain = goOn;
  const { onclose } = exchange;
  exchange.onclose = () => {
    onclose(exchange);
    if (!exchange.ended) {
      reader.cancel(clientGoneReason()).catch(reportUncaught);
    }
  };
}

function cancelBody(body, reason) {
  if (body === null) {
    return;
  }
  if (body.isWhole) {
    untouchedAnswer(body)?.discard();
  } else {
    body.stream.cancel(reason).catch(reportUncaught);
  }
}

function clientGone(exchange) {
  if (exchange.ended) {
    return;
  }
  const state = requestState(exchange.handling.request);
  if (state.signal === null) {
    state.signal = AbortSignal.abort(clientGoneReason());
  } else {
    abortSignal(state.signal, clientGoneReason());
  }
}

function clientGoneReason() {
  return new DOMException("The client has gone.", "AbortError");
}

/** The body of an incoming request, pulled chunk by chunk as it is read. */
class RequestSource extends IncomingSource {
  #exchange;

  constructor(exchange) {
    super();
    this.#exchange = exchange;
  }

  collect(resolve, reject) {
    const exchange = this.#exchange;
    const chunks = [];
    this.#receive({
      chunk(bytes) {
        chunks.push(bytes);
        exchange.pull();
      },
      end: () => resolve(join(chunks)),
      error: reject,
    });
    exchange.pull();
  }

  open() {
    const exchange = this.#exchange;
    /** Ends the pull that waits for a chunk. */
    let delivered = () => {};
    return new ReadableStream(
      {
        type: "bytes",
        start: (controller) =>
          this.#receive({
            chunk(bytes) {
              controller.enqueue(bytes);
              delivered();
            },
            end() {
              controller.close();
              controller.byobRequest?.respond(0);
              delivered();
            },
            error(reason) {
              controller.error(reason);
              delivered();
            },
          }),
        pull() {
          exchange.pull();
          return new Promise((resolve) => (delivered = resolve));
        },
        cancel: () => {
          this.#receive({ chunk() {}, end() {}, error() {} });
          exchange.cancelBody();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Either end() or error() is called, once. */
  #receive({ chunk, end, error }) {
    const exchange = this.#exchange;
    let isOver = false;
    const once = (callback) => (argument) => {
      if (!isOver) {
        isOver = true;
        callback(argument);
      }
    };
    exchange.onchunk = chunk;
    exchange.onend = once(end);
    exchange.onerror = once(error);
    const fail = exchange.onerror;
    const { onclose } = exchange;
    exchange.onclose = () => {
      onclose(exchange);
      fail(clientGoneReason());
    };
    if (exchange.closed) {
      fail(clientGoneReason());
    }
  }
}
