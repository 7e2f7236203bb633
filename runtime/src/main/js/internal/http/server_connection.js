// HTTP/1.1 over a connection that the program itself has: one over TLS, or one given by server.emit("connection").
// Connections to a port that node:http opens never come here: Java's server reads those.
import { Buffer } from "internal:buffer/class";
import { AsyncResource } from "node:async_hooks";
import { RequestParser } from "internal:http/message_parser";
import { SocketExchange } from "internal:http/socket_exchange";
import { codes, nodeError } from "internal:node_errors";
import { nextTick } from "internal:ticks";

const LONGEST_HEAD = 16384;
const MOST_FIELDS = 2000;
const connections = Symbol("connections");

/** Reads requests from the socket and hands them to the server's listeners. */
export function serveConnection(server, socket) {
  if (typeof socket?.on !== "function" || typeof socket.write !== "function") throw new codes.ERR_INVALID_ARG_TYPE("socket", "Duplex", socket);
  new ServerConnection(server, socket).start();
}

/** Those that the server reads from, of any kind. */
export function connectionsOf(server) {
  return [...(server[connections] ?? [])];
}

class ServerConnection {
  #server;
  #socket;
  #parser;
  /** Bytes of the next request while one is being answered. */
  #waiting = [];
  #exchange = null;
  #requestsSeen = 0;
  #timer = null;
  #ended = false;
  #over = false;
  #listeners;

