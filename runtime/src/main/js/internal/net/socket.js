// net.Socket - https://nodejs.org/api/net.html#class-netsocket
import { Duplex } from "node:stream";
import { Buffer } from "internal:buffer/class";
import { familyOf, isIP } from "internal:net/addresses";
import { connect as openConnection } from "internal:net/handle";
import { codes, nodeError, notSupported } from "internal:node_errors";
import { networkError, systemError } from "internal:system_errors";
import { nextTick } from "internal:ticks";
import { validateAbortSignal, validateFunction, validateNumber, validatePort, validateString } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_IP_ADDRESS, ERR_MISSING_ARGS, ERR_SOCKET_CLOSED,
  ERR_SOCKET_CLOSED_BEFORE_CONNECTION } = codes;

export function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === "number") options = { fd: options };
  options = { ...options };
  if (options.objectMode || options.readableObjectMode || options.writableObjectMode) {
    throw new ERR_INVALID_ARG_VALUE("options.objectMode", true, "is not supported");
  }
  if (options.fd !== undefined) throw notSupported("net.Socket with a file descriptor", "files are read with node:fs");
  if (options.onread !== undefined) throw notSupported("The option onread of net.Socket", "listen for 'data'");
  Duplex.call(this, {
    allowHalfOpen: options.allowHalfOpen === true, emitClose: false, autoDestroy: true, decodeStrings: false,
    highWaterMark: options.highWaterMark ?? 65536, signal: options.signal,
  });
  this.connecting = false;
  this._hadError = false;
  this._host = null;
  this._handle = null;
  this._reading = false;
  this._heardEnd = false;
  this._isUnref = false;
  this._bytesDispatched = 0;
  /** What is written before the connection is there. */
  this._pending = null;
  this.bytesRead = 0;
  this.timeout = 0;
  this._timer = null;
  this._wanted = { noDelay: options.noDelay === true, keepAlive: options.keepAlive === true };
  this.server = null;
  this._server = null;
  this.parser = null;
  this.autoSelectFamilyAttemptedAddresses = undefined;
  if (options.handle) attach(this, options.handle);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

const proto = Socket.prototype;

/** The connection is there. */
function attach(socket, handle) {
  socket._handle = handle;
  handle.reference(!socket._isUnref);
  if (socket._wanted.noDelay) handle.setNoDelay(true);
  if (socket._wanted.keepAlive) handle.setKeepAlive(true);
}

/** Starts to read, so that the end of a connection is noticed. */
export function startReading(socket) {
  if (!socket.isPaused()) socket.read(0);
}

/** (options[, listener]), (port[, host][, listener]) or (path[, listener]) → [options, listener] */
export function connectArguments(args) {
  const listener = typeof args.at(-1) === "function" ? args.at(-1) : null;
  const [first, second] = args;
  if (typeof first === "object" && first !== null) return [first, listener];
  if (typeof first === "string" && !/^\s*\d+\s*$/.test(first)) return [{ path: first }, listener];
  return [{ port: first, ...(typeof second === "string" ? { host: second } : {}) }, listener];
}

proto.connect = function (...args) {
  const [options, listener] = Array.isArray(args[0]) ? args[0] : connectArguments(args);
  checkOptions(options);
  if (listener !== null) this.once("connect", listener);
  if (this.destroyed) revive(this);
  this.connecting = true;
  this._host = options.host ?? "localhost";
  if (options.noDelay !== undefined) this._wanted.noDelay = options.noDelay === true;
  if (options.keepAlive !== undefined) this._wanted.keepAlive = options.keepAlive === true;
  resetTimer(this);
  lookUp(this, options);
  return this;
};

function checkOptions(options) {
  const { port, host, path, family, lookup, localAddress } = options;
  if (path !== undefined && path !== null) throw notSupported(`Connecting to the UNIX socket ${path}`);
  if (port === undefined) throw new ERR_MISSING_ARGS(["options", "port", "path"]);
  if (typeof port !== "number" && typeof port !== "string") {
    throw new ERR_INVALID_ARG_TYPE("options.port", ["number", "string"], port);
  }
  validatePort(port);
  if (host !== undefined && host !== null) validateString(host, "options.host");
  if (lookup !== undefined) validateFunction(lookup, "options.lookup");
  if (localAddress !== undefined) {
    if (isIP(localAddress) === 0) throw new ERR_INVALID_IP_ADDRESS(localAddress);
    throw notSupported("The option localAddress");
  }
  if (family !== undefined && ![0, 4, 6, "IPv4", "IPv6"].includes(family)) {
    throw new ERR_INVALID_ARG_VALUE("options.family", family);
  }
  validateAbortSignal(options.signal, "options.signal");
}

