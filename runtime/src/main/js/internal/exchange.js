// One HTTP request and its answer, between Java and whoever handles it: the fetch dispatch or node:http.
import { flush, register } from "host:isolate";
import * as host from "host:http";
import * as urls from "host:url";
import { post, postText } from "internal:mailbox";
import * as records from "internal:records";
import { atTurnEnd, notAtTurnEnd } from "internal:turn";
import { onErrorInFrame, reportUncaught } from "internal:errors";
import { setFrame } from "internal:async_context";
import { Pending } from "internal:pending";
import { nextTick } from "internal:ticks";
import * as responseText from "internal:response_text";
import { SHORT } from "internal:short_utf8";
import { stringIndexOf, stringSlice, stringSplit, stringStartsWith, typedArrayByteLength } from "internal:primordials";

/** Above this many bytes that the network hasn't taken, write() returns false. Java counts the same way. */
export const HIGH_WATER_MARK = 64 * 1024;

/** What Exchanges.java knows by the same names. */
const HAS_BODY = 1;
const HAS_PLAIN_TARGET = 2;
const IS_HEAD = 4;

const open = new Pending();
const listeners = new Pending();
const nothing = () => {};

/**
 * An exchange is also the async context frame of its own turns, without any store: see internal/async_context.js. One is
 * made for each request, so it has plain properties; what most never change stands on the prototype, below.
 */
export class Exchange {
  constructor(id, flags, text) {
    this.id = id;
    this.flags = flags;
    /** Method, URL, connection and header fields, a line each: see describe() in Exchanges.java. */
    this.description = text;
  }

  get exchange() {
    return this;
  }

  get method() {
    return stringSlice(this.description, 0, stringIndexOf(this.description, "\n"));
  }

  get url() {
    const at = lineAfter(this.description, 0);
    return stringSlice(this.description, at, lineAfter(this.description, at) - 1);
  }

  /** The URL as the standard's parser writes it, which is seldom another than the one that came. */
  get href() {
    const { url } = this;
    return this.hasPlainTarget && stringStartsWith(url, parsedOrigin) ? url : parsed(url, this.hasPlainTarget);
  }

  get isHead() {
    return (this.flags & IS_HEAD) !== 0;
  }

  get hasBody() {
    return (this.flags & HAS_BODY) !== 0;
  }

  /** True when a URL parser would leave path and query as they are. */
  get hasPlainTarget() {
    return (this.flags & HAS_PLAIN_TARGET) !== 0;
  }

  /** { httpVersion, encrypted, remoteAddress, remotePort, localAddress, localPort }: few programs ask. */
  get connection() {
    const at = connectionAt(this.description);
    const line = stringSlice(this.description, at, lineAfter(this.description, at) - 1);
    const [httpVersion, encrypted, remoteAddress, remotePort, localAddress, localPort] = stringSplit(line, " ");
    return {
      httpVersion,
      encrypted: encrypted === "1",
      remoteAddress,
      remotePort: +remotePort,
      localAddress,
      localPort: +localPort,
    };
  }

  /** Path and query, as on the request line. */
  get target() {
    const { url } = this;
    const path = url.indexOf("/", url.indexOf("//") + 2);
    return path < 0 ? "/" : url.slice(path);
  }

  /** Asked of every request: quicker than to take its headers apart. True also where another's value says so. */
  mayExpect() {
    return /\nexpect\n/i.test(this.description);
  }

  /** The same, of a change of protocol. */
  mayUpgrade() {
    return /\nupgrade\n/i.test(this.description);
  }

  /** [name, value, name, value, …] as received. */
  get headers() {
    if (this.knownHeaders === undefined) {
      const text = this.description;
      const at = lineAfter(text, connectionAt(text));
      this.knownHeaders = at === text.length ? [] : stringSplit(stringSlice(text, at), "\n");
    }
    return this.knownHeaders;
  }

  /** The head leaves with the body's first bytes, or when the turn is over. fields: names and values, a line each. */
  head(status, statusText, fields) {
    if (statusText.length + fields.length < SHORT && status >= 200 && status <= 999 && !this.headSent) {
      postText(records.HEAD, this.id, status, `${statusText}\n${fields}`);
    } else {
      // Takes any length, and throws.
      host.head(this.id, status, statusText, fields);
    }
    this.headSent = true;
    this.flushAtTurnEnd();
  }

