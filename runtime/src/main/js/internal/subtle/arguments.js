// What operations of SubtleCrypto are given, by Web IDL.
import { isCryptoKey } from "../../web/crypto_key.js";
import { USAGES } from "internal:subtle/usages";
import { bytesOf, isBufferSource, isObject, toDOMString, toEnum, toSequence } from "internal:webidl";
import { toJsonWebKey } from "./jwk.js";

const FORMATS = ["raw", "spki", "pkcs8", "jwk", "raw-public", "raw-private", "raw-seed", "raw-secret"];

/** `AlgorithmIdentifier`: (object or DOMString). */
export function toAlgorithm(value) {
  return isObject(value) ? value : toDOMString(value);
}

/** `BufferSource`, which memory shared with others is not. */
export function toBufferSource(value, where) {
  if (!isBufferSource(value) || isShared(value)) {
    throw new TypeError(`${where}: the value is not an ArrayBuffer or a view of one.`);
  }
  return value;
}

function isShared(value) {
  return globalThis.SharedArrayBuffer !== undefined && value.buffer instanceof SharedArrayBuffer;
}

/** The bytes of a BufferSource where they are; none when it is detached. */
export function bytesIn(source) {
  const buffer = ArrayBuffer.isView(source) ? source.buffer : source;
  return buffer.detached ? new Uint8Array() : bytesOf(source);
}

export function copyOf(source) {
  return new Uint8Array(bytesIn(source));
}

export function toCryptoKey(value) {
  if (!isCryptoKey(value)) {
    throw new TypeError("The key is not a CryptoKey.");
  }
  return value;
}

export function toFormat(value) {
  return toEnum(value, FORMATS, "The key's format");
}

export function toUsages(value) {
  return toSequence(value, "The key's usages", (usage) => toEnum(usage, USAGES, "The key's usages"));
}

/** `(BufferSource or JsonWebKey)` */
export function toKeyData(value) {
  return isBytes(value) ? toBufferSource(value, "The key data") : toJsonWebKey(value);
}

/** True for the bytes of a key, false for a JSON Web Key. */
export function isBytes(keyData) {
  const tag = Object.prototype.toString.call(keyData);
  return ArrayBuffer.isView(keyData) || tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]";
}
