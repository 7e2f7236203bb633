// http.OutgoingMessage - https://nodejs.org/api/http.html#class-httpoutgoingmessage
// Shaped like a Writable but not one, as on Node: a chunk goes straight to the exchange, which gathers what
// one turn writes. write() is the hottest call of a rendering server.
import { Stream } from "node:stream";
import { Buffer } from "internal:buffer/class";
import { codes } from "internal:node_errors";
import { append } from "internal:response_text";
import { nextTick } from "internal:ticks";
import { hasInvalidChar, validateHeaderName, validateHeaderValue } from "internal:http/headers";
import { inspect } from "internal:inspect";

const {
  ERR_HTTP_BODY_NOT_ALLOWED, ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_CHAR,
  ERR_METHOD_NOT_IMPLEMENTED, ERR_STREAM_ALREADY_FINISHED, ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED,
  ERR_STREAM_NULL_VALUES, ERR_STREAM_WRITE_AFTER_END, ERR_HTTP_CONTENT_LENGTH_MISMATCH,
} = codes;

/** Map of lower-case name → [name as set, value] */
export const kOutHeaders = Symbol("outHeaders");
export const kErrored = Symbol("errored");

export function OutgoingMessage() {
  Stream.call(this);
  this.writable = true;
  this.destroyed = false;
  this.finished = false;
  this.sendDate = true;
  this.shouldKeepAlive = true;
  this.chunkedEncoding = false;
  this.useChunkedEncodingByDefault = true;
  this.strictContentLength = false;
  this.maxRequestsOnConnectionReached = false;
  this.socket = null;
  /** The head as a flat array once it is fixed, null before. */
  this._header = null;
  this._headerSent = false;
  this._hasBody = true;
  this._trailers = [];
  this._ended = false;
  this._closed = false;
  this._corked = 0;
  this._held = null;
  this._needDrain = false;
  /** True while write() has to check nothing but what it is given. */
  this._takesText = false;
  this._written = 0;
  this._exchange = null;
  this[kOutHeaders] = null;
  this[kErrored] = null;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const proto = OutgoingMessage.prototype;

function getter(name, get) {
  Object.defineProperty(proto, name, { get, configurable: true, enumerable: false });
}

getter("headersSent", function () { return this._header !== null; });
getter("writableEnded", function () { return this.finished; });
getter("writableFinished", function () { return this._ended; });
getter("writableObjectMode", () => false);
getter("writableHighWaterMark", () => 65536);
getter("writableLength", function () { return this._needDrain ? 65536 : 0; });
getter("writableCorked", function () { return this._corked; });
getter("writableNeedDrain", function () { return !this.destroyed && !this.finished && this._needDrain; });
getter("errored", function () { return this[kErrored]; });
getter("closed", function () { return this._closed; });
Object.defineProperty(proto, "connection", {
  configurable: true,
  get() { return this.socket; },
  set(socket) { this.socket = socket; },
});

proto._implicitHeader = function () {
  throw new ERR_METHOD_NOT_IMPLEMENTED("_implicitHeader()");
};

proto.setHeader = function setHeader(name, value) {
  if (this._header !== null) throw new ERR_HTTP_HEADERS_SENT("set");
  validateHeaderName(name);
  validateHeaderValue(name, value);
  (this[kOutHeaders] ??= new Map()).set(name.toLowerCase(), [name, value]);
  return this;
};

proto.setHeaders = function setHeaders(headers) {
  if (this._header !== null) throw new ERR_HTTP_HEADERS_SENT("set");
  if (!headers || Array.isArray(headers) || typeof headers.keys !== "function" || typeof headers.get !== "function") {
    throw new ERR_INVALID_ARG_TYPE("headers", ["Headers", "Map"], headers);
  }
  const cookies = [];
  for (const [name, value] of headers) {
    if (name === "set-cookie") cookies.push(...(Array.isArray(value) ? value : [value]));
    else this.setHeader(name, value);
  }
  if (cookies.length > 0) this.setHeader("set-cookie", cookies);
  return this;
};

proto.appendHeader = function appendHeader(name, value) {
  if (this._header !== null) throw new ERR_HTTP_HEADERS_SENT("append");
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const headers = (this[kOutHeaders] ??= new Map());
  const entry = headers.get(name.toLowerCase());
  if (entry === undefined) headers.set(name.toLowerCase(), [name, value]);
  else entry[1] = [].concat(entry[1], value);
  return this;
};

proto.getHeader = function getHeader(name) {
  requireName(name);
  return this[kOutHeaders]?.get(name.toLowerCase())?.[1];
};

proto.hasHeader = function hasHeader(name) {
  requireName(name);
  return this[kOutHeaders] !== null && this[kOutHeaders].has(name.toLowerCase());
};

proto.removeHeader = function removeHeader(name) {
  requireName(name);
  if (this._header !== null) throw new ERR_HTTP_HEADERS_SENT("remove");
  this[kOutHeaders]?.delete(name.toLowerCase());
};

function requireName(name) {
  if (typeof name !== "string") throw new ERR_INVALID_ARG_TYPE("name", "string", name);
}

proto.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : [...this[kOutHeaders].keys()];
};

