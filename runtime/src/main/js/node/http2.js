// node:http2 - https://nodejs.org/api/http2.html
import { connect } from "internal:http2/client";
import { Http2ServerRequest, Http2ServerResponse } from "internal:http2/compat";
import { constants } from "internal:http2/constants";
import { sensitiveHeaders } from "internal:http2/headers";
import { Http2SecureServer, Http2Server } from "internal:http2/server";
import { getDefaultSettings, getPackedSettings, getUnpackedSettings } from "internal:http2/settings";
import { Refusal } from "internal:refused";

export function createServer(options, handler) {
  return new Http2Server(options, handler);
}

export function createSecureServer(options, handler) {
  return new Http2SecureServer(options, handler);
}

export const performServerHandshake = new Refusal("http2", "give the socket to a server by server.emit('connection', socket)").of("performServerHandshake");

export {
  connect, constants, getDefaultSettings, getPackedSettings, getUnpackedSettings, Http2ServerRequest, Http2ServerResponse, sensitiveHeaders,
};

export default {
  connect, constants, createSecureServer, createServer, getDefaultSettings, getPackedSettings, getUnpackedSettings,
  Http2ServerRequest, Http2ServerResponse, performServerHandshake, sensitiveHeaders,
};
