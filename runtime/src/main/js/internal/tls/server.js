// tls.Server - https://nodejs.org/api/tls.html#class-tlsserver
import * as host from "host:net";
import { capture } from "internal:async_context";
import { onCompletion } from "internal:completions";
import { Server as NetServer } from "internal:net/server";
import { nodeError, notSupported } from "internal:node_errors";
import { createSecureContext, SecureContext } from "internal:tls/context";
import { alpnOf, ready, shakeHands, TLSSocket } from "internal:tls/socket";
import { validateFunction, validateNumber, validateObject, validateString } from "internal:validators";

const PATIENCE = 120_000;
const MOST_CONTEXTS = 1_000;

export function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === "function") {
    listener = options;
    options = {};
  }
  options ??= {};
  validateObject(options, "options");
  const { SNICallback, ALPNCallback, handshakeTimeout = PATIENCE } = options;
  if (SNICallback !== undefined) validateFunction(SNICallback, "options.SNICallback");
  if (ALPNCallback !== undefined) throw notSupported("The option ALPNCallback of tls.createServer()", "give ALPNProtocols");
  validateNumber(handshakeTimeout, "options.handshakeTimeout");
  NetServer.call(this, options);
  if (listener) this.on("secureConnection", listener);
  this._patience = handshakeTimeout;
  this._context = options.secureContext ?? createSecureContext(options);
  this._contexts = [];
}
Object.setPrototypeOf(Server.prototype, NetServer.prototype);
Object.setPrototypeOf(Server, NetServer);

Server.prototype.setSecureContext = function (options) {
  this._context = createSecureContext(options);
};

/** Whoever asks for that name, which may have wildcards, gets that certificate; the last one added counts. */
Server.prototype.addContext = function (hostname, context) {
  validateString(hostname, "hostname");
  if (hostname === "") throw nodeError("ERR_TLS_REQUIRED_SERVER_NAME", '"servername" is required parameter for Server.addContext');
  if (this._contexts.length >= MOST_CONTEXTS) {
    throw nodeError("ERR_OUT_OF_RANGE", `A server has at most ${MOST_CONTEXTS} contexts`, RangeError);
  }
  const labels = hostname.toLowerCase().split(".");
  this._contexts.unshift({ labels, context: context instanceof SecureContext ? context : createSecureContext(context) });
};

Server.prototype.getTicketKeys = function () {
  throw notSupported("tlsServer.getTicketKeys()");
};

Server.prototype.setTicketKeys = function () {
  throw notSupported("tlsServer.setTicketKeys()");
};

Server.prototype._socketClass = TLSSocket;

/** The program hears of a connection when it is encrypted. */
Server.prototype._connected = function (socket) {
  this.emit("connection", socket);
  this._secure(socket);
};

Server.prototype._secure = function (socket) {
  const { requestCert = false, rejectUnauthorized = true } = this._options;
  const failed = (error) => this.emit("tlsClientError", error, socket);
  const timer = setTimeout(() => socket.destroy(nodeError("ERR_TLS_HANDSHAKE_TIMEOUT", "TLS handshake timeout")), this._patience);
  timer.unref();
  socket.once("error", failed);
  socket.once("close", () => clearTimeout(timer));
  chosenContext(this, socket, ({ context }) => {
    const settings = { ...context, server: true, servername: "", alpn: alpnOf(this._options), asksClient: requestCert };
    shakeHands(socket, settings, () => {
      clearTimeout(timer);
      if (requestCert && rejectUnauthorized && !socket.authorized) {
        socket.destroy(nodeError("ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE", socket.authorizationError ?? "peer did not return a certificate"));
        return;
      }
      socket.removeListener("error", failed);
      ready(socket);
      this.emit("secureConnection", socket);
    });
  });
};

/** use(context), the one for the name that the client asks for. */
function chosenContext(server, socket, use) {
  const { SNICallback } = server._options;
  if (SNICallback === undefined && server._contexts.length === 0) {
    use(server._context);
    return;
  }
  const named = capture((name) => {
    if (socket.destroyed) return;
    if (SNICallback === undefined || name === "") use(contextFor(server, name));
    else SNICallback.call(socket, name, (error, context) => answered(server, socket, error, context, use));
  });
  onCompletion(host.askedName(socket._handle.id), named, (error) => socket.destroy(error));
}

function answered(server, socket, error, context, use) {
  if (socket.destroyed) return;
  if (error) socket.destroy(error);
  else if (context !== undefined && context !== null && !context.context) {
    socket.destroy(nodeError("ERR_TLS_INVALID_CONTEXT", "context must be a SecureContext", TypeError));
  } else use(context ?? server._context);
}

function contextFor(server, name) {
  const asked = name.toLowerCase().split(".");
  const found = server._contexts.find(({ labels }) => labels.length === asked.length && labels.every((label, i) => label === "*" || label === asked[i]));
  return found?.context ?? server._context;
}

