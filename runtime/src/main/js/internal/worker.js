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
import { stringIndexOf, stringSlice, stringStartsWith } from "internal:primordials";
import { readAll } from "internal:stream_internals";
import { AbortSignal, abortSignal } from "../web/abort.js";
import { Blob, partsOf } from "../web/blob.js";
import { hasListeners } from "../web/event_target.js";
import { announceUndonePacking, Headers, headersFromWire, headersToWire } from "../web/headers.js";
import { incomingRequest, requestState } from "../web/request.js";
import { Response, responseState } from "../web/response.js";
import { ReadableStream } from "../web/streams.js";
import { ExecutionContext, dispatchFetchEvent, fetchEvent, passesThrough } from "internal:worker_events";
import { handlersOf } from "internal:worker_entrypoint";
import * as url from "host:url";

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
  attempt(exchange, request, context, () => worker.fetch(request, env(), context));
}

function callListeners(exchange) {
  const request = requestOf(exchange);
  const event = fetchEvent(request, exchange);
  attempt(exchange, request, event, () => dispatchFetchEvent(event));
}

/** Calls the program's handler; owner is who may have been told to pass the request on if that fails. */
function attempt(exchange, request, owner, handle) {
  const failed = (error) => {
    if (passesThrough(owner) && !exchange.closed) {
      load("internal:pass_through").passThrough(exchange, request, error, (response) => answer(exchange, request, response));
    } else {
      failExchange(exchange, error);
    }
  };
  let result;
  try {
    result = handle();
  } catch (error) {
    failed(error);
    return;
  }
  answerWith(exchange, request, result, failed);
}

/** A scheme and host that the parser left as they were, with the slash that follows. */
let parsedOrigin = " ";

/** The URL as the standard's parser writes it, which is seldom another than the one that came. */
function hrefOf({ url: text, hasPlainTarget }) {
  if (hasPlainTarget && stringStartsWith(text, parsedOrigin)) return text;
  const href = url.parse(text, undefined);
  if (href === undefined) return text;
  if (href === text && hasPlainTarget) {
    parsedOrigin = stringSlice(text, 0, stringIndexOf(text, "/", stringIndexOf(text, "://") + 3) + 1);
  }
  return href;
}

function requestOf(exchange) {
  const body = exchange.hasBody ? new Body(new RequestSource(exchange)) : null;
  const request = incomingRequest({
    method: exchange.method,
    url: hrefOf(exchange),
    headers: headersFromWire(() => exchange.headers),
    body,
  });
  exchange.onclose = () => clientGone(exchange, request);
  return request;
}

/** The handler's result, a response or a promise of one. Without await: a plain response leaves in this very turn. */
function answerWith(exchange, request, result, failed) {
  if (result instanceof Response) {
    answer(exchange, request, result);
    return;
  }
  Promise.resolve(result).then(
    (response) => answer(exchange, request, response),
    failed,
  );
}

function answer(exchange, request, response) {
  try {
    const state = checkedState(response);
    if (exchange.closed) {
      cancelBody(state.body, clientGoneReason());
    } else {
      send(exchange, request, state);
    }
  } catch (error) {
    failExchange(exchange, error);
  }
}

function checkedState(response) {
  if (!(response instanceof Response)) {
    throw new TypeError(`The fetch handler must answer with a Response; it returned ${describe(response)}.`);
  }
  const state = responseState(response);
  if (state.status === 0) {
    throw new TypeError("The fetch handler answered with Response.error().");
  }
  if (state.body?.isUnusable) {
    throw new TypeError("The fetch handler answered with a Response whose body has already been read or is locked.");
  }
  return state;
}

function describe(value) {
  if (value === null || typeof value !== "object") {
    return String(value);
  }
  return `an object of class ${value.constructor?.name || "Object"}`;
}

function send(exchange, request, { status, statusText, headers, body, webSocket }) {
  if (webSocket !== null) {
    exchange.ended = true;
    load("internal:web/websocket").answerWithSocket(exchange, webSocket, headers);
    return;
  }
  const answer = body === null || request.method === "HEAD" ? undefined : untouchedAnswer(body);
  const isPacked = answer !== undefined && announceUndonePacking(headers) && understandsPacking(exchange, headers);
  const flat = announceUndonePacking(headers) && !isPacked ? withoutPacking(headers) : headersToWire(headers);
  if (answer !== undefined) {
    exchange.head(status, statusText, flat);
    exchange.forward(answer, isPacked);
    if (body.isWhole) body.take();
    else body.stream.getReader();
    return;
  }
  const length = knownLength(body);
  if (length !== undefined && !headers.has("content-length")) {
    flat.push("content-length", String(length));
  }
  exchange.head(status, statusText, flat);
  if (body === null || request.method === "HEAD") {
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
    onclose();
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

function clientGone(exchange, request) {
  if (exchange.ended) {
    return;
  }
  const state = requestState(request);
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
      onclose();
      fail(clientGoneReason());
    };
    if (exchange.closed) {
      fail(clientGoneReason());
    }
  }
}
