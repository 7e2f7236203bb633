// net.Server - https://nodejs.org/api/net.html#class-netserver
import * as host from "host:net";
import { onCompletion } from "internal:completions";
import { familyOf, shortAddress } from "internal:net/addresses";
import { TcpHandle } from "internal:net/handle";
import { listenError, listenOptions, needsLookup, stopOnAbort } from "internal:net/listening";
import { Socket, startReading } from "internal:net/socket";
import { codes } from "internal:node_errors";
import { networkError } from "internal:system_errors";
import { nextTick } from "internal:ticks";
import { validateFunction } from "internal:validators";
import { EventEmitter } from "node:events";

const { ERR_INVALID_ARG_TYPE, ERR_SERVER_ALREADY_LISTEN, ERR_SERVER_NOT_RUNNING } = codes;

const BACKLOG = 511;

export function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === "function") {
    connectionListener = options;
    options = {};
  } else if (options !== undefined && options !== null && typeof options !== "object") {
    throw new ERR_INVALID_ARG_TYPE("options", "Object", options);
  }
  if (typeof connectionListener === "function") this.on("connection", connectionListener);
  this._options = { ...options };
  this.allowHalfOpen = this._options.allowHalfOpen === true;
  this.pauseOnConnect = this._options.pauseOnConnect === true;
  this.noDelay = this._options.noDelay === true;
  this.keepAlive = this._options.keepAlive === true;
  this.maxConnections = undefined;
  this._connections = 0;
  this._handle = null;
  this._opening = 0;
  /** How many ports of this server are closing and may still bring a connection. */
  this._stopping = 0;
  this._isUnref = false;
  this._closing = false;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

const proto = Server.prototype;

/** listen([port[, host[, backlog]]][, callback]) or listen(options[, callback]) */
proto.listen = function (...args) {
  const callback = typeof args.at(-1) === "function" ? args.pop() : undefined;
  if (this._handle !== null || this._opening !== 0) throw new ERR_SERVER_ALREADY_LISTEN();
  if (callback) this.once("listening", callback);
  const { port, host: hostname, backlog, signal } = listenOptions(args);
  stopOnAbort(this, signal);
  const attempt = (this._opening = ++attempts);
  const opened = (error, description) => {
    if (this._opening !== attempt) {
      if (description) host.close(JSON.parse(description).id);
      return;
    }
    this._opening = 0;
    if (error) {
      this.emit("error", listenError(error, hostname, port));
    } else {
      listening(this, JSON.parse(description));
      this.emit("listening");
    }
  };
  const ask = [hostname ?? "", port, backlog || BACKLOG];
  try {
    if (needsLookup(hostname)) onCompletion(host.listen(...ask), (description) => opened(null, description), opened);
    else openAtOnce(this, ask);
  } catch (error) {
    nextTick(opened, error);
  }
  return this;
};

/** As on Node the port is open, and known, when listen() returns; the event comes later. */
function openAtOnce(server, ask) {
  const description = JSON.parse(host.listenAtOnce(...ask));
  server._opening = 0;
  listening(server, description);
  nextTick(() => {
    if (server._handle?.id === description.id) server.emit("listening");
  });
}

let attempts = 0;

function listening(server, { id, address, port }) {
  const shown = shortAddress(address);
  server._handle = { id, address: { address: shown === "0.0.0.0" ? "::" : shown, family: familyOf(shown), port } };
  if (server._handle.address.address === "::") server._handle.address.family = "IPv6";
  host.reference(id, !server._isUnref);
  accept(server, id);
}

function accept(server, id) {
  onCompletion(
    host.accept(id),
    (description) => {
      const goesOn = server._handle?.id === id;
      if (goesOn) accept(server, id);
      // Who was taken before close() is served.
      connected(server, new TcpHandle(description));
      if (!goesOn) stopped(server, id);
    },
    (error) => {
      if (server._handle?.id !== id) {
        stopped(server, id);
        return;
      }
      accept(server, id);
      server.emit("error", networkError(error.code, "accept", undefined, undefined, error.message));
    },
  );
}

function stopped(server, id) {
  host.close(id);
  server._stopping--;
  finishClosing(server);
}

function connected(server, handle) {
  if (server.maxConnections !== undefined && server._connections >= server.maxConnections) {
    const { local, remote } = handle;
    handle.close();
    server.emit("drop", {
      localAddress: local.address, localPort: local.port, localFamily: local.family,
      remoteAddress: remote.address, remotePort: remote.port, remoteFamily: remote.family,
    });
    return;
  }
  const { highWaterMark } = server._options;
  const socket = new server._socketClass({
    handle, allowHalfOpen: server.allowHalfOpen, noDelay: server.noDelay, keepAlive: server.keepAlive, highWaterMark,
  });
  server._connections++;
  socket.server = socket._server = server;
  if (server.pauseOnConnect) socket.pause();
  server._connected(socket);
}

/** tls.Server has another. */
proto._socketClass = Socket;

proto._connected = function (socket) {
  this.emit("connection", socket);
  if (socket._handle) startReading(socket);
};

proto._connectionClosed = function () {
  this._connections--;
  finishClosing(this);
};

proto.close = function (callback) {
  if (typeof callback === "function") {
    if (this._handle === null && this._opening === 0) this.once("close", () => callback(new ERR_SERVER_NOT_RUNNING()));
    else this.once("close", callback);
  }
  this._opening = 0;
  if (this._handle !== null) {
    const { id } = this._handle;
    this._handle = null;
    this._stopping++;
    host.reference(id, true);
    host.stop(id);
  }
  this._closing = true;
  finishClosing(this);
  return this;
};

function finishClosing(server) {
  if (!server._closing || server._handle !== null || server._stopping > 0 || server._connections > 0) return;
  server._closing = false;
  nextTick(() => server.emit("close"));
}

proto[Symbol.asyncDispose] = function () {
  return new Promise((resolve, reject) => {
    if (this._handle === null) resolve();
    else this.close((error) => (error ? reject(error) : resolve()));
  });
};

proto.address = function () {
  return this._handle === null ? null : { ...this._handle.address };
};

proto.getConnections = function (callback) {
  validateFunction(callback, "callback");
  nextTick(callback, null, this._connections);
  return this;
};

proto.ref = function () {
  this._isUnref = false;
  if (this._handle !== null) host.reference(this._handle.id, true);
  return this;
};

proto.unref = function () {
  this._isUnref = true;
  if (this._handle !== null) host.reference(this._handle.id, false);
  return this;
};

Object.defineProperty(proto, "listening", {
  configurable: true,
  enumerable: true,
  get() {
    return this._handle !== null;
  },
});
