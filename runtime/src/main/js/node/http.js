// node:http - https://nodejs.org/api/http.html
import { validateHeaderName, validateHeaderValue } from "internal:http/headers";
import { IncomingMessage } from "internal:http/incoming";
import { METHODS, STATUS_CODES } from "internal:http/names";
import { OutgoingMessage } from "internal:http/outgoing";
import { Server } from "internal:http/server";
import { ServerResponse } from "internal:http/server_response";
import { notSupported } from "internal:node_errors";
import { validateInteger } from "internal:validators";

export function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

const NO_CLIENT = "Runnel's node:http has no client yet; fetch() does the same";

export function request() {
  throw notSupported("http.request()", NO_CLIENT);
}

export function get() {
  throw notSupported("http.get()", NO_CLIENT);
}

export function ClientRequest() {
  throw notSupported("http.ClientRequest", NO_CLIENT);
}

/** Holds its options, since programs make one while they load; connecting through it is what fails. */
export class Agent {
  constructor(options = {}) {
    this.options = { ...options };
    this.maxSockets = options.maxSockets ?? Infinity;
    this.maxFreeSockets = options.maxFreeSockets ?? 256;
    this.keepAlive = options.keepAlive ?? false;
    this.sockets = {};
    this.freeSockets = {};
    this.requests = {};
  }

  createConnection() {
    throw notSupported("http.Agent.createConnection()", NO_CLIENT);
  }

  destroy() {}
}

export const globalAgent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });
export const maxHeaderSize = 16384;

export function setMaxIdleHTTPParsers(max) {
  validateInteger(max, "max", 1);
}

export {
  IncomingMessage, METHODS, OutgoingMessage, Server, ServerResponse, STATUS_CODES, validateHeaderName, validateHeaderValue,
};

export default {
  Agent, ClientRequest, createServer, get, globalAgent, IncomingMessage, maxHeaderSize, METHODS, OutgoingMessage,
  request, Server, ServerResponse, setMaxIdleHTTPParsers, STATUS_CODES, validateHeaderName, validateHeaderValue,
};
