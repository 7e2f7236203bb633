// http.Server - https://nodejs.org/api/http.html#class-httpserver
import { Buffer } from "internal:buffer/class";
import { addressOf, close, listen, setListenerRef } from "internal:exchange";
import { Pending } from "internal:pending";
import { EventEmitter } from "node:events";
import { codes } from "internal:node_errors";
import { IncomingMessage } from "internal:http/incoming";
import { connectionsOf, serveConnection } from "internal:http/server_connection";
import { ExchangeSocket } from "internal:http/socket";
import { UpgradeHandle } from "internal:http/upgrade_handle";
import { shortAddress } from "internal:net/addresses";
import { Socket } from "internal:net/socket";
import { listenError, listenOptions, needsLookup, stopOnAbort } from "internal:net/listening";
import { ServerResponse } from "internal:http/server_response";
import { nextTick } from "internal:ticks";
import { validateFunction, validateInteger, validateObject } from "internal:validators";

const { ERR_SERVER_ALREADY_LISTEN, ERR_SERVER_NOT_RUNNING } = codes;

/** Those that keep their name but have no effect of their own: Java's server has its limits. */
const DEFAULTS = {
  timeout: 0, keepAliveTimeout: 5000, requestTimeout: 300000, headersTimeout: 60000, maxHeadersCount: null,
  maxRequestsPerSocket: 0, connectionsCheckingInterval: 30000,
};

export function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === "function") {
    requestListener = options;
    options = undefined;
  }
  if (options !== undefined && options !== null) validateObject(options, "options");
  EventEmitter.call(this);
  prepare(this, options ?? {});
  this.listening = false;
  this._listener = 0;
  this._address = null;
  this._bindsAtOnce = false;
  this._unref = false;
  this._open = new Pending();
  if (requestListener) this.on("request", requestListener);
  // Only who has a connection of its own emits this: those to its port are Java's.
  this.on("connection", (socket) => serveConnection(this, socket));
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

/** What servers of HTTP/1.1 have in common, whatever carries it. */
export function prepare(server, options) {
  checkOptions(options);
  Object.assign(server, DEFAULTS);
  for (const name of Object.keys(DEFAULTS)) if (options[name] !== undefined) server[name] = options[name];
  server._IncomingMessage = options.IncomingMessage ?? IncomingMessage;
  server._ServerResponse = options.ServerResponse ?? ServerResponse;
  server._options = options;
  server._isClosing = false;
  server.httpAllowHalfOpen = false;
}

function checkOptions(options) {
  for (const name of ["requestTimeout", "headersTimeout", "keepAliveTimeout"]) {
    if (options[name] !== undefined) validateInteger(options[name], name, 0);
  }
  const { requestTimeout, headersTimeout } = options;
  if (requestTimeout > 0 && headersTimeout > 0 && headersTimeout > requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE("headersTimeout", "<= requestTimeout", headersTimeout);
  }
}

const proto = Server.prototype;

/** listen([port[, host[, backlog]]][, callback]) or listen(options[, callback]) */
proto.listen = function (...args) {
  const callback = typeof args.at(-1) === "function" ? args.pop() : undefined;
  if (callback) this.once("listening", callback);
  const { port, host, signal } = listenOptions(args);
  if (this._listener !== 0) throw new ERR_SERVER_ALREADY_LISTEN();
  stopOnAbort(this, signal);
  this._bindsAtOnce = !needsLookup(host);
  this._isClosing = false;
  this._listener = listen(host ?? "", port, (exchange) => handle(this, exchange), (error, address) => {
    if (error) failed(this, error, host);
    else opened(this, address);
  });
  if (this._unref) setListenerRef(this._listener, false);
  return this;
};

function opened(server, address) {
  server.listening = true;
  server._address = shown(address);
  server.emit("listening");
}

function shown({ address, family, port }) {
  return { address: shortAddress(address), family, port };
}

function failed(server, error, host) {
  server._listener = 0;
  server.emit("error", listenError(error, host, error.port));
}