/** A destroyed socket may be connected again. */
function revive(socket) {
  socket._readableState.destroyed = socket._writableState.destroyed = false;
  socket._undestroy?.();
  socket._handle = null;
  socket._hadError = false;
  socket._heardEnd = false;
}

const familyNumber = (family) => (family === "IPv4" ? 4 : family === "IPv6" ? 6 : (family ?? 0));

/** A lookup of the program's own comes first; otherwise Java resolves the name as it connects. */
function lookUp(socket, options) {
  const host = options.host ?? "localhost";
  const port = +options.port;
  const family = familyNumber(options.family);
  if (options.lookup === undefined || isIP(host) !== 0) {
    open(socket, host, port, family);
    return;
  }
  options.lookup(host, { family, hints: options.hints ?? 0 }, (error, address, found) => {
    socket.emit("lookup", error, address, found, host);
    if (!socket.connecting) return;
    if (error) nextTick(() => socket.destroy(error));
    else if (isIP(address) === 0) socket.destroy(new ERR_INVALID_IP_ADDRESS(address));
    else open(socket, address, port, 0);
  });
}

function open(socket, host, port, family) {
  // A failure that is known at once is told of as late as any other.
  nextTick(() => {
    if (!socket.connecting) return;
    try {
      openConnection(host, port, family, (error, handle) => opened(socket, error, handle, host, port));
    } catch (error) {
      opened(socket, error, null, host, port);
    }
  });
}

function opened(socket, error, handle, host, port) {
  if (!socket.connecting || socket.destroyed) {
    handle?.close();
    return;
  }
  if (error) {
    socket.destroy(connectError(error, host, port));
    return;
  }
  if (isIP(host) === 0) socket.emit("lookup", null, handle.remote.address, isIP(handle.remote.address), host);
  socket.connecting = false;
  attach(socket, handle);
  refreshTimer(socket);
  socket.emit("connect");
  socket.emit("ready");
  if (socket._handle) startReading(socket);
}

export function connectError(error, host, port) {
  const { code, message } = error;
  if (code === "ENOTFOUND") return lookupError(host);
  if (code === undefined) return error;
  const shown = networkError(code, "connect", host === "localhost" ? "127.0.0.1" : host, port);
  shown.message = `connect ${code} ${shown.address}:${port}`;
  if (code === "EACCES" || code === "EMFILE") shown.message += ` - ${message}`;
  return shown;
}

export function lookupError(hostname, code = "ENOTFOUND") {
  const error = new Error(`getaddrinfo ${code} ${hostname}`);
  return Object.assign(error, { errno: -3008, code, syscall: "getaddrinfo", hostname });
}

proto._read = function () {
  if (this.connecting || this._handle === null) {
    if (this.connecting) this.once("connect", () => this._read());
    return;
  }
  if (this._reading) return;
  this._reading = true;
  const handle = this._handle;
  handle.read((error, bytes) => received(this, handle, error, bytes));
};

