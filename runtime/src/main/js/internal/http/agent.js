// http.Agent - https://nodejs.org/api/http.html#class-httpagent
import { EventEmitter } from "node:events";
import { connect } from "internal:net/socket";
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateNumber, validateOneOf } from "internal:validators";

const { ERR_OUT_OF_RANGE } = codes;

export function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  this.options.noDelay ??= true;
  this.options.path = null;
  this.defaultPort = 80;
  this.protocol = "http:";
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs ?? 1000;
  this.keepAlive = this.options.keepAlive ?? false;
  this.maxSockets = this.options.maxSockets || Infinity;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling ?? "lifo";
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  validateOneOf(this.scheduling, "scheduling", ["fifo", "lifo"]);
  if (this.maxTotalSockets === undefined) this.maxTotalSockets = Infinity;
  else if (typeof this.maxTotalSockets === "number" && this.maxTotalSockets < 1) {
    throw new ERR_OUT_OF_RANGE("maxTotalSockets", ">= 1", this.maxTotalSockets);
  } else validateNumber(this.maxTotalSockets, "maxTotalSockets", 1);
  this.on("free", (socket, given) => freed(this, socket, given));
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

const proto = Agent.prototype;

proto.createConnection = connect;

proto.getName = function (options = {}) {
  let name = `${options.host || "localhost"}:${options.port || ""}:${options.localAddress || ""}`;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

function freed(agent, socket, options) {
  const name = agent.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting?.length > 0) {
    const request = waiting.shift();
    if (waiting.length === 0) delete agent.requests[name];
    assign(agent, request, socket);
    return;
  }
  if (!agent.keepAlive || !socket._httpKeepAlive) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] ?? [];
  const open = (agent.sockets[name]?.length ?? 0) + free.length;
  if (agent.totalSocketCount > agent.maxTotalSockets || open > agent.maxSockets || free.length >= agent.maxFreeSockets
    || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  agent.freeSockets[name] = free;
  socket._httpMessage = null;
  remove(agent.sockets, name, socket);
  socket.once("error", ignore);
  socket._isFree = true;
  free.push(socket);
}

/** A free connection that fails is closed; nobody waits for it. */
function ignore() {
  this.destroy();
}

function remove(lists, name, socket) {
  const list = lists[name];
  const index = list?.indexOf(socket) ?? -1;
  if (index < 0) return;
  list.splice(index, 1);
  if (list.length === 0) delete lists[name];
}

proto.addRequest = function (request, options, port, localAddress) {
  if (typeof options === "string") options = { host: options, port, localAddress };
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  const name = this.getName(options);
  this.sockets[name] ??= [];
  const socket = takeFree(this, name);
  if (socket !== undefined) {
    socket._isFree = false;
    this.reuseSocket(socket, request);
    this.sockets[name].push(socket);
    assign(this, request, socket);
  } else if (this.sockets[name].length + (this.freeSockets[name]?.length ?? 0) < this.maxSockets
    && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(request, options, (error, created) => {
      if (error) request.onSocket(null, error);
      else assign(this, request, created);
    });
  } else {
    request._agentOptions = options;
    (this.requests[name] ??= []).push(request);
  }
};

function takeFree(agent, name) {
  const free = agent.freeSockets[name];
  while (free?.length > 0) {
    const socket = agent.scheduling === "fifo" ? free.shift() : free.pop();
    if (free.length === 0) delete agent.freeSockets[name];
    if (!socket.destroyed && socket.writable) {
      socket.removeListener("error", ignore);
      return socket;
    }
  }
  return undefined;
}

proto.createSocket = function (request, options, callback) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  options.servername ??= serverName(options, request);
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let told = false;
  const created = (error, socket) => {
    if (told) return;
    told = true;
    if (error) {
      callback(error);
      return;
    }
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    follow(this, socket, options);
    callback(null, socket);
  };
  if (this.keepAlive) Object.assign(options, { keepAlive: true, keepAliveInitialDelay: this.keepAliveMsecs });
  const socket = this.createConnection(options, created);
  if (socket) created(null, socket);
};

function serverName({ host, servername }, request) {
  const header = request.getHeader?.("host");
  if (servername) return servername;
  if (typeof header !== "string") return host;
  return header.startsWith("[") ? header.slice(1, header.indexOf("]")) : header.split(":", 1)[0];
}

function follow(agent, socket, options) {
  const name = options._agentKey;
  const onFree = () => agent.emit("free", socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  const onTimeout = () => {
    if (socket._isFree) socket.destroy();
  };
  const onRemove = () => {
    remove(agent.sockets, name, socket);
    agent.totalSocketCount--;
    socket.removeListener("free", onFree);
    socket.removeListener("close", onClose);
    socket.removeListener("timeout", onTimeout);
    socket.removeListener("agentRemove", onRemove);
  };
  socket.on("free", onFree);
  socket.on("close", onClose);
  socket.on("timeout", onTimeout);
  socket.on("agentRemove", onRemove);
  if (agent.options.timeout) socket.setTimeout(agent.options.timeout);
}

proto.removeSocket = function (socket, options) {
  const name = this.getName(options);
  const known = this.sockets[name]?.includes(socket) || this.freeSockets[name]?.includes(socket);
  remove(this.sockets, name, socket);
  remove(this.freeSockets, name, socket);
  if (known) this.totalSocketCount--;
  const waiting = this.requests[name];
  if (!(waiting?.length > 0)) return;
  const request = waiting.shift();
  if (waiting.length === 0) delete this.requests[name];
  this.createSocket(request, request._agentOptions ?? options, (error, created) => {
    if (error) request.onSocket(null, error);
    else assign(this, request, created);
  });
};

proto.keepSocketAlive = function (socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  if (socket.timeout !== (this.options.timeout ?? 0)) socket.setTimeout(this.options.timeout ?? 0);
  return true;
};

proto.reuseSocket = function (socket, request) {
  request.reusedSocket = true;
  socket.ref();
};

function assign(agent, request, socket) {
  if (request.destroyed) {
    nextTick(() => (agent.keepAlive && socket.writable ? socket.emit("free") : socket.destroy()));
    return;
  }
  request.onSocket(socket);
}

proto.destroy = function () {
  for (const lists of [this.freeSockets, this.sockets]) {
    for (const list of Object.values(lists)) for (const socket of [...list]) socket.destroy();
  }
};

export const globalAgent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });
