// tls.Server - https://nodejs.org/api/tls.html#class-tlsserver
import { Server as NetServer } from "internal:net/server";
import { nodeError, notSupported } from "internal:node_errors";
import { createSecureContext } from "internal:tls/context";
import { alpnOf, ready, shakeHands, TLSSocket } from "internal:tls/socket";

export function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === "function") {
    listener = options;
    options = {};
  }
  options ??= {};
  if (options.SNICallback) throw notSupported("The option SNICallback of tls.createServer()");
  NetServer.call(this, options);
  if (listener) this.on("secureConnection", listener);
  this._context = options.secureContext ?? createSecureContext(options);
}
Object.setPrototypeOf(Server.prototype, NetServer.prototype);
Object.setPrototypeOf(Server, NetServer);

Server.prototype.setSecureContext = function (options) {
  this._context = createSecureContext(options);
};

Server.prototype.addContext = function () {
  throw notSupported("tlsServer.addContext()");
};

Server.prototype._socketClass = TLSSocket;

/** The program hears of a connection when it is encrypted. */
Server.prototype._connected = function (socket) {
  this.emit("connection", socket);
  const { requestCert = false, rejectUnauthorized = true } = this._options;
  const settings = { ...this._context.context, server: true, servername: "", alpn: alpnOf(this._options), asksClient: requestCert };
  const failed = (error) => this.emit("tlsClientError", error, socket);
  socket.once("error", failed);
  shakeHands(socket, settings, () => {
    if (requestCert && rejectUnauthorized && !socket.authorized) {
      socket.destroy(nodeError("ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE", socket.authorizationError ?? "peer did not return a certificate"));
      return;
    }
    socket.removeListener("error", failed);
    ready(socket);
    this.emit("secureConnection", socket);
  });
};
