// http.IncomingMessage - https://nodejs.org/api/http.html#class-httpincomingmessage
import { Readable } from "node:stream";
import { Buffer } from "internal:buffer/class";
import { nodeError } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { distinct, joined } from "internal:http/headers";

const kExchange = Symbol("exchange");
const kHeaders = Symbol("headers");
const kHeadersDistinct = Symbol("headersDistinct");
const kTrailers = Symbol("trailers");
const kVersion = Symbol("version");
const kWanted = Symbol("wanted");

const SOURCE_OPTIONS = { autoDestroy: true, highWaterMark: 65536 };

export class IncomingMessage extends Readable {
  constructor(socket, exchange) {
    super(SOURCE_OPTIONS);
    this.socket = socket;
    this.method = null;
    this.url = "";
    this.statusCode = null;
    this.statusMessage = null;
    this.complete = false;
    this.aborted = false;
    this.upgrade = null;
    this.joinDuplicateHeaders = false;
    this.rawTrailers = [];
    this._consumed = false;
    this._dumped = false;
    this[kExchange] = exchange;
    this[kVersion] = null;
    this[kWanted] = false;
    if (exchange !== undefined) fromExchange(this, exchange);
  }

  get connection() {
    return this.socket;
  }

  set connection(socket) {
    this.socket = socket;
  }

  get httpVersion() {
    return (this[kVersion] ??= versionOf(this[kExchange]));
  }

  set httpVersion(version) {
    this[kVersion] = version;
  }

  get httpVersionMajor() {
    return part(this.httpVersion, 0);
  }

  get httpVersionMinor() {
    return part(this.httpVersion, 1);
  }

  get rawHeaders() {
    return (this._rawHeaders ??= this[kExchange]?.headers ?? []);
  }

  set rawHeaders(raw) {
    this._rawHeaders = raw;
  }

  get headers() {
    return (this[kHeaders] ??= joined(this.rawHeaders, this.joinDuplicateHeaders));
  }

  set headers(headers) {
    this[kHeaders] = headers;
  }

  get headersDistinct() {
    return (this[kHeadersDistinct] ??= distinct(this.rawHeaders));
  }

  set headersDistinct(headers) {
    this[kHeadersDistinct] = headers;
  }

  get trailers() {
    return (this[kTrailers] ??= joined(this.rawTrailers));
  }

  set trailers(trailers) {
    this[kTrailers] = trailers;
  }

  get trailersDistinct() {
    return distinct(this.rawTrailers);
  }

  setTimeout(milliseconds, callback) {
    if (callback) this.on("timeout", callback);
    this.socket?.setTimeout(milliseconds);
    return this;
  }

  _read() {
    this._consumed = true;
    const exchange = this[kExchange];
    if (exchange === undefined || this.complete) {
      this.push(null);
    } else if (!this[kWanted]) {
      this[kWanted] = true;
      exchange.pull();
    }
  }

  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit("aborted");
    }
    const exchange = this[kExchange];
    if (exchange !== undefined && !this.complete) exchange.cancelBody();
    if (error && this.socket && !this.socket.destroyed && !this.complete) this.socket.destroy(error);
    // Nobody has to listen for the error of a request that its client gave up.
    if (this.listenerCount("error") === 0) error = null;
    nextTick(callback, error);
  }

  /** Nobody wants the rest of the body. */
  _dump() {
    if (this._dumped) return;
    this._dumped = true;
    this.removeAllListeners("data");
    this.resume();
  }
}

function versionOf(exchange) {
  if (exchange === undefined) return null;
  const { httpVersion } = exchange.connection;
  return httpVersion.includes(".") ? httpVersion : `${httpVersion}.0`;
}

function part(version, index) {
  return version === null ? null : +version.split(".")[index];
}

function fromExchange(message, exchange) {
  message.method = exchange.method;
  message.url = exchange.target;
  if (!exchange.hasBody) {
    message.complete = true;
    return;
  }
  exchange.onchunk = (bytes) => {
    message[kWanted] = false;
    return message.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  };
  exchange.onend = () => {
    message.complete = true;
    message.push(null);
  };
  exchange.onerror = () => clientGone(message);
}

/** The client went away before its request was complete. */
export function clientGone(message) {
  if (message.complete && message.readableEnded) return;
  if (message.destroyed) return;
  if (message.complete) {
    message.destroy();
    return;
  }
  message.destroy(nodeError("ECONNRESET", "aborted"));
}
