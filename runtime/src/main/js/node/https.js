// node:https - https://nodejs.org/api/https.html
// Requests, over node:tls. Whoever runs a program puts TLS in front of its ports.
import { Agent as HttpAgent } from "internal:http/agent";
import { ClientRequest } from "internal:http/client_request";
import { fromUrl } from "internal:http/client_options";
import { notSupported } from "internal:node_errors";
import { connect } from "internal:tls/socket";

export function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  HttpAgent.call(this, options);
  this.defaultPort = 443;
  this.protocol = "https:";
  this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.createConnection = function (...args) {
  return connect(...args);
};

/** Connections that differ in any of these aren't the same. */
const TOLD_APART_BY = ["ca", "cert", "clientCertEngine", "ciphers", "key", "pfx", "rejectUnauthorized", "servername", "minVersion", "maxVersion",
  "secureProtocol"];

Agent.prototype.getName = function (options = {}) {
  const name = HttpAgent.prototype.getName.call(this, options);
  return TOLD_APART_BY.reduce((sum, key) => `${sum}:${options[key] === undefined ? "" : options[key]}`, name);
};

export const globalAgent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });

export function request(input, options, callback) {
  let given = {};
  if (typeof input === "string" || input instanceof URL) given = fromUrl(new URL(input));
  else [callback, options] = [options, input];
  if (typeof options === "function") [callback, options] = [options, {}];
  return new ClientRequest({ ...given, ...options, _defaultAgent: globalAgent }, callback);
}

export function get(input, options, callback) {
  const sent = request(input, options, callback);
  sent.end();
  return sent;
}

const WHY = "put a server that speaks TLS in front, and serve with node:http";

export function Server() {
  throw notSupported("https.Server", WHY);
}

export function createServer() {
  throw notSupported("https.createServer()", WHY);
}

export default { Agent, createServer, get, globalAgent, request, Server };
