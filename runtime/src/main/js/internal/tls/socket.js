// tls.TLSSocket - https://nodejs.org/api/tls.html#class-tlstlssocket
// A net.Socket whose connection Java encrypts once it is there. Until then nothing is read or written.
import * as host from "host:net";
import { Buffer } from "internal:buffer/class";
import { onCompletion } from "internal:completions";
import { capture } from "internal:async_context";
import { isIP } from "internal:net/addresses";
import { handleOver } from "internal:net/pair";
import { connectArguments, Socket, startReading } from "internal:net/socket";
import { codes, nodeError, notSupported } from "internal:node_errors";
import { checkServerIdentity, peerCertificate } from "internal:tls/certificate";
import { createSecureContext } from "internal:tls/context";
import { nextTick } from "internal:ticks";
import { validateFunction } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;

export function TLSSocket(socket, options = {}) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, options);
  // A server's connection comes with its handle.
  if (socket?.handle) [socket, options] = [undefined, socket];
  Socket.call(this, socket ? { ...options, handle: handleOver(checkedStream(socket)) } : options);
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
  this.alpnProtocol = null;
  this.servername = null;
  this.ssl = {};
  this._tls = options;
  this._facts = null;
  this._parent = socket ?? null;
  if (socket && !options._connects) nextTick(() => this.destroyed || secureAlone(this, options));
}
Object.setPrototypeOf(TLSSocket.prototype, Socket.prototype);
Object.setPrototypeOf(TLSSocket, Socket);

function checkedStream(socket) {
  if (typeof socket.pipe !== "function" || typeof socket.write !== "function") throw new ERR_INVALID_ARG_TYPE("socket", "Duplex", socket);
  return socket;
}

/** What new TLSSocket(socket) does by itself: nobody but its program looks at the certificate. */
function secureAlone(socket, options) {
  const { isServer = false, requestCert = false, servername = "" } = options;
  const { context } = options.secureContext ?? createSecureContext(options);
  const settings = { ...context, server: isServer, servername, alpn: alpnOf(options), asksClient: isServer && requestCert };
  shakeHands(socket, settings, () => ready(socket));
}

const proto = TLSSocket.prototype;

for (const name of ["_read", "_write", "_writev", "_final"]) {
  proto[name] = function (...args) {
    if (this._facts !== null || this.destroyed) {
      Socket.prototype[name].apply(this, args);
      return;
    }
    const callback = typeof args.at(-1) === "function" ? args.at(-1) : () => {};
    const go = () => {
      this.removeListener("close", gone);
      proto[name].apply(this, args);
    };
    const gone = () => {
      this.removeListener("secure", go);
      callback(nodeError("ERR_SOCKET_CLOSED_BEFORE_CONNECTION", "Socket closed before the connection was established"));
    };
    this.once("secure", go);
    this.once("close", gone);
  };
}

/** done() when both ends agree on keys. */
export function shakeHands(socket, settings, done) {
  const handle = socket._handle;
  const failed = (error) => {
    if (!socket.destroyed) socket.destroy(handshakeError(error));
  };
  let completion;
  try {
    completion = host.secure(handle.id, JSON.stringify(settings));
  } catch (error) {
    failed(error);
    return;
  }
  const agreed = capture((text) => {
    if (socket._handle !== handle) return;
    socket._facts = JSON.parse(text);
    const { alpn, failure, servername } = socket._facts;
    socket.alpnProtocol = alpn === "" ? false : alpn;
    if (settings.server) socket.servername = servername || false;
    socket.authorizationError = failure ?? null;
    socket.authorized = failure === undefined && (!settings.server || socket._facts.chain.length > 0);
    done();
  });
  onCompletion(completion, agreed, failed);
}

function handshakeError(error) {
  if (error.code === "ECONNRESET") {
    error.message = "Client network socket disconnected before secure TLS connection was established";
  }
  return error;
}

const REASONS = {
  CERT_HAS_EXPIRED: "certificate has expired", CERT_NOT_YET_VALID: "certificate is not yet valid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "self-signed certificate in certificate chain",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unable to verify the first certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unable to get local issuer certificate",
};

/** connect(options[, callback]), connect(port[, host][, options][, callback]) */
export function connect(...args) {
  const [options, callback] = tlsArguments(args);
  const socket = new TLSSocket(options.socket, { ...options, _connects: true });
  if (callback) socket.once("secureConnect", callback);
  const { context } = options.secureContext ?? createSecureContext(options);
  const check = options.checkServerIdentity ?? checkServerIdentity;
  validateFunction(check, "options.checkServerIdentity");
  const hostname = options.servername || options.host || "localhost";
  const servername = isIP(hostname) === 0 ? hostname : "";
  socket.servername = servername || false;
  if (options.timeout) socket.setTimeout(options.timeout);
  const secure = () => {
    const settings = { ...context, server: false, servername, alpn: alpnOf(options), asksClient: false };
    shakeHands(socket, settings, () => verified(socket, options, check, hostname));
  };
  if (options.socket) {
    nextTick(() => socket.destroyed || secure());
  } else {
    socket.prependOnceListener("connect", secure);
    Socket.prototype.connect.call(socket, [options, null]);
  }
  return socket;
}

function tlsArguments(args) {
  const [first, callback] = connectArguments(args);
  const extra = args.slice(1).find((arg) => typeof arg === "object" && arg !== null) ?? {};
  return [{ host: "localhost", ...first, ...extra }, callback];
}

/** Unless it was told not to, the program speaks with nobody whose certificate isn't in order. */
function verified(socket, options, check, hostname) {
  const problem = problemOf(socket, check, hostname);
  if (problem !== undefined) {
    socket.authorized = false;
    socket.authorizationError = problem.code ?? problem.message;
    if (options.rejectUnauthorized !== false) {
      socket.destroy(problem);
      return;
    }
  }
  ready(socket);
  socket.emit("secureConnect");
}

function problemOf(socket, check, hostname) {
  const { failure, chain } = socket._facts;
  if (failure !== undefined) return nodeErrorOf(failure);
  return check(hostname, peerCertificate(chain, true));
}

function nodeErrorOf(code) {
  return Object.assign(new Error(REASONS[code] ?? code), { code });
}

export function ready(socket) {
  socket.emit("secure");
  if (socket._handle) startReading(socket);
}

export function alpnOf({ ALPNProtocols }) {
  return ALPNProtocols === undefined ? [] : [ALPNProtocols].flat().map((name) => (typeof name === "string" ? name : Buffer.from(name).toString("latin1")));
}

proto.getPeerCertificate = function (detailed = false) {
  return this._facts === null ? null : peerCertificate(this._facts.chain, detailed);
};

proto.getProtocol = function () {
  return this._facts?.protocol ?? null;
};

/** Named as in the standards. */
proto.getCipher = function () {
  const { cipher, protocol } = this._facts ?? {};
  return cipher === undefined ? {} : { name: cipher, standardName: cipher, version: protocol };
};

proto.isSessionReused = () => false;
proto.getSession = () => undefined;
proto.getTLSTicket = () => undefined;
proto.setSession = () => {};
proto.setMaxSendFragment = () => false;
proto.disableRenegotiation = () => {};
proto.enableTrace = () => {};
proto.setServername = function (name) {
  this.servername = name;
};

for (const name of ["renegotiate", "exportKeyingMaterial", "getFinished", "getPeerFinished", "getEphemeralKeyInfo", "getSharedSigalgs",
  "getCertificate", "getX509Certificate", "getPeerX509Certificate", "setKeyCert"]) {
  proto[name] = function () {
    throw notSupported(`tlsSocket.${name}()`);
  };
}