proto.getRawHeaderNames = function getRawHeaderNames() {
  return this[kOutHeaders] === null ? [] : [...this[kOutHeaders].values()].map(([name]) => name);
};

proto.getHeaders = function getHeaders() {
  const headers = { __proto__: null };
  for (const name of this.getHeaderNames()) headers[name] = this[kOutHeaders].get(name)[1];
  return headers;
};

/** The head as the exchange takes it: [name, value, …]. */
proto._flatHeaders = function () {
  const flat = [];
  for (const [key, [name, value]] of this[kOutHeaders] ?? []) {
    if (Array.isArray(value) && key !== "cookie") for (const each of value) flat.push(name, `${each}`);
    else flat.push(name, Array.isArray(value) ? value.join("; ") : `${value}`);
  }
  return flat;
};

proto.addTrailers = function addTrailers(headers) {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  for (const [name, value] of pairs) {
    validateHeaderName(name, "Trailer name");
    for (const each of Array.isArray(value) ? value : [value]) {
      if (hasInvalidChar(`${each}`)) throw new ERR_INVALID_CHAR("trailer content", name);
      this._trailers.push(name, `${each}`);
    }
  }
};

proto.flushHeaders = function flushHeaders() {
  if (this._header === null) this._implicitHeader();
  this._sendHead();
};

/** Whatever this turn has written leaves when it is over; there is nothing else to push. */
proto.flush = function flush() {
  if (this._header !== null) this._sendHead();
};

proto.cork = function cork() {
  this._corked++;
  this._takesText = false;
};

proto.uncork = function uncork() {
  if (this._corked > 0) this._corked--;
  if (this._corked === 0) this._release();
};

proto._release = function () {
  const held = this._held;
  this._held = null;
  for (const chunk of held ?? []) this._pass(chunk);
  this._takesText = takesText(this);
};

proto.write = function write(chunk, encoding, callback) {
  if (this._takesText && typeof chunk === "string" && encoding === undefined && callback === undefined) {
    const exchange = this._exchange;
    append(exchange, chunk);
    if (exchange.isFull) this._needDrain = true;
    return !this._needDrain;
  }
  if (typeof encoding === "function") {
    callback = encoding;
    encoding = null;
  }
  return writeChunk(this, chunk, encoding, callback, false);
};

/** In the middle of a body text needs no check: React's fast writer sends thousands of short strings a page. */
function takesText(message) {
  return (
    message._headerSent && message._hasBody && !message.finished && !message.destroyed &&
    message._corked === 0 && !message.strictContentLength && !message._exchange.isStream
  );
}

function writeChunk(message, chunk, encoding, callback, isLast) {
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  const isText = typeof chunk === "string";
  if (!isText && !(chunk instanceof Uint8Array)) {
    throw new ERR_INVALID_ARG_TYPE("chunk", ["string", "Buffer", "Uint8Array"], chunk);
  }
  if (message.finished && !isLast) return failLater(message, new ERR_STREAM_WRITE_AFTER_END(), callback);
  if (message.destroyed) return failLater(message, new ERR_STREAM_DESTROYED("write"), callback);
  if (message._header === null) message._implicitHeader();
  if (!message._hasBody) {
    if (message.rejectNonStandardBodyWrites) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    if (callback) nextTick(callback);
    return true;
  }
  if (isText && encoding && encoding !== "utf8" && encoding !== "utf-8") chunk = Buffer.from(chunk, encoding);
  if (message.strictContentLength) countBytes(message, chunk, isLast);
  if (callback) nextTick(callback);
  if (message._corked > 0) {
    (message._held ??= []).push(chunk);
    return true;
  }
  return message._pass(chunk);
}

/** Hands a chunk over. False asks the caller to wait for 'drain'. */
proto._pass = function (chunk) {
  if (!this._headerSent) this._sendHead();
  if (chunk.length === 0) return !this._needDrain;
  if (!this._exchange.write(chunk)) this._needDrain = true;
  return !this._needDrain;
};