function handle(server, exchange) {
  if (server.listenerCount("upgrade") > 0 && exchange.mayUpgrade() && asksForUpgrade(exchange.headers)) {
    upgrade(server, exchange);
    return;
  }
  const socket = new ExchangeSocket(exchange);
  socket.server = server;
  const request = new server._IncomingMessage(socket, exchange);
  if (server._options.joinDuplicateHeaders) request.joinDuplicateHeaders = true;
  const response = new server._ServerResponse(request, server._options);
  response.attach(exchange, socket);
  server._open.set(exchange.id, socket);
  exchange.onclose = () => {
    server._open.take(exchange.id);
    response.exchangeClosed();
  };
  request.res = response;
  dispatch(server, exchange, request, response);
}

/** RFC 9110, section 7.8 */
function asksForUpgrade(headers) {
  return headers.some((field, i) => i % 2 === 0 && field.toLowerCase() === "connection" && /(?:^|,)\s*upgrade\s*(?:,|$)/i.test(headers[i + 1]));
}

/** Whoever listens for it gets the connection, and writes its answer there. */
function upgrade(server, exchange) {
  const socket = new Socket({ handle: new UpgradeHandle(exchange), allowHalfOpen: true });
  socket.server = server;
  const request = new server._IncomingMessage(socket, exchange);
  request.upgrade = true;
  exchange.onclose = () => socket._handle?.clientGone(socket);
  server.emit("upgrade", request, socket, Buffer.alloc(0));
}

export function dispatch(server, exchange, request, response) {
  const { expect } = exchange.mayExpect() && request.httpVersion === "1.1" ? request.headers : {};
  if (expect !== undefined && /(?:^|\W)100-continue(?:$|\W)/i.test(expect) && server.listenerCount("checkContinue") > 0) {
    response._expectContinue = true;
    server.emit("checkContinue", request, response);
  } else if (expect !== undefined && !/100-continue/i.test(expect)) {
    if (server.listenerCount("checkExpectation") > 0) server.emit("checkExpectation", request, response);
    else response.writeHead(417).end();
  } else {
    // Java's server says so itself when the program reads the body.
    if (expect !== undefined && exchange.isStream) response.writeContinue();
    server.emit("request", request, response);
  }
}

proto._dispatch = function (exchange, request, response) {
  dispatch(this, exchange, request, response);
};

proto.close = function (callback) {
  if (typeof callback === "function") {
    if (this._listener === 0) this.once("close", () => callback(new ERR_SERVER_NOT_RUNNING()));
    else this.once("close", callback);
  }
  const listener = this._listener;
  this._isClosing = true;
  this.closeIdleConnections();
  this._listener = 0;
  this._address = null;
  this.listening = false;
  if (listener === 0) nextTick(() => this.emit("close"));
  else close(listener, () => this.emit("close"));
  return this;
};

proto[Symbol.asyncDispose] = function () {
  return new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
};

/** As on Node that of a port without a name is there when listen() returns: it is opened now, at the latest. */
proto.address = function () {
  if (this._address === null && this._listener !== 0 && this._bindsAtOnce) {
    const address = addressOf(this._listener);
    if (address !== undefined) this._address = shown(address);
  }
  return this._address;
};

proto.closeAllConnections = function () {
  for (const socket of this._open?.values() ?? []) socket.destroy();
  for (const connection of connectionsOf(this)) connection.destroy();
};

/** Java's server owns the connections to its port that carry no request, and closes them with it. */
proto.closeIdleConnections = function () {
  for (const connection of connectionsOf(this)) if (connection.isIdle) connection.destroy();
};

proto.getConnections = function (callback) {
  validateFunction(callback, "callback");
  nextTick(callback, null, this._open.size);
  return this;
};

proto.setTimeout = function (milliseconds, callback) {
  this.timeout = milliseconds;
  if (callback) this.on("timeout", callback);
  return this;
};

proto.ref = function () {
  this._unref = false;
  if (this._listener !== 0) setListenerRef(this._listener, true);
  return this;
};

proto.unref = function () {
  this._unref = true;
  if (this._listener !== 0) setListenerRef(this._listener, false);
  return this;
};

Object.defineProperty(proto, "connections", { configurable: true, get() { return this._open.size; } });