function received(socket, handle, error, bytes) {
  if (socket._handle !== handle) return;
  socket._reading = false;
  if (error) {
    socket.destroy(failed(error, "read"));
    return;
  }
  refreshTimer(socket);
  if (bytes === null) {
    socket._heardEnd = true;
    if (socket.writableFinished) handle.reference(false);
    socket.push(null);
    // Whoever doesn't read hears of the end all the same.
    if (socket.readableLength === 0) socket.read(0);
    return;
  }
  socket.bytesRead += bytes.length;
  socket.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function failed(error, syscall) {
  if (error.code === undefined || error.code === "EPROTO") return error;
  const shown = systemError(error.code, syscall);
  shown.message = `${syscall} ${error.code}`;
  return shown;
}

proto._write = function (chunk, encoding, callback) {
  if (this.connecting) {
    this._pending = { chunk, encoding };
    const start = () => {
      this.off("close", gone);
      this._pending = null;
      this._write(chunk, encoding, callback);
    };
    const gone = () => {
      this.off("connect", start);
      callback(new ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
    };
    this.once("connect", start);
    this.once("close", gone);
    return;
  }
  if (this._handle === null) {
    callback(new ERR_SOCKET_CLOSED());
    return;
  }
  refreshTimer(this);
  const handle = this._handle;
  if (typeof chunk === "string" && encoding === "buffer") {
    throw nodeError("ERR_INVALID_ARG_TYPE", "Second argument must be a buffer", TypeError);
  }
  const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk;
  this._bytesDispatched += bytes.length;
  handle.write(bytes, (error) => {
    if (this._handle !== handle) {
      callback(new ERR_SOCKET_CLOSED());
      return;
    }
    refreshTimer(this);
    callback(error ? failed(error, "write") : null);
  });
};

proto._writev = function (chunks, callback) {
  this._write(Buffer.concat(chunks.map(({ chunk, encoding }) => (typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk))), "buffer", callback);
};

proto._final = function (callback) {
  if (this.connecting) {
    this.once("connect", () => this._final(callback));
    return;
  }
  if (this._handle === null) {
    callback();
    return;
  }
  // A connection that is already gone has nothing left to end.
  const handle = this._handle;
  handle.end(() => {
    // Nothing more can happen on it: what came and isn't read yet keeps no program alive.
    if (this._heardEnd && this._handle === handle) handle.reference(false);
    callback();
  });
};

proto._destroy = function (error, callback) {
  this.connecting = false;
  clearTimer(this);
  const handle = this._handle;
  this._handle = null;
  this._hadError = error !== null && error !== undefined;
  if (handle !== null) {
    if (this._resets) handle.reset();
    else handle.close();
  }
  this._lastEnds ??= handle === null ? null : { local: handle.local, remote: handle.remote };
  callback(error);
  nextTick(() => {
    this.emit("close", this._hadError);
    this._server?._connectionClosed(this);
    this._server = null;
  });
};

proto.destroySoon = function () {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once("finish", this.destroy);
};

proto.resetAndDestroy = function () {
  if (this.connecting) {
    this.once("connect", () => this.resetAndDestroy());
  } else if (this._handle === null) {
    this.destroy(new ERR_SOCKET_CLOSED());
  } else {
    this._resets = true;
    this.destroy();
  }
  return this;
};

proto.setTimeout = function (milliseconds, callback) {
  validateNumber(milliseconds, "msecs", 0);
  if (callback !== undefined) {
    validateFunction(callback, "callback");
    if (milliseconds === 0) this.removeListener("timeout", callback);
    else this.once("timeout", callback);
  }
  this.timeout = milliseconds;
  resetTimer(this);
  return this;
};

function resetTimer(socket) {
  clearTimer(socket);
  if (socket.timeout === 0 || socket.destroyed) return;
  socket._timer = setTimeout(() => socket.emit("timeout"), socket.timeout);
  socket._timer.unref();
}

function refreshTimer(socket) {
  socket._timer?.refresh();
}

function clearTimer(socket) {
  if (socket._timer !== null) clearTimeout(socket._timer);
  socket._timer = null;
}

proto.setNoDelay = function (on = true) {
  this._wanted.noDelay = !!on;
  this._handle?.setNoDelay(!!on);
  return this;
};

proto.setKeepAlive = function (on = false) {
  this._wanted.keepAlive = !!on;
  this._handle?.setKeepAlive(!!on);
  return this;
};

proto.ref = function () {
  this._isUnref = false;
  this._handle?.reference(true);
  return this;
};

proto.unref = function () {
  this._isUnref = true;
  this._handle?.reference(false);
  return this;
};

proto.address = function () {
  const local = ends(this)?.local;
  return local === undefined ? {} : { address: local.address, family: local.family, port: local.port };
};

function ends(socket) {
  return socket._handle ?? undefined;
}

function getter(name, get) {
  Object.defineProperty(proto, name, { get, configurable: true, enumerable: true });
}

getter("pending", function () { return this._handle === null || this.connecting; });
getter("readyState", function () {
  if (this.connecting) return "opening";
  if (this.readable && this.writable) return "open";
  if (this.readable) return "readOnly";
  return this.writable ? "writeOnly" : "closed";
});
getter("bufferSize", function () { return this._handle ? this.writableLength : undefined; });
getter("bytesWritten", function () {
  const waiting = this._pending === null ? this.writableBuffer : [this._pending, ...this.writableBuffer];
  return waiting.reduce((sum, { chunk, encoding }) => sum + Buffer.byteLength(chunk, encoding), this._bytesDispatched);
});
getter("remoteAddress", function () { return ends(this)?.remote.address; });
getter("remoteFamily", function () { return ends(this)?.remote.family; });
getter("remotePort", function () { return ends(this)?.remote.port; });
getter("localAddress", function () { return ends(this)?.local.address; });
getter("localPort", function () { return ends(this)?.local.port; });
getter("localFamily", function () {
  const address = ends(this)?.local.address;
  return address === undefined ? undefined : familyOf(address);
});
Object.defineProperty(proto, "_connecting", { configurable: true, get() { return this.connecting; } });

export function connect(...args) {
  const normalized = connectArguments(args);
  const socket = new Socket(normalized[0]);
  if (normalized[0]?.timeout) socket.setTimeout(normalized[0].timeout);
  return socket.connect(normalized);
}