  informational(status, headers) {
    host.informational(this.id, status, headers.join("\n"));
  }

  /** Returns false when the caller should wait for ondrain. A string is sent as UTF-8. */
  write(chunk) {
    if (this.closed) return true;
    if (typeof chunk === "string") {
      responseText.append(this, chunk);
    } else {
      responseText.flush(this);
      this.count(typedArrayByteLength(chunk));
      responseText.sendBytes(this.id, chunk);
    }
    return !this.isFull;
  }

  /** So many bytes are on their way to Java. */
  count(length) {
    this.queued += length;
    this.isFull = this.queued >= HIGH_WATER_MARK;
  }

  end(trailers = []) {
    if (this.ended) return;
    this.ended = true;
    responseText.flush(this);
    if (this.flushes) {
      notAtTurnEnd(this);
      this.flushes = false;
    }
    if (trailers.length > 0) host.trailers(this.id, trailers.join("\n"));
    post(records.BODY_END, this.id);
  }

  /** The rest of the answer is a body that no JavaScript touches: an AnswerSource. */
  forward(answer, isPacked) {
    this.ended = true;
    responseText.flush(this);
    flush();
    answer.forward(this.id, isPacked);
  }

  /** Gives up: an error answer before the head has left, a reset after it. */
  abort(reason = "The program gave up its response.") {
    if (this.closed) return;
    responseText.forget(this);
    this.ended = true;
    host.abort(this.id, `${reason}`);
  }

  /** Asks for the next chunk of the request's body. */
  pull() {
    post(records.BODY_PULL, this.id);
  }

  /** No more of the request's body is wanted. */
  cancelBody() {
    post(records.BODY_CANCEL, this.id);
  }

  flushAtTurnEnd() {
    if (this.flushes) return;
    this.flushes = true;
    atTurnEnd(this);
  }

  /** Called by whoever ends the turn. */
  turnEnds() {
    this.flushes = false;
    responseText.flush(this);
    if (!this.ended) post(records.HEAD_FLUSH, this.id);
  }

}

/** A scheme and host that the parser left as they were, with the slash that follows. */
let parsedOrigin = " ";

function parsed(text, hasPlainTarget) {
  const href = urls.parse(text, undefined);
  if (href === undefined) return text;
  if (href === text && hasPlainTarget) {
    parsedOrigin = stringSlice(text, 0, stringIndexOf(text, "/", stringIndexOf(text, "://") + 3) + 1);
  }
  return href;
}

/** Where the line begins that follows what stands at a place of a text. */
function lineAfter(text, at) {
  return stringIndexOf(text, "\n", at) + 1;
}

function connectionAt(description) {
  return lineAfter(description, lineAfter(description, 0));
}

Object.assign(Exchange.prototype, {
  /** As a frame: none. */
  stores: undefined,
  knownHeaders: undefined,
  queued: 0,
  /** True when something was said in this turn that is to leave at its end. */
  flushes: false,
  /** What response_text.js gathers. */
  text: "",
  half: "",
  /** True when the caller of write() should wait for ondrain. */
  isFull: false,
  headSent: false,
  ended: false,
  /** True once the client has gone or the answer is complete. */
  closed: false,
  onchunk: nothing,
  onend: nothing,
  onerror: nothing,
  ondrain: nothing,
  /** Gets the exchange. */
  onclose: nothing,
  /** Of whoever handles it, until it is closed. */
  handling: undefined,
});

/** Calls action(exchange), which comes from Java, in the exchange's own async frame. */
function run(exchange, action, failed) {
  setFrame(exchange);
  try {
    action(exchange);
  } catch (error) {
    setFrame(undefined);
    failed(exchange, error);
    return;
  }
  setFrame(undefined);
}

/** Java has sent all that was queued. */
function drained(exchange) {
  exchange.queued = 0;
  exchange.isFull = false;
  exchange.ondrain();
}

