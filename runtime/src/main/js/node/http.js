// node:http - https://nodejs.org/api/http.html
import { Agent, globalAgent } from "internal:http/agent";
import { ClientRequest } from "internal:http/client_request";
import { validateHeaderName, validateHeaderValue } from "internal:http/headers";
import { IncomingMessage } from "internal:http/incoming";
import { METHODS, STATUS_CODES } from "internal:http/names";
import { OutgoingMessage } from "internal:http/outgoing";
import { Server } from "internal:http/server";
import { ServerResponse } from "internal:http/server_response";
import { validateInteger } from "internal:validators";

export function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

export function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

export function get(url, options, callback) {
  const sent = request(url, options, callback);
  sent.end();
  return sent;
}

/** The global one; wasmedge-quickjs has it here. */
export function fetch(input, init) {
  return globalThis.fetch(input, init);
}

export const maxHeaderSize = 16384;

export function setMaxIdleHTTPParsers(max) {
  validateInteger(max, "max", 1);
}

export {
  Agent, ClientRequest, globalAgent, IncomingMessage, METHODS, OutgoingMessage, Server, ServerResponse, STATUS_CODES,
  validateHeaderName, validateHeaderValue,
};

export const { CloseEvent, MessageEvent, WebSocket } = globalThis;

export default {
  Agent, ClientRequest, CloseEvent, createServer, fetch, get, globalAgent, IncomingMessage, maxHeaderSize, METHODS,
  OutgoingMessage, MessageEvent, request, Server, ServerResponse, setMaxIdleHTTPParsers, STATUS_CODES, validateHeaderName,
  validateHeaderValue, WebSocket,
};
