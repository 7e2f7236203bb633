// http2.createServer and http2.createSecureServer - https://nodejs.org/api/http2.html#class-http2server
import { onServerStream } from "internal:http2/compat";
import { http2Error } from "internal:http2/errors";
import { ServerHttp2Session } from "internal:http2/server_session";
import { checkedSettings } from "internal:http2/settings";
import { dispatch, prepare } from "internal:http/server";
import { connectionsOf, serveConnection } from "internal:http/server_connection";
import { Server as NetServer } from "internal:net/server";
import { nodeError } from "internal:node_errors";
import { Server as TlsServer } from "internal:tls/server";
import { validateFunction, validateNumber, validateObject } from "internal:validators";

const PATIENCE_WITH_UNKNOWN = 10_000;

function serverOptions(options) {
  if (options !== undefined && options !== null) validateObject(options, "options");
  const given = { ...options };
  if (given.settings !== undefined) checkedSettings(given.settings);
  return given;
}

/** Both kinds of server. */
function begin(server, options, requestListener) {
  server._http2Options = options;
  server._sessions = new Set();
  server.timeout = 0;
  if (requestListener !== undefined) validateFunction(requestListener, "onRequestHandler");
  server.on("newListener", (event) => {
    if (event !== "request" || server._answersRequests) return;
    server._answersRequests = true;
    server.on("stream", (...args) => onServerStream(server, options, ...args));
  });
  if (requestListener) server.on("request", requestListener);
}

/** A connection that speaks HTTP/2 from here on. */
function startSession(server, socket) {
  if (socket === undefined || socket.destroyed) return;
  socket.on("error", (error) => server.emit("socketError", error, socket));
  const session = new ServerHttp2Session(server._http2Options, socket, server);
  server._sessions.add(session);
  session.on("stream", (stream, ...rest) => {
    if (!server.emit("stream", stream, ...rest)) stream.close(7);
  });
  session.on("close", () => {
    server._sessions.delete(session);
    socket.destroy();
  });
  session.on("error", (error) => server.emit("sessionError", error, session));
  session.on("timeout", () => {
    if (session.destroyed || server.emit("timeout", session)) return;
    session.destroy();
  });
  if (server.timeout) session.setTimeout(server.timeout);
  session._start();
  server.emit("session", session);
}

const shared = {
  setTimeout(milliseconds = 0, callback = undefined) {
    validateNumber(milliseconds, "msecs", 0);
    this.timeout = milliseconds;
    if (callback !== undefined) {
      validateFunction(callback, "callback");
      this.on("timeout", callback);
    }
    return this;
  },

  updateSettings(settings) {
    this._http2Options.settings = { ...this._http2Options.settings, ...checkedSettings(settings) };
  },
};

export function Http2Server(options, requestListener) {
  if (typeof options === "function") [requestListener, options] = [options, undefined];
  const given = serverOptions(options);
  NetServer.call(this, { ...given, allowHalfOpen: true });
  begin(this, given, requestListener);
  this.on("connection", (socket) => startSession(this, socket));
}
Object.setPrototypeOf(Http2Server.prototype, NetServer.prototype);
Object.setPrototypeOf(Http2Server, NetServer);
Object.assign(Http2Server.prototype, shared);

export function Http2SecureServer(options, requestListener) {
  if (typeof options === "function") [requestListener, options] = [options, undefined];
  const given = serverOptions(options);
  const protocols = given.allowHTTP1 ? ["h2", "http/1.1"] : ["h2"];
  TlsServer.call(this, { ALPNProtocols: protocols, ...given });
  const tls = this._options;
  prepare(this, given);
  this._options = tls;
  begin(this, given, requestListener);
  this.on("secureConnection", (socket) => chosen(this, socket));
  this.on("tlsClientError", (error, socket) => {
    if (!this.emit("clientError", error, socket)) socket.destroy(error);
  });
}
Object.setPrototypeOf(Http2SecureServer.prototype, TlsServer.prototype);
Object.setPrototypeOf(Http2SecureServer, TlsServer);
Object.assign(Http2SecureServer.prototype, shared);

Http2SecureServer.prototype._dispatch = function (exchange, request, response) {
  dispatch(this, exchange, request, response);
};

/** Whoever reads HTTP/1.1 has been asked for by ALPN, or the client knows none. */
function chosen(server, socket) {
  if (socket.alpnProtocol === "h2") {
    startSession(server, socket);
  } else if (server._http2Options.allowHTTP1 === true) {
    serveConnection(server, socket);
  } else {
    socket.setTimeout(server._http2Options.unknownProtocolTimeout ?? PATIENCE_WITH_UNKNOWN, () => socket.destroy());
    if (!server.emit("unknownProtocol", socket)) socket.destroy(nodeError("ERR_HTTP2_UNSUPPORTED_PROTOCOL", http2Error("UNSUPPORTED_PROTOCOL", socket.alpnProtocol).message));
  }
}

/** Sessions are asked to end when their streams have. */
for (const Server of [Http2Server, Http2SecureServer]) {
  const Base = Object.getPrototypeOf(Server);
  Server.prototype.close = function (callback) {
    Base.prototype.close.call(this, callback);
    this._isClosing = true;
    for (const session of this._sessions) session.close();
    for (const connection of connectionsOf(this)) if (connection.isIdle) connection.destroy();
    return this;
  };
}
