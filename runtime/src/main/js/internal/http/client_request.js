// http.ClientRequest - https://nodejs.org/api/http.html#class-httpclientrequest
// Its connection is a net.Socket or whatever its agent makes; responses are read by ResponseParser.
import { frame, runInFrame } from "internal:async_context";
import { Buffer } from "internal:buffer/class";
import { globalAgent } from "internal:http/agent";
import { checkOptions, requestArguments } from "internal:http/client_options";
import { IncomingMessage } from "internal:http/incoming";
import { OutgoingMessage } from "internal:http/outgoing";
import { RequestWire } from "internal:http/request_wire";
import { ResponseParser } from "internal:http/message_parser";
import { connect } from "internal:net/socket";
import { AbortError, codes, nodeError } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateAbortSignal, validateNumber } from "internal:validators";

const { ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE } = codes;

const LONGEST_HEAD = 16384;
const WITHOUT_BODY = ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

export function ClientRequest(input, given, listener) {
  if (!(this instanceof ClientRequest)) return new ClientRequest(input, given, listener);
  OutgoingMessage.call(this);
  const { options, callback } = requestArguments(input, given, listener);
  this.agent = agentFor(options);
  const defaultPort = options.defaultPort || this.agent?.defaultPort || 80;
  checkOptions(options, options._defaultAgent?.protocol ?? this.agent?.protocol ?? "http:");
  const host = (options.host = options.hostname || options.host || "localhost");
  const port = (options.port = options.port || defaultPort);
  this.protocol = options.protocol ?? this.agent?.protocol ?? "http:";
  this.method = (options.method || "GET").toUpperCase();
  this.path = options.path || "/";
  this.host = host;
  this.timeout = options.timeout;
  this.reusedSocket = false;
  this.aborted = false;
  this.res = null;
  this.upgradeOrConnect = false;
  this.maxHeadersCount = null;
  this.parser = null;
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this.useChunkedEncodingByDefault = !WITHOUT_BODY.includes(this.method);
  this.shouldKeepAlive = this.agent?.keepAlive ?? false;
  this._exchange = new RequestWire();
  this._asyncFrame = frame();
  this._longestHead = options.maxHeaderSize || LONGEST_HEAD;
  this._failed = false;
  if (callback) this.once("response", callback);
  if (Array.isArray(options.headers)) this._rawHead = options.headers.flat().map(String);
  else setHeaders(this, options, host, port, defaultPort);
  followSignal(this, options.signal);
  begin(this, options);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

const proto = ClientRequest.prototype;

function agentFor(options) {
  const usual = options._defaultAgent ?? globalAgent;
  const { agent } = options;
  if (agent === false) return new usual.constructor();
  if (agent === null || agent === undefined) return typeof options.createConnection === "function" ? null : usual;
  if (typeof agent.addRequest !== "function") throw new ERR_INVALID_ARG_TYPE("options.agent", ["Agent-like Object", "undefined", "false"], agent);
  return agent;
}

function setHeaders(request, options, host, port, defaultPort) {
  for (const name of Object.keys(options.headers ?? {})) request.setHeader(name, options.headers[name]);
  if (host && !request.hasHeader("host") && (options.setHost ?? true)) {
    const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
    request.setHeader("Host", +port === +defaultPort ? name : `${name}:${port}`);
  }
  if (options.auth && !request.hasHeader("authorization")) {
    request.setHeader("Authorization", `Basic ${Buffer.from(options.auth).toString("base64")}`);
  }
}

function followSignal(request, signal) {
  if (signal === undefined || signal === null) return;
  validateAbortSignal(signal, "options.signal");
  const abort = () => request.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) nextTick(abort);
  else {
    signal.addEventListener("abort", abort, { once: true });
    request.once("close", () => signal.removeEventListener("abort", abort));
  }
}

function begin(request, options) {
  if (request.agent) {
    request.agent.addRequest(request, options);
    return;
  }
  request.shouldKeepAlive = false;
  const made = typeof options.createConnection === "function" ? options.createConnection : connect;
  let told = false;
  const created = (error, socket) => {
    if (told) return;
    told = true;
    if (error) nextTick(() => request.destroy(error));
    else request.onSocket(socket);
  };
  try {
    const socket = made(options, created);
    if (socket) created(null, socket);
  } catch (error) {
    created(error);
  }
}