  constructor(server, socket) {
    this.#server = server;
    this.#socket = socket;
    const { maxHeaderSize = LONGEST_HEAD } = server._options;
    this.#parser = new RequestParser(this, maxHeaderSize || LONGEST_HEAD, server.maxHeadersCount || MOST_FIELDS);
    this.#listeners = {
      data: (chunk) => this.#data(chunk),
      end: () => this.#clientEnded(),
      close: () => this.#closed(),
      error: (error) => this.#failed(error),
      drain: () => this.#exchange?.ondrain(),
      timeout: () => this.#timedOut(),
    };
  }

  start() {
    const { headersTimeout, timeout } = this.#server;
    (this.#server[connections] ??= new Set()).add(this);
    this.#socket.server ??= this.#server;
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.on(event, listener);
    if (timeout) this.#socket.setTimeout?.(timeout);
    this.#expect(headersTimeout);
    this.#socket.resume();
  }

  get isIdle() {
    return this.#exchange === null && this.#parser.isIdle;
  }

  destroy() {
    this.#socket.destroy();
  }

  /** Something has to come within so many milliseconds; 0 for any time. */
  #expect(milliseconds, late = () => this.#refuse(nodeError("ERR_HTTP_REQUEST_TIMEOUT", "Request timeout"))) {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!(milliseconds > 0)) return;
    this.#timer = setTimeout(late, milliseconds);
    this.#timer.unref();
  }

  #data(chunk) {
    if (this.#exchange !== null && this.#exchange.requestComplete) {
      this.#waiting.push(chunk);
      this.#socket.pause();
      return;
    }
    if (this.#parser.isIdle) this.#expect(this.#server.headersTimeout);
    let read;
    try {
      read = this.#parser.execute(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, "latin1"));
    } catch (error) {
      if (!`${error.code}`.startsWith("HPE_")) throw error;
      this.#refuse(Object.assign(error, { rawPacket: chunk, bytesParsed: 0 }));
      return;
    }
    if (this.#upgraded !== null) this.#handOver(chunk.subarray(read));
    else if (read < chunk.length) this.#keep(chunk.subarray(read));
  }

  /** Bytes of a request whose turn hasn't come; the first ones were read last. */
  #keep(rest) {
    this.#waiting.unshift(rest);
    this.#socket.pause();
  }

  #upgraded = null;

  head(info) {
    this.#expect(this.#server.requestTimeout);
    const exchange = new SocketExchange(this.#socket, this.#server, info);
    const request = new this.#server._IncomingMessage(this.#socket, exchange);
    if (this.#server._options.joinDuplicateHeaders) request.joinDuplicateHeaders = true;
    if (info.method === "CONNECT" || (info.upgrade && this.#server.listenerCount("upgrade") > 0)) {
      this.#upgraded = request;
      return "upgrade";
    }
    this.#exchange = exchange;
    exchange.onpull = () => this.#socket.resume();
    exchange.oncancel = () => this.#socket.destroy();
    exchange.ended = () => nextTick(() => this.#answered(exchange));
    this.#requestsSeen++;
    exchange.keepsAlive = info.keepAlive && !this.#isLast();
    new AsyncResource("HTTPINCOMINGMESSAGE").runInAsyncScope(() => this.#begin(exchange, request, info));
    return undefined;
  }

  #isLast() {
    const { maxRequestsPerSocket } = this.#server;
    return this.#ended || (maxRequestsPerSocket > 0 && this.#requestsSeen >= maxRequestsPerSocket);
  }

  #begin(exchange, request, info) {
    const response = new this.#server._ServerResponse(request, this.#server._options);
    response.attach(exchange, this.#socket);
    exchange.response = response;
    request.res = response;
    response.shouldKeepAlive = exchange.keepsAlive;
    if (info.minor === 1 && this.#server._options.requireHostHeader !== false && request.headers.host === undefined) {
      response.writeHead(400, ["Connection", "close"]).end();
      return;
    }
    this.#server._dispatch(exchange, request, response);
  }

  body(bytes) {
    if (!this.#exchange.onchunk(bytes)) this.#socket.pause();
  }

  trailers(list) {
    this.#exchange.request.rawTrailers = list;
  }

  complete() {
    this.#expect(0);
    this.#exchange.requestComplete = true;
    if (this.#exchange.hasBody) this.#exchange.onend();
    this.#goOn();
    return "stop";
  }

  /** The answer has been handed to the connection. */
  #answered(exchange) {
    exchange.closed = true;
    exchange.onclose();
    if (this.#over) return;
    if (!exchange.keepsAlive || !exchange.response.shouldKeepAlive) {
      this.#end();
      return;
    }
    this.#socket.resume();
    this.#goOn();
  }

  /** The next request, when this one has come and has been answered. */
  #goOn() {
    const exchange = this.#exchange;
    if (exchange === null || !exchange.closed || !exchange.requestComplete) return;
    this.#exchange = null;
    exchange.response.detachSocket(this.#socket);
    this.#socket._httpMessage = null;
    if (this.#ended || this.#server._isClosing) {
      this.#socket.end();
      return;
    }
    this.#expect(this.#server.keepAliveTimeout, () => this.#end());
    nextTick(() => this.#readWaiting());
  }

  #readWaiting() {
    while (this.#waiting.length > 0 && this.#exchange === null && !this.#over) this.#data(this.#waiting.shift());
    if (this.#waiting.length === 0 && !this.#over) this.#socket.resume();
  }

  /** What comes from here on isn't HTTP. */
  #handOver(rest) {
    const request = this.#upgraded;
    this.#stop();
    request.upgrade = true;
    request.complete = true;
    this.#socket.readableFlowing = null;
    const event = request.method === "CONNECT" ? "connect" : "upgrade";
    if (this.#server.listenerCount(event) > 0) this.#server.emit(event, request, this.#socket, rest);
    else this.#socket.destroy();
  }

  #stop() {
    this.#over = true;
    this.#expect(0);
    this.#server[connections].delete(this);
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.removeListener(event, listener);
  }

  #clientEnded() {
    this.#ended = true;
    try {
      this.#parser.finish();
    } catch (error) {
      this.#refuse(error);
      return;
    }
    if (this.#exchange === null) this.#socket.end();
    else this.#exchange.keepsAlive = false;
  }

  #closed() {
    const exchange = this.#exchange;
    this.#exchange = null;
    this.#stop();
    if (exchange === null) return;
    exchange.closed = true;
    if (!exchange.requestComplete) exchange.onerror();
    exchange.onclose();
  }

  #failed(error) {
    if (this.#server.listenerCount("clientError") > 0) this.#server.emit("clientError", error, this.#socket);
  }

  #timedOut() {
    const told = this.#server.emit("timeout", this.#socket);
    const heard = this.#exchange?.response.emit("timeout", this.#socket);
    if (!told && !heard) this.#socket.destroy();
  }

  /** A client that breaks the rules, or takes too long, is told so and cut off, unless the program does it. */
  #refuse(error) {
    clearTimeout(this.#timer);
    if (this.#server.listenerCount("clientError") > 0) {
      this.#server.emit("clientError", error, this.#socket);
      return;
    }
    if (this.#socket.writable && !this.#exchange?.response.headersSent) this.#socket.write(answerTo(error), "latin1");
    this.#end();
  }

  /** After what has been written. */
  #end() {
    if (this.#socket.destroySoon) this.#socket.destroySoon();
    else this.#socket.end();
  }
}

function answerTo({ code }) {
  const status = { HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large", ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout" };
  return `HTTP/1.1 ${status[code] ?? "400 Bad Request"}\r\nConnection: close\r\n\r\n`;
}