proto._sendHead = function () {
  if (this._headerSent || this.destroyed) return;
  this._headerSent = true;
  const header = this._header;
  this._exchange.head(this.statusCode, this.statusMessage ?? "", typeof header === "string" ? header : header.join("\n"));
  this._takesText = takesText(this);
};

function countBytes(message, chunk, isLast) {
  const declared = +(message.getHeader("content-length") ?? NaN);
  message._written += Buffer.byteLength(chunk);
  const wrong = isLast ? message._written !== declared : message._written > declared;
  if (declared === declared && wrong) throw new ERR_HTTP_CONTENT_LENGTH_MISMATCH(message._written, declared);
}

function failLater(message, error, callback) {
  if (message.destroyed) nextTick(callback ?? (() => {}), error);
  else nextTick(fail, message, error, callback);
  return false;
}

function fail(message, error, callback) {
  callback?.(error);
  if (!message.destroyed) message.emit("error", error);
}

proto.end = function end(chunk, encoding, callback) {
  if (typeof chunk === "function") {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === "function") {
    callback = encoding;
    encoding = null;
  }
  if (this.finished) return endAgain(this, chunk, callback);
  this._takesText = false;
  if (this._header === null) this._exchange?.endsWith?.(chunk, encoding);
  if (chunk !== null && chunk !== undefined) {
    if (this._header === null) this._lengthKnown(chunk, encoding);
    this.finished = true;
    writeOrUndo(this, chunk, encoding);
  } else if (this._header === null) {
    this._implicitHeader();
  }
  if (callback) this.once("finish", callback);
  this.finished = true;
  this._corked = 0;
  if (!this.destroyed) finish(this);
  return this;
};

/** end() with the whole body: a HEAD response tells its length though it sends none. */
proto._lengthKnown = function (chunk, encoding) {
  if (this._hasBody || this.statusCode === 204 || this.statusCode === 304) return;
  if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) return;
  if (this.hasHeader("content-length") || this.hasHeader("transfer-encoding")) return;
  this.setHeader("Content-Length", Buffer.byteLength(chunk, encoding));
};

/** What throws must leave the response open. */
function writeOrUndo(message, chunk, encoding) {
  let written = false;
  try {
    writeChunk(message, chunk, encoding, undefined, true);
    written = true;
  } finally {
    if (!written) {
      message.finished = false;
      message._takesText = takesText(message);
    }
  }
}

function finish(message) {
  message._release();
  message._sendHead();
  message._exchange.end(message._trailers);
  if (message._tellsFinish()) nextTick(finished, message);
}

/** Whether somebody wants to know before the answer has left whole. */
proto._tellsFinish = () => true;

/** The message has been handed over. */
export function finished(message) {
  if (message.destroyed || message._ended) return;
  message._ended = true;
  message.emit("prefinish");
  message.emit("finish");
  message._afterFinish();
}

proto._afterFinish = function () {};

function endAgain(message, chunk, callback) {
  if (chunk !== null && chunk !== undefined) {
    const error = new ERR_STREAM_WRITE_AFTER_END();
    if (typeof callback === "function") nextTick(callback, error);
    nextTick(fail, message, error);
  } else if (typeof callback === "function") {
    if (message._ended) nextTick(callback, new ERR_STREAM_ALREADY_FINISHED("end"));
    else message.on("finish", callback);
  }
  return message;
}

/** Gives up: an error answer before the head has left, a reset after it. */
proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this._takesText = false;
  this.writable = false;
  this[kErrored] = error ?? null;
  if (this.socket) this.socket.destroy(error);
  return this;
};

/** The exchange can take more. */
proto._drained = function () {
  if (!this._needDrain) return;
  this._needDrain = false;
  if (!this.destroyed && !this.finished) this.emit("drain");
};

proto.setTimeout = function (milliseconds, callback) {
  if (callback) this.on("timeout", callback);
  this.socket?.setTimeout(milliseconds);
  return this;
};

proto.pipe = function pipe() {
  this.emit("error", new ERR_STREAM_CANNOT_PIPE());
};

proto[Symbol.for("nodejs.util.inspect.custom")] = function (depth, options) {
  const { constructor, statusCode, statusMessage, finished: ended, headersSent } = this;
  return `${constructor.name} ${inspect({ statusCode, statusMessage, finished: ended, headersSent }, { ...options, depth })}`;
};