/** The head as it is sent. Fields that the program didn't set itself are those that frame the message. */
proto._implicitHeader = function () {
  if (this._header !== null) throw new ERR_HTTP_HEADERS_SENT("render");
  this._header = this._rawHead ?? this._flatHeaders();
};

proto._sendHead = function () {
  if (this._headerSent || this.destroyed) return;
  this._headerSent = true;
  const fields = this._rawHead ?? this._flatHeaders();
  const has = (name) => fields.some((field, i) => i % 2 === 0 && field.toLowerCase() === name);
  this.chunkedEncoding = false;
  if (!has("connection")) fields.push("Connection", this.shouldKeepAlive ? "keep-alive" : "close");
  if (has("transfer-encoding")) {
    this.chunkedEncoding = /chunked/i.test(fields[fields.findIndex((field, i) => i % 2 === 0 && field.toLowerCase() === "transfer-encoding") + 1]);
  } else if (!has("content-length")) {
    this._frame(fields);
  }
  let text = `${this.method} ${this.path} HTTP/1.1\r\n`;
  for (let i = 0; i < fields.length; i += 2) text += `${fields[i]}: ${fields[i + 1]}\r\n`;
  this._header = `${text}\r\n`;
  this._exchange.start(this._header, this.chunkedEncoding);
};

proto._frame = function (fields) {
  if (this._knownLength !== undefined && (this._knownLength > 0 || this.useChunkedEncodingByDefault)) {
    fields.push("Content-Length", `${this._knownLength}`);
  } else if (this._knownLength === undefined && this._hasWritten) {
    this.chunkedEncoding = true;
    fields.push("Transfer-Encoding", "chunked");
  }
};

/** end() with the whole body, or without any. */
proto._lengthKnown = function (chunk, encoding) {
  this._knownLength = typeof chunk === "string" ? Buffer.byteLength(chunk, encoding) : (chunk?.byteLength ?? undefined);
};

proto.write = function write(...args) {
  this._hasWritten = true;
  return OutgoingMessage.prototype.write.apply(this, args);
};

proto.end = function end(chunk, ...rest) {
  const isEmpty = chunk === undefined || chunk === null || typeof chunk === "function";
  if (this._header === null && isEmpty) this._knownLength = 0;
  return OutgoingMessage.prototype.end.call(this, chunk, ...rest);
};

proto.flushHeaders = function flushHeaders() {
  if (this._header === null) this._implicitHeader();
  this._hasWritten ||= this.useChunkedEncodingByDefault;
  this._sendHead();
};

/** From the agent: a connection, or why there is none. */
proto.onSocket = function (socket, error) {
  nextTick(() => {
    if (error || !socket) {
      this._fail(error ?? hangUp());
    } else if (this.destroyed) {
      socket.emit(this.agent?.keepAlive && socket.writable ? "free" : "agentRemove");
      if (!this.agent?.keepAlive) socket.destroy(this._destroyedWith);
    } else {
      useSocket(this, socket);
    }
  });
};

function useSocket(request, socket) {
  request.socket = socket;
  socket._httpMessage = request;
  const response = new Incoming(request, socket);
  request.parser = response;
  response.start();
  if (request.timeout !== undefined) listenForTimeout(request);
  request._exchange.attach(socket);
  request.emit("socket", socket);
}

function hangUp() {
  return nodeError("ECONNRESET", "socket hang up");
}

/** The connection as one request's answer comes over it. */
class Incoming {
  #request;
  #socket;
  #parser;
  #source = null;
  #message = null;
  #complete = false;
  #listeners;

