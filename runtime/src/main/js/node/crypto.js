// node:crypto - https://nodejs.org/api/crypto.html
import * as host from "host:hash";
import { answer, encoded } from "internal:crypto/bytes";
import { Cipheriv, createCipheriv, createDecipheriv, Decipheriv, getCipherInfo, getCiphers } from "internal:crypto/cipher";
import { constants } from "internal:crypto/constants";
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from "internal:crypto/derivation";
import { createPrivateKey, createPublicKey, createSecretKey, KeyObject, secretBytes } from "internal:crypto/key_object";
import {
  diffieHellman, generateKey, generateKeyPair, generateKeyPairPromise, generateKeyPairSync, generateKeySync, getCurves,
  privateDecrypt, publicEncrypt,
} from "internal:crypto/key_pair";
import { createSign, createVerify, Sign, sign, Verify, verify } from "internal:crypto/signature";
import { customPromisify } from "internal:custom_promisify";
import { HeldByJava } from "internal:held_by_java";
import { codes, notSupported } from "internal:node_errors";
import { isAnyArrayBuffer } from "internal:types";
import { nextTick } from "internal:ticks";
import { Transform } from "node:stream";
import { validateBoolean, validateFunction, validateInteger, validateNumber, validateObject, validateString } from "internal:validators";

const {
  ERR_CRYPTO_HASH_FINALIZED, ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE,
} = codes;

const kId = Symbol("id");

/** What is forgotten without its digest gives its state back. */
const held = new HeldByJava((id) => host.close(id));

/** What Hash and Hmac share. Both are streams too: written to, then read for the digest. */
class Digest extends Transform {
  constructor(id, options) {
    super(options);
    this[kId] = id;
    held.add(this, id);
  }

  update(data, encoding) {
    if (this[kId] === undefined) throw new ERR_CRYPTO_HASH_FINALIZED();
    if (typeof data === "string" && (encoding === undefined || encoding === "utf8" || encoding === "utf-8" || encoding === "buffer")) {
      host.updateText(this[kId], data);
    } else {
      host.update(this[kId], encoded(data, encoding));
    }
    return this;
  }

  digest(encoding) {
    return answer(finish(this), encoding);
  }

  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

function finish(digest) {
  const id = digest[kId];
  if (id === undefined) throw new ERR_CRYPTO_HASH_FINALIZED();
  digest[kId] = undefined;
  held.delete(id);
  return host.digest(id);
}

class Hash extends Digest {
  copy(options) {
    if (this[kId] === undefined) throw new ERR_CRYPTO_HASH_FINALIZED();
    return new Hash(host.copy(this[kId]), options);
  }
}

class Hmac extends Digest {
  /** A second digest() gives nothing, where a hash throws. */
  digest(encoding) {
    return this[kId] === undefined ? answer(new Uint8Array(0), encoding) : super.digest(encoding);
  }
}

export function createHash(algorithm, options) {
  validateString(algorithm, "algorithm");
  return new Hash(openHash(algorithm), options);
}

function openHash(algorithm) {
  try {
    return host.open(algorithm);
  } catch (error) {
    if (error.code !== "ERR_CRYPTO_INVALID_DIGEST") throw error;
    throw new Error("Digest method not supported");
  }
}

export function createHmac(algorithm, key, options) {
  validateString(algorithm, "hmac");
  if (key === null || key === undefined) {
    throw new ERR_INVALID_ARG_TYPE("key", ["ArrayBuffer", "Buffer", "TypedArray", "DataView", "string", "KeyObject", "CryptoKey"], key);
  }
  return new Hmac(host.open(algorithm, secretBytes(key, options?.encoding)), options);
}

/** crypto.hash(algorithm, data[, outputEncoding]) */
export function hash(algorithm, data, outputEncoding = "hex") {
  validateString(algorithm, "algorithm");
  const id = openHash(algorithm);
  host.update(id, encoded(data, "utf8", "input"));
  return answer(host.digest(id), outputEncoding);
}

export function getHashes() {
  return JSON.parse(host.hashes());
}

const MAX_BYTES = 2 ** 31 - 1;

export function randomBytes(size, callback) {
  validateNumber(size, "size", 0, MAX_BYTES);
  if (callback !== undefined) validateFunction(callback, "callback");
  const bytes = answer(host.random(size));
  if (callback === undefined) return bytes;
  nextTick(callback, null, bytes);
  return undefined;
}

export function randomFillSync(target, offset = 0, size = undefined) {
  if (!ArrayBuffer.isView(target) && !isAnyArrayBuffer(target)) {
    throw new ERR_INVALID_ARG_TYPE("buf", ["ArrayBuffer", "ArrayBufferView"], target);
  }
  const scale = target.BYTES_PER_ELEMENT ?? 1;
  const bytes = ArrayBuffer.isView(target) ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength) : new Uint8Array(target);
  const start = checkedRange(offset * scale, "offset", bytes.length);
  const length = size === undefined ? bytes.length - start : checkedRange(size * scale, "size", bytes.length - start);
  bytes.set(host.random(length), start);
  return target;
}

