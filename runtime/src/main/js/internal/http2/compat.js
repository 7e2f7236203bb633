// http2.Http2ServerRequest and Http2ServerResponse - https://nodejs.org/api/http2.html#compatibility-api
import { Readable, Stream } from "node:stream";
import { http2Error } from "internal:http2/errors";
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateString } from "internal:validators";

const { ERR_INVALID_ARG_VALUE, ERR_INVALID_HTTP_TOKEN, ERR_STREAM_WRITE_AFTER_END } = codes;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export class Http2ServerRequest extends Readable {
  #headers;
  #raw;
  #trailers = {};
  #rawTrailers = [];
  #aborted = false;
  #url;
  #method;

  constructor(stream, headers, options, rawHeaders) {
    super({ autoDestroy: false, ...options });
    this.stream = stream;
    this.#headers = headers;
    this.#raw = rawHeaders;
    this.#url = headers[":path"];
    this.#method = headers[":method"];
    stream._compatRequest = this;
    stream.on("trailers", (trailers, _flags, raw) => {
      Object.assign(this.#trailers, trailers);
      this.#rawTrailers.push(...raw);
    });
    stream.on("end", () => this.push(null));
    stream.on("error", (error) => this.listenerCount("error") > 0 && this.emit("error", error));
    stream.on("aborted", () => {
      if (this.complete && this.readableEnded) return;
      this.#aborted = true;
      this.emit("aborted");
    });
    stream.on("close", () => {
      this.push(null);
      if (this.readableEnded || this.readableFlowing === null) this.emit("close");
      else this.once("end", () => this.emit("close"));
    });
    this.on("pause", () => stream.pause());
    this.on("resume", () => this.#wanted && stream.resume());
  }

  #wanted = false;

  _read() {
    if (!this.#wanted) {
      this.#wanted = true;
      this.stream.on("data", (chunk) => {
        if (!this.push(chunk)) this.stream.pause();
      });
    } else if (!this.stream.destroyed) {
      nextTick(() => this.stream.resume());
    }
  }

  get aborted() {
    return this.#aborted;
  }

  get complete() {
    return this.#aborted || this.readableEnded || this.stream.destroyed;
  }

  get httpVersion() {
    return "2.0";
  }

  get httpVersionMajor() {
    return 2;
  }

  get httpVersionMinor() {
    return 0;
  }

  get headers() {
    return this.#headers;
  }

  get rawHeaders() {
    return this.#raw;
  }

  get trailers() {
    return this.#trailers;
  }

  get rawTrailers() {
    return this.#rawTrailers;
  }

  get authority() {
    return this.#headers[":authority"] ?? this.#headers.host;
  }

  get scheme() {
    return this.#headers[":scheme"];
  }

  get socket() {
    return this.stream.session?.socket;
  }

  get connection() {
    return this.socket;
  }

  get method() {
    return this.#method;
  }

  set method(method) {
    validateString(method, "method");
    if (method.trim() === "") throw new ERR_INVALID_ARG_VALUE("method", method);
    this.#method = method;
  }

  get url() {
    return this.#url;
  }

  set url(url) {
    this.#url = url;
  }

  setTimeout(milliseconds, callback) {
    this.stream.setTimeout(milliseconds, callback);
    return this;
  }
}

export class Http2ServerResponse extends Stream {
  #headers = { __proto__: null };
  #trailers = { __proto__: null };
  #status = 200;
  #ended = false;
  #closed = false;
  #stream;

  constructor(stream) {
    super();
    this.#stream = stream;
    this.sendDate = true;
    this.writable = true;
    this.req = stream._compatRequest;
    stream.on("drain", () => this.emit("drain"));
    stream.on("close", () => {
      if (this.#closed) return;
      this.#closed = true;
      this.emit("finish");
      this.emit("close");
    });
    stream.on("wantTrailers", () => stream.sendTrailers(this.#trailers));
    stream.on("aborted", () => this.emit("aborted"));
  }

  get stream() {
    return this.#stream;
  }

  get headersSent() {
    return this.#stream.headersSent;
  }

  get finished() {
    return this.#ended;
  }

  get writableEnded() {
    return this.#ended;
  }

  get writableFinished() {
    return this.#stream.writableFinished;
  }

  get writableCorked() {
    return this.#stream.writableCorked;
  }

  get writableHighWaterMark() {
    return this.#stream.writableHighWaterMark;
  }

  get writableLength() {
    return this.#stream.writableLength;
  }

  get writableNeedDrain() {
    return this.#stream.writableNeedDrain;
  }

  get destroyed() {
    return this.#stream.destroyed;
  }

  get socket() {
    return this.#closed ? undefined : this.#stream.session?.socket;
  }

  get connection() {
    return this.socket;
  }

  get _header() {
    return this.headersSent;
  }

  get statusCode() {
    return this.#status;
  }

  set statusCode(code) {
    code |= 0;
    if (code >= 100 && code < 200) throw http2Error("INFO_STATUS_NOT_ALLOWED");
    if (code < 100 || code > 599) throw http2Error("STATUS_INVALID", code);
    this.#status = code;
  }

  /** HTTP/2 has none. */
  get statusMessage() {
    return "";
  }

  set statusMessage(_message) {}

  setHeader(name, value) {
    const key = this.#settable(name);
    if (value === undefined || value === null) throw http2Error("INVALID_HEADER_VALUE", value, name);
    if (key !== undefined) this.#headers[key] = value;
  }

  /** Undefined for what belongs to connections, which HTTP/2 doesn't send. */
  #settable(name) {
    validateString(name, "name");
    if (this.#closed) throw http2Error("INVALID_STREAM");
    if (this.headersSent) throw http2Error("HEADERS_SENT");
    const key = name.trim().toLowerCase();
    if (key.startsWith(":")) throw http2Error("PSEUDOHEADER_NOT_ALLOWED");
    if (!TOKEN.test(key)) throw new ERR_INVALID_HTTP_TOKEN("Header name", name);
    return ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"].includes(key) ? undefined : key;
  }

  appendHeader(name, value) {
    const key = this.#settable(name);
    if (key === undefined) return;
    const before = this.#headers[key];
    this.#headers[key] = before === undefined ? value : [before, value].flat();
  }

  getHeader(name) {
    validateString(name, "name");
    return this.#headers[name.trim().toLowerCase()];
  }

  getHeaders() {
    return Object.assign({ __proto__: null }, this.#headers);
  }

  getHeaderNames() {
    return Object.keys(this.#headers);
  }

  hasHeader(name) {
    validateString(name, "name");
    return name.trim().toLowerCase() in this.#headers;
  }

  removeHeader(name) {
    delete this.#headers[this.#settable(name)];
  }

  setTrailer(name, value) {
    validateString(name, "name");
    const key = name.trim().toLowerCase();
    if (value === undefined || value === null) throw http2Error("INVALID_HEADER_VALUE", value, name);
    this.#trailers[key] = value;
  }

  addTrailers(headers) {
    for (const [name, value] of Object.entries(headers)) this.setTrailer(name, value);
  }

  writeHead(statusCode, message, headers) {
    if (this.#closed || this.#stream.destroyed) return this;
    if (this.headersSent) throw http2Error("HEADERS_SENT");
    if (typeof message === "object" && message !== null) headers = message;
    if (Array.isArray(headers)) {
      const flat = headers.length > 0 && Array.isArray(headers[0]) ? headers.flat() : headers;
      if (flat.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE("headers", headers);
      for (let i = 0; i < flat.length; i += 2) this.setHeader(flat[i], flat[i + 1]);
    } else {
      for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value);
    }
    this.statusCode = statusCode;
    this.#begin();
    return this;
  }

  flushHeaders() {
    if (!this.#closed && !this.headersSent) this.#begin();
  }

  #begin(endStream = false) {
    this.#stream.respond({ ":status": this.#status, ...this.#headers }, { endStream, waitForTrailers: !endStream, sendDate: this.sendDate });
  }

  writeContinue() {
    if (this.headersSent || this.#closed) return false;
    this.#stream.additionalHeaders({ ":status": 100 });
    return true;
  }

  writeEarlyHints(hints) {
    if (this.headersSent || this.#closed || hints.link === undefined) return false;
    this.#stream.additionalHeaders({ ":status": 103, ...hints, link: [hints.link].flat().join(", ") });
    return true;
  }

  write(chunk, encoding, callback) {
    if (typeof encoding === "function") [callback, encoding] = [encoding, undefined];
    const error = this.#ended ? new ERR_STREAM_WRITE_AFTER_END() : this.#closed || this.#stream.destroyed ? http2Error("INVALID_STREAM") : undefined;
    if (error !== undefined) {
      if (typeof callback === "function") nextTick(callback, error);
      else this.#stream.destroy(error);
      return false;
    }
    if (!this.headersSent) this.#begin();
    return this.#stream.write(chunk, encoding, callback);
  }

  end(chunk, encoding, callback) {
    if (typeof chunk === "function") [callback, chunk, encoding] = [chunk, undefined, undefined];
    else if (typeof encoding === "function") [callback, encoding] = [encoding, undefined];
    if (this.#ended || this.#closed) {
      if (typeof callback === "function") nextTick(callback);
      return this;
    }
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    this.#ended = true;
    if (typeof callback === "function") {
      if (this.#stream.writableEnded) this.once("finish", callback);
      else this.#stream.once("finish", callback);
    }
    if (!this.headersSent) this.#begin(Object.keys(this.#trailers).length === 0);
    this.#stream.end();
    return this;
  }

  cork() {
    this.#stream.cork();
  }

  uncork() {
    this.#stream.uncork();
  }

  destroy(error) {
    this.#stream.destroy(error);
    return this;
  }

  setTimeout(milliseconds, callback) {
    this.#stream.setTimeout(milliseconds, callback);
    return this;
  }

  createPushResponse(_headers, callback) {
    validateFunction(callback, "callback");
    this.#stream.pushStream();
  }
}

/** A stream as a request with its answer, for listeners of 'request'. */
export function onServerStream(server, options, stream, headers, _flags, rawHeaders) {
  const Request = options.Http2ServerRequest ?? Http2ServerRequest;
  const Response = options.Http2ServerResponse ?? Http2ServerResponse;
  const request = new Request(stream, headers, undefined, rawHeaders);
  const response = new Response(stream);
  if (headers.expect !== undefined) {
    if (headers.expect === "100-continue") {
      if (server.listenerCount("checkContinue") > 0) {
        server.emit("checkContinue", request, response);
        return;
      }
      response.writeContinue();
    } else if (server.listenerCount("checkExpectation") > 0) {
      server.emit("checkExpectation", request, response);
      return;
    } else {
      response.statusCode = 417;
      response.end();
      return;
    }
  }
  server.emit("request", request, response);
}