  constructor(request, socket) {
    this.#request = request;
    this.#socket = socket;
    this.#parser = new ResponseParser(this, request._longestHead);
    // A connection may be older than the request: what happens to the request is in its own async context.
    const inFrame = (listener) => (arg) => runInFrame(request._asyncFrame, listener, undefined, [arg]);
    this.#listeners = {
      data: inFrame((chunk) => this.#data(chunk)),
      end: inFrame(() => this.#ended()),
      close: inFrame(() => this.#closed()),
      error: inFrame((error) => this.#failed(error)),
      drain: inFrame(() => request._drained()),
    };
  }

  start() {
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.on(event, listener);
    this.#socket.resume();
  }

  #stop() {
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.removeListener(event, listener);
  }

  #data(chunk) {
    let read;
    try {
      read = this.#parser.execute(chunk);
    } catch (error) {
      if (!`${error.code}`.startsWith("HPE_")) throw error;
      this.#stop();
      this.#request._fail(Object.assign(error, { rawPacket: chunk }));
      this.#socket.destroy();
      this.#source?.onerror();
      return;
    }
    if (this.#upgraded) this.#handOver(chunk.subarray(read));
  }

  #upgraded = false;
  #head;

  head(info) {
    const { status, headers } = info;
    const request = this.#request;
    const isConnect = request.method === "CONNECT";
    if (status === 101 || (isConnect && status >= 200 && status < 300)) {
      this.#upgraded = true;
      this.#head = info;
      return "upgrade";
    }
    if (status < 200) {
      this.#informational(info);
      return "none";
    }
    request.shouldKeepAlive &&= info.keepAlive;
    this.#source = new ResponseSource(this.#socket, headers);
    this.#message = responseOf(info, this.#socket, request, this.#source);
    if (request.res !== null) this.#socket.destroy();
    request.res = this.#message;
    if (request.listenerCount("response") === 0 || !request.emit("response", this.#message)) this.#message._dump();
    return request.method === "HEAD" ? "none" : undefined;
  }

  #informational({ status, message, headers, major, minor }) {
    this.#skips = true;
    if (status === 100) this.#request.emit("continue");
    const information = responseOf({ status, message, headers, major, minor }, this.#socket, this.#request, undefined);
    this.#request.emit("information", {
      statusCode: status, statusMessage: message, httpVersion: `${major}.${minor}`, httpVersionMajor: major, httpVersionMinor: minor,
      headers: information.headers, rawHeaders: headers,
    });
  }

  #skips = false;

  body(bytes) {
    if (!this.#source.onchunk(bytes)) this.#source.pause();
  }

  trailers(list) {
    this.#message.rawTrailers = list;
  }

  complete() {
    if (this.#skips) {
      this.#skips = false;
      return;
    }
    this.#complete = true;
    this.#stop();
    const { shouldKeepAlive, agent } = this.#request;
    const socket = this.#socket;
    const request = this.#request;
    this.#message.once("end", () => (shouldKeepAlive && agent && !socket.destroyed ? release(request, socket) : finishAlone(request, socket)));
    this.#source.onend();
    if (this.#message.destroyed) finishAlone(request, socket);
  }

  /** What comes from here on isn't HTTP. */
  #handOver(rest) {
    this.#stop();
    const request = this.#request;
    const socket = this.#socket;
    const message = responseOf(this.#head, socket, request, undefined);
    message.upgrade = true;
    message.complete = true;
    request.res = message;
    request.upgradeOrConnect = true;
    const event = request.method === "CONNECT" ? "connect" : "upgrade";
    socket.emit("agentRemove");
    socket._httpMessage = null;
    // Whoever listens for its bytes sets it flowing.
    socket.readableFlowing = null;
    if (request.listenerCount(event) === 0) {
      socket.destroy();
      if (event === "upgrade") request._fail(nodeError("ECONNRESET", "socket hang up"));
    } else {
      request._requestDone = true;
      request.emit(event, message, socket, rest);
      request.destroyed = true;
      nextTick(() => request._emitClose());
    }
  }

  #ended() {
    this.#socket.writable && this.#socket.end();
    try {
      this.#parser.finish();
      if (!this.#complete && this.#message === null) this.#request._fail(hangUp());
    } catch {
      this.#incomplete();
    }
  }

  #incomplete() {
    this.#stop();
    if (this.#message === null) {
      this.#request._fail(hangUp());
    } else {
      this.#source.onerror();
      finishAlone(this.#request, this.#socket);
    }
  }

  #closed() {
    if (!this.#complete) this.#ended();
    if (!this.#complete) this.#incomplete();
  }

  #failed(error) {
    if (this.#message !== null) {
      this.#closed();
      return;
    }
    this.#stop();
    this.#request._fail(error);
  }
}

/** What IncomingMessage reads a response's body from. */
class ResponseSource {
  method = null;
  target = "";
  hasBody = true;
  onchunk = () => true;
  onend = () => {};
  onerror = () => {};
  #socket;
  #paused = false;

  constructor(socket, headers) {
    this.#socket = socket;
    this.headers = headers;
  }

  pause() {
    this.#paused = true;
    this.#socket.pause();
  }

  pull() {
    if (!this.#paused) return;
    this.#paused = false;
    this.#socket.resume();
  }

  cancelBody() {
    this.#socket.destroy();
  }
}

function responseOf({ status, message, headers, major, minor }, socket, request, source) {
  const response = new IncomingMessage(socket, source);
  response.httpVersion = `${major}.${minor}`;
  response.statusCode = status;
  response.statusMessage = message;
  response.rawHeaders = headers;
  response.req = request;
  if (request.joinDuplicateHeaders) response.joinDuplicateHeaders = true;
  return response;
}

/** The connection goes back to the agent once the request itself has left. */
function release(request, socket) {
  const give = () => {
    request._exchange.detach();
    request.destroyed = true;
    request._requestDone = true;
    socket._httpMessage = null;
    socket._httpKeepAlive = true;
    if (request.timeoutListener) socket.removeListener("timeout", request.timeoutListener);
    nextTick(() => {
      request._emitClose();
      socket.emit("free");
    });
  };
  if (request._ended) give();
  else request.once("finish", give);
}

function finishAlone(request, socket) {
  request._requestDone = true;
  request.destroyed = true;
  if (socket.writable && !socket.destroyed) socket.destroySoon();
  nextTick(() => request._emitClose());
}

proto._emitClose = function () {
  if (this._closed) return;
  this._closed = true;
  this.emit("close");
};

/** Once: the error event, then close. */
proto._fail = function (error) {
  if (this._failed || this._requestDone) return;
  this._failed = true;
  this.destroyed = true;
  nextTick(() => {
    this.emit("error", error);
    this._emitClose();
  });
};

proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this._destroyedWith = error;
  if (this.res) this.res._dump();
  const { socket, res } = this;
  if (socket) socket.destroy(res ? undefined : error);
  if (res) {
    if (!res.complete) res.destroy(error);
    nextTick(() => this._emitClose());
  } else {
    this._fail(error ?? hangUp());
  }
  return this;
};

proto.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(() => this.emit("abort"));
  this.destroy();
};

function listenForTimeout(request) {
  if (request.timeoutListener) return;
  request.timeoutListener = () => request.emit("timeout");
  request.socket.once("timeout", request.timeoutListener);
  request.socket.setTimeout(request.timeout);
}

proto.setTimeout = function (milliseconds, callback) {
  if (this._ended && this._requestDone) return this;
  validateNumber(milliseconds, "msecs", 0);
  if (callback) this.once("timeout", callback);
  this.timeout = milliseconds;
  if (this.socket) {
    if (this.timeoutListener) this.socket.setTimeout(milliseconds);
    else listenForTimeout(this);
  }
  return this;
};

/** Calls the socket's method now, or when there is a socket. */
function whenConnected(request, action) {
  const act = () => action(request.socket);
  if (!request.socket) request.once("socket", act);
  else if (request.socket.connecting) request.socket.once("connect", act);
  else act();
}

proto.setNoDelay = function (on) {
  whenConnected(this, (socket) => socket.setNoDelay(on));
};

proto.setSocketKeepAlive = function (on, delay) {
  whenConnected(this, (socket) => socket.setKeepAlive(on, delay));
};

proto.clearTimeout = function (callback) {
  this.setTimeout(0, callback);
};