/** What refers to the exchange is let go, so that all of it is freed at once, without a search for what is in use. */
function finished(exchange) {
  const { onclose } = exchange;
  exchange.closed = true;
  responseText.forget(exchange);
  exchange.onclose = nothing;
  try {
    onclose(exchange);
  } finally {
    exchange.handling = undefined;
    if (exchange.ondrain !== nothing) exchange.ondrain = nothing;
    if (exchange.hasBody) exchange.onchunk = exchange.onend = exchange.onerror = nothing;
  }
}

const reported = (exchange, error) => reportUncaught(error);

/** Requests for that listener go to handler(exchange). Listener 0 is the program's fetch handler. */
export function onListener(listenerId, handler) {
  listeners.set(listenerId, { handler, opened: nothing, closed: nothing });
  post(records.ANSWERS_FETCH, listenerId);
}

let nextListener = 1;

/** Opens a port. callback(error) or callback(null, { address, port, family }). Returns the listener's id. */
export function listen(hostname, port, handler, callback) {
  const id = nextListener++;
  listeners.set(id, { handler, opened: callback, closed: nothing });
  try {
    host.listen(id, hostname, port);
  } catch (error) {
    listeners.take(id);
    nextTick(callback, Object.assign(error, { port }));
  }
  return id;
}

/** { address, port, family } of a port that is open, or that is being opened and waited for; undefined if it can't be. */
export function addressOf(listenerId) {
  const text = host.address(listenerId);
  if (text === undefined) return undefined;
  const [address, port] = text.split(" ");
  return described(address, +port);
}

function described(address, port) {
  return { address, port, family: address.includes(":") ? "IPv6" : "IPv4" };
}

/** Stops accepting; callback() when the last of its requests has ended. */
export function close(listenerId, callback = nothing) {
  const listener = listeners.get(listenerId);
  if (listener !== undefined) listener.closed = callback;
  post(records.LISTENER_CLOSE, listenerId);
}

export function setListenerRef(listenerId, ref) {
  post(records.LISTENER_REF, listenerId, ref ? 1 : 0);
}

register("listening", (id, code, message, address, port) => {
  const listener = listeners.get(id);
  if (listener === undefined) return;
  if (code === "") {
    guard(() => listener.opened(null, described(address, port)));
    return;
  }
  listeners.take(id);
  const error = new Error(`listen ${code}: ${message}`);
  Object.assign(error, { code, syscall: "listen", address, port });
  guard(() => listener.opened(error));
});

register("listenerClosed", (id) => {
  const listener = listeners.take(id);
  if (listener !== undefined) guard(listener.closed);
});

register("request", (id, listenerId, flags, text) => {
  const exchange = new Exchange(id, flags, text);
  open.set(id, exchange);
  const listener = listeners.get(listenerId);
  if (listener === undefined) {
    exchange.abort("Nothing handles requests here.");
    return;
  }
  run(exchange, listener.handler, failExchange);
});

/** What a handler threw: logged; its client gets a 500 or a reset. */
export function failExchange(exchange, error) {
  if (!exchange.ended) exchange.abort("The handler threw.");
  reportUncaught(error);
}

/** An error that belongs to a request whose answer hasn't begun becomes that answer. */
onErrorInFrame((frame) => {
  const exchange = frame?.exchange;
  if (exchange !== undefined && !exchange.headSent) exchange.abort("The handler failed.");
});

register("bodyChunk", (id, bytes) => withExchange(id, (exchange) => exchange.onchunk(bytes)));
register("bodyEnd", (id) => withExchange(id, (exchange) => exchange.onend()));
register("bodyError", (id, message) => withExchange(id, (exchange) => exchange.onerror(new Error(message))));
register("writable", (id) => withExchange(id, drained));

/** Of each of these the client has gone, or the whole answer has left. */
register("exchangesClosed", (...ids) => {
  for (let i = 0; i < ids.length; i++) {
    const exchange = open.take(ids[i]);
    if (exchange !== undefined) run(exchange, finished, reported);
  }
});

function withExchange(id, action) {
  const exchange = open.get(id);
  if (exchange !== undefined) run(exchange, action, reported);
}

function guard(action) {
  try {
    action();
  } catch (error) {
    reportUncaught(error);
  }
}
