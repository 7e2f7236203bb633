// node:https - https://nodejs.org/api/https.html
// Both ends, over node:tls.
import { Agent as HttpAgent } from "internal:http/agent";
import { ClientRequest } from "internal:http/client_request";
import { fromUrl } from "internal:http/client_options";
import { Server } from "internal:http/secure_server";
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

export function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

export { Server };

export default { Agent, createServer, get, globalAgent, request, Server };
