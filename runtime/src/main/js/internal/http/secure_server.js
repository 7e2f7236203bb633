// https.Server - https://nodejs.org/api/https.html#class-httpsserver
// A tls.Server whose connections carry HTTP/1.1.
import { Server as HttpServer, prepare } from "internal:http/server";
import { serveConnection } from "internal:http/server_connection";
import { Server as TlsServer } from "internal:tls/server";
import { validateObject } from "internal:validators";

export function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === "function") {
    requestListener = options;
    options = undefined;
  }
  if (options !== undefined && options !== null) validateObject(options, "options");
  const settings = { ALPNProtocols: ["http/1.1"], ...options };
  TlsServer.call(this, settings);
  prepare(this, settings);
  if (requestListener) this.on("request", requestListener);
  this.on("secureConnection", (socket) => serveConnection(this, socket));
  this.on("tlsClientError", (error, socket) => {
    if (!this.emit("clientError", error, socket)) socket.destroy(error);
  });
}
Object.setPrototypeOf(Server.prototype, TlsServer.prototype);
Object.setPrototypeOf(Server, TlsServer);

const proto = Server.prototype;

proto._dispatch = HttpServer.prototype._dispatch;
for (const name of ["setTimeout", "closeAllConnections", "closeIdleConnections"]) proto[name] = HttpServer.prototype[name];

proto.listen = function (...args) {
  this._isClosing = false;
  return TlsServer.prototype.listen.apply(this, args);
};

/** Who has a request under way is answered; the others' connections end. */
proto.close = function (callback) {
  TlsServer.prototype.close.call(this, callback);
  this._isClosing = true;
  this.closeIdleConnections();
  return this;
};
