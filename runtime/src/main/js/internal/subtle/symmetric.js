// What AES, ChaCha20-Poly1305 and HMAC share: secret keys, and their formats.
import { cryptoKey, keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { dataError, notSupported } from "./errors.js";
import { checkJwk, describeKey } from "./jwk.js";
import { toArrayBuffer } from "./work.js";

export function secretKey(id, algorithm, extractable, usages) {
  return cryptoKey(id, { type: "secret", extractable, algorithm, usages });
}

/** The bytes of a raw key or of a JWK whose `alg` is `algFor(bytes)`, should it have one. */
export function secretBytes(format, keyData, { formats, use, extractable, usages, algFor }) {
  if (format === "jwk") {
    checkJwk(keyData, { kty: "oct", use, extractable, usages });
    const bytes = fromBase64Url(keyData.k);
    const alg = algFor(bytes);
    if (alg !== undefined && keyData.alg !== undefined && keyData.alg !== alg) {
      dataError(`The JWK's "alg" is "${keyData.alg}", not "${alg}".`);
    }
    return bytes;
  }
  if (!formats.includes(format)) {
    notSupported(`Such a key has no format "${format}".`);
  }
  return keyData;
}

export function exportSecret(format, key, formats, alg) {
  const bytes = host.exportSecret(keyId(key));
  if (format === "jwk") {
    return describeKey({ kty: "oct", k: toBase64Url(bytes), ...(alg === undefined ? {} : { alg }) }, key);
  }
  if (!formats.includes(format)) {
    notSupported(`Such a key has no format "${format}".`);
  }
  return toArrayBuffer(bytes);
}

function fromBase64Url(text) {
  if (text === undefined || !/^[\w-]*$/.test(text) || text.length % 4 === 1) {
    dataError('The JWK\'s "k" is not base64url.');
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function toBase64Url(bytes) {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
