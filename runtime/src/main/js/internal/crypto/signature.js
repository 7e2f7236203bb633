// Sign, Verify, sign() and verify() - https://nodejs.org/api/crypto.html#class-sign
import * as host from "host:subtle";
import { Buffer } from "internal:buffer/class";
import { answer, encoded, hashName } from "internal:crypto/bytes";
import { idOf, privateKey, publicKey } from "internal:crypto/key_object";
import { codes, nodeError, notSupported } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateOneOf, validateString } from "internal:validators";
import { Writable } from "node:stream";
import { constants } from "internal:crypto/constants";

const { ERR_INVALID_ARG_TYPE } = codes;
const HASH_BYTES = { "SHA-1": 20, "SHA-256": 32, "SHA-384": 48, "SHA-512": 64, "SHA3-256": 32, "SHA3-384": 48, "SHA3-512": 64 };
const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_AUTO, RSA_PSS_SALTLEN_DIGEST } = constants;

/** Data is kept until the key is known. */
class Signing extends Writable {
  #chunks = [];
  #hash;

  constructor(algorithm, options) {
    super(options);
    validateString(algorithm, "algorithm");
    this.#hash = requiredHash(algorithm);
  }

  update(data, encoding) {
    this.#chunks.push(Buffer.from(encoded(data, encoding)));
    return this;
  }

  _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  static take(signing) {
    const chunks = signing.#chunks;
    signing.#chunks = [];
    return { hash: signing.#hash, data: Buffer.concat(chunks) };
  }
}

const { take } = Signing;
delete Signing.take;

export class Sign extends Signing {
  sign(key, encoding) {
    const { hash, data } = take(this);
    return answer(signed(hash, data, key), encoding);
  }
}

export class Verify extends Signing {
  verify(key, signature, encoding) {
    const { hash, data } = take(this);
    return isSigned(hash, data, key, encoded(signature, encoding, "signature"));
  }
}

export function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

export function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

export function sign(algorithm, data, key, callback) {
  const run = () => answer(signed(optionalHash(algorithm), encoded(data), key));
  return callback === undefined ? run() : later(run, callback);
}

export function verify(algorithm, data, key, signature, callback) {
  const run = () => isSigned(optionalHash(algorithm), encoded(data), key, encoded(signature, undefined, "signature"));
  return callback === undefined ? run() : later(run, callback);
}

function later(run, callback) {
  validateFunction(callback, "callback");
  let result;
  try {
    result = run();
  } catch (error) {
    nextTick(callback, error);
    return;
  }
  nextTick(callback, null, result);
}

function requiredHash(algorithm) {
  const hash = hashName(algorithm);
  if (hash === undefined) throw nodeError("ERR_CRYPTO_INVALID_DIGEST", `Invalid digest: ${algorithm}`, TypeError);
  return hash;
}

function optionalHash(algorithm) {
  if (algorithm === null || algorithm === undefined) return undefined;
  validateString(algorithm, "algorithm");
  return requiredHash(algorithm);
}

function signed(hash, data, source) {
  const key = privateKey(source);
  const { scheme, hash: used, saltLengths } = schemeOf(key, hash, source);
  return host.signNow(scheme, used, idOf(key), data, saltLengths[0]);
}

function isSigned(hash, data, source, signature) {
  const key = publicKey(source);
  const { scheme, hash: used, saltLengths } = schemeOf(key, hash, source);
  return saltLengths.some((length) => host.verifyNow(scheme, used, idOf(key), data, length, signature));
}

/** The longest salt comes first: it is what signing takes. */
function schemeOf(key, hash, options) {
  const type = key.asymmetricKeyType;
  if (type === "rsa") return rsaScheme(key, requireHash(hash), options);
  if (type === "ec") {
    const encoding = options?.dsaEncoding ?? "der";
    validateOneOf(encoding, "options.dsaEncoding", ["der", "ieee-p1363"]);
    return { scheme: encoding === "der" ? "ECDSA-DER" : "ECDSA", hash: requireHash(hash), saltLengths: [0] };
  }
  const family = host.familyOf(idOf(key));
  if (!/^(Ed|ML-DSA)/.test(family)) throw notSupported(`A signature with a key of ${family}`);
  if (hash !== undefined) {
    throw nodeError("ERR_OSSL_EVP_INVALID_DIGEST", `A key of ${family} hashes by itself: the algorithm must be null.`);
  }
  return { scheme: family, hash: "", saltLengths: [0] };
}

function requireHash(hash) {
  if (hash === undefined) throw new ERR_INVALID_ARG_TYPE("algorithm", "string", hash);
  return hash;
}

function rsaScheme(key, hash, options) {
  const padding = options?.padding ?? RSA_PKCS1_PADDING;
  if (padding === RSA_PKCS1_PADDING) return { scheme: "RSASSA-PKCS1-v1_5", hash, saltLengths: [0] };
  if (padding !== RSA_PKCS1_PSS_PADDING) throw notSupported(`RSA padding ${padding} for signatures`);
  return { scheme: "RSA-PSS", hash, saltLengths: saltLengthsOf(key, hash, options.saltLength) };
}

/** Verifying is told the length or, by default, finds it among those that are in use. */
function saltLengthsOf(key, hash, asked = RSA_PSS_SALTLEN_AUTO) {
  if (asked >= 0) return [asked];
  if (asked === RSA_PSS_SALTLEN_DIGEST) return [HASH_BYTES[hash]];
  const longest = Math.ceil((key.asymmetricKeyDetails.modulusLength - 1) / 8) - HASH_BYTES[hash] - 2;
  return [longest, HASH_BYTES[hash], 20, 32, 0];
}
