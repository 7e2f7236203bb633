// node:tls - https://nodejs.org/api/tls.html
import { Refusal } from "internal:refused";
import { notSupported } from "internal:node_errors";
import { checkServerIdentity } from "internal:tls/certificate";
import { createSecureContext, limits, SecureContext } from "internal:tls/context";
import { Server } from "internal:tls/server";
import { connect, TLSSocket } from "internal:tls/socket";
import { Buffer } from "internal:buffer/class";

export function createServer(options, listener) {
  return new Server(options, listener);
}

export const CLIENT_RENEG_LIMIT = 3;
export const CLIENT_RENEG_WINDOW = 600;
export const DEFAULT_CIPHERS = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
export const DEFAULT_ECDH_CURVE = "auto";
export const { minVersion: DEFAULT_MIN_VERSION, maxVersion: DEFAULT_MAX_VERSION } = limits;
/** The JDK's are trusted, and not listed. */
export const rootCertificates = Object.freeze([]);

const CIPHERS = ["tls_aes_128_gcm_sha256", "tls_aes_256_gcm_sha384", "tls_chacha20_poly1305_sha256"];

export function getCiphers() {
  return [...CIPHERS];
}

export function getCACertificates() {
  throw notSupported("tls.getCACertificates()", "the JDK's certificates are trusted, and not listed");
}

export function setDefaultCACertificates() {
  throw notSupported("tls.setDefaultCACertificates()", "give the option ca");
}

/** Names as they are sent: each after its length. */
export function convertALPNProtocols(protocols, out) {
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = Buffer.concat(protocols.flatMap((name) => [Buffer.from([Buffer.byteLength(name)]), Buffer.from(name)]));
  } else {
    out.ALPNProtocols = Buffer.from(protocols);
  }
}

export const createSecurePair = new Refusal("tls", "Node has deprecated it; new tls.TLSSocket() does its work").of("createSecurePair");

export { checkServerIdentity, connect, createSecureContext, SecureContext, Server, TLSSocket };

export default {
  checkServerIdentity, CLIENT_RENEG_LIMIT, CLIENT_RENEG_WINDOW, connect, convertALPNProtocols, createSecureContext,
  createSecurePair, createServer, DEFAULT_CIPHERS, DEFAULT_ECDH_CURVE, DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION, getCACertificates, getCiphers,
  rootCertificates, SecureContext, Server, setDefaultCACertificates, TLSSocket,
};