function checkedRange(value, name, max) {
  validateNumber(value, name);
  if (!(value >= 0 && value <= max)) throw new ERR_OUT_OF_RANGE(name, `>= 0 && <= ${max}`, value);
  return value;
}

export function randomFill(target, offset, size, callback) {
  if (typeof offset === "function") [callback, offset, size] = [offset, 0, undefined];
  else if (typeof size === "function") [callback, size] = [size, undefined];
  validateFunction(callback, "callback");
  randomFillSync(target, offset, size);
  nextTick(callback, null, target);
}

/** Uniform: values above the largest multiple of the range are drawn again. */
export function randomInt(min, max, callback) {
  if (max === undefined || typeof max === "function") [min, max, callback] = [0, min, max];
  validateInteger(min, "min");
  validateInteger(max, "max");
  const range = max - min;
  if (range <= 0) throw new ERR_OUT_OF_RANGE("max", `greater than the value of "min" (${min})`, max);
  if (range > 2 ** 48 - 1) throw new ERR_OUT_OF_RANGE(max === range ? "max" : "max - min", `<= ${2 ** 48 - 1}`, range);
  const limit = 2 ** 48 - (2 ** 48 % range);
  let drawn;
  do drawn = answer(host.random(6)).readUIntBE(0, 6);
  while (drawn >= limit);
  const result = min + (drawn % range);
  if (callback === undefined) return result;
  nextTick(callback, undefined, result);
  return undefined;
}

export function randomUUID(options) {
  if (options !== undefined) validateObject(options, "options");
  if (options?.disableEntropyCache !== undefined) validateBoolean(options.disableEntropyCache, "options.disableEntropyCache");
  const bytes = answer(host.random(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function timingSafeEqual(a, b) {
  const types = ["ArrayBuffer", "Buffer", "TypedArray", "DataView"];
  if (!ArrayBuffer.isView(a) && !isAnyArrayBuffer(a)) throw new ERR_INVALID_ARG_TYPE("buf1", types, a);
  if (!ArrayBuffer.isView(b) && !isAnyArrayBuffer(b)) throw new ERR_INVALID_ARG_TYPE("buf2", types, b);
  if (a.byteLength !== b.byteLength) throw new ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return host.equal(encoded(a), encoded(b));
}

export function getRandomValues(array) {
  return globalThis.crypto.getRandomValues(array);
}

export function getFips() {
  return 0;
}

/** Callable and constructible: what it stands for may be either. */
function refused(name) {
  return {
    [name]: function () {
      throw notSupported(`crypto.${name}()`, "Runnel's node:crypto doesn't have it");
    },
  }[name];
}

export const createDiffieHellman = refused("createDiffieHellman");
export const createECDH = refused("createECDH");
export const checkPrime = refused("checkPrime");
export const checkPrimeSync = refused("checkPrimeSync");
export const createDiffieHellmanGroup = refused("createDiffieHellmanGroup");
export const generatePrime = refused("generatePrime");
export const generatePrimeSync = refused("generatePrimeSync");
export const getDiffieHellman = refused("getDiffieHellman");
export const privateEncrypt = refused("privateEncrypt");
export const publicDecrypt = refused("publicDecrypt");
export const secureHeapUsed = refused("secureHeapUsed");
export const setEngine = refused("setEngine");
export const setFips = refused("setFips");
export const Certificate = refused("Certificate");
export const Cipher = refused("Cipher");
export const Decipher = refused("Decipher");
export const DiffieHellman = refused("DiffieHellman");
export const DiffieHellmanGroup = refused("DiffieHellmanGroup");
export const ECDH = refused("ECDH");
export const X509Certificate = refused("X509Certificate");

export const webcrypto = globalThis.crypto;
export const subtle = globalThis.crypto?.subtle;

customPromisify(generateKeyPair, generateKeyPairPromise);

export {
  Cipheriv, constants, createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, createSecretKey, createSign,
  createVerify, Decipheriv, diffieHellman, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync,
  getCipherInfo, getCiphers, getCurves, Hash, hkdf, hkdfSync, Hmac, KeyObject, pbkdf2, pbkdf2Sync, privateDecrypt,
  publicEncrypt, scrypt, scryptSync, Sign, sign, Verify, verify,
};

export default {
  constants, createCipheriv, createDecipheriv, createDiffieHellman, createECDH, createHash, createHmac,
  createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, generateKeyPair,
  generateKeyPairSync, getFips, getHashes, getRandomValues, Hash, hash, hkdf, hkdfSync, Hmac, pbkdf2, pbkdf2Sync,
  randomBytes, randomFill, randomFillSync, randomInt, randomUUID, scrypt, scryptSync, sign, subtle, timingSafeEqual,
  verify, webcrypto,
  Certificate, checkPrime, checkPrimeSync, Cipher, Cipheriv, createDiffieHellmanGroup, Decipher, Decipheriv,
  DiffieHellman, diffieHellman, DiffieHellmanGroup, ECDH, generateKey, generateKeySync, generatePrime,
  generatePrimeSync, getCipherInfo, getCiphers, getCurves, getDiffieHellman, KeyObject, privateDecrypt,
  privateEncrypt, publicDecrypt, publicEncrypt, secureHeapUsed, setEngine, setFips, Sign, Verify,
  X509Certificate,
};
