// KeyObject - https://nodejs.org/api/crypto.html#class-keyobject
import { cryptoKey, isCryptoKey, keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { Buffer } from "internal:buffer/class";
import { encoded } from "internal:crypto/bytes";
import { codes, nodeError, notSupported } from "internal:node_errors";
import { numbersOf, toJsonWebKey } from "internal:subtle/jwk";
import { validateOneOf, validateString } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;
const secret = Symbol("KeyObject");

const PEM_FORMATS = {
  "PUBLIC KEY": "spki",
  "PRIVATE KEY": "pkcs8",
  "RSA PUBLIC KEY": "pkcs1-public",
  "RSA PRIVATE KEY": "pkcs1",
  "EC PRIVATE KEY": "sec1",
};
const CURVES = { "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1" };

export class KeyObject {
  #key;

  constructor(token, key) {
    if (token !== secret) {
      throw new ERR_INVALID_ARG_VALUE("handle", token);
    }
    this.#key = key;
  }

  static from(key) {
    if (!isCryptoKey(key)) {
      throw new ERR_INVALID_ARG_TYPE("key", "CryptoKey", key);
    }
    return new KeyObject(secret, key);
  }

  /** The key's number in Java. */
  static idOf(object) {
    return keyId(object.#key);
  }

  get type() {
    return this.#key.type;
  }

  get asymmetricKeyType() {
    if (this.type === "secret") return undefined;
    const family = host.familyOf(keyId(this.#key));
    return Object.hasOwn(CURVES, family) ? "ec" : family.toLowerCase();
  }

  get asymmetricKeyDetails() {
    if (this.type === "secret") return undefined;
    const id = keyId(this.#key);
    const family = host.familyOf(id);
    if (Object.hasOwn(CURVES, family)) return { namedCurve: CURVES[family] };
    if (family !== "RSA") return {};
    const exponent = Buffer.from(host.publicExponent(id)).toString("hex");
    return { modulusLength: host.modulusLength(id), publicExponent: BigInt(`0x${exponent}`) };
  }

  get symmetricKeySize() {
    return this.type === "secret" ? host.exportSecret(keyId(this.#key)).length : undefined;
  }

  export(options = {}) {
    return exported(this, options);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE("otherKeyObject", "KeyObject", other);
    return this.type === other.type && Buffer.compare(derOf(this), derOf(other)) === 0;
  }

  get [Symbol.toStringTag]() {
    return "KeyObject";
  }
}

const { idOf } = KeyObject;
delete KeyObject.idOf;
export { idOf };

function derOf(object) {
  const id = idOf(object);
  if (object.type === "secret") return host.exportSecret(id);
  return host.exportKey(id, object.type === "public" ? "spki" : "pkcs8");
}

function exported(object, { format = object.type === "secret" ? "buffer" : undefined, type, passphrase, cipher }) {
  if (passphrase !== undefined || cipher !== undefined) throw notSupported("Encrypting an exported key");
  validateOneOf(format, "options.format", object.type === "secret" ? ["buffer", "jwk"] : ["pem", "der", "jwk"]);
  if (format === "jwk") return jwkOf(object);
  if (object.type === "secret") return Buffer.from(host.exportSecret(idOf(object)));
  const expected = object.type === "public" ? "spki" : "pkcs8";
  validateString(type, "options.type");
  if (type !== expected) throw notSupported(`Exporting a ${object.type} key as ${type}`, `${expected} is`);
  const der = Buffer.from(derOf(object));
  return format === "der" ? der : pem(der, object.type === "public" ? "PUBLIC KEY" : "PRIVATE KEY");
}

function jwkOf(object) {
  const id = idOf(object);
  if (object.type === "secret") return { kty: "oct", k: Buffer.from(host.exportSecret(id)).toString("base64url") };
  return JSON.parse(host.exportJwk(id));
}

function pem(der, label) {
  const lines = der.toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}

/** The key's number comes from Java; usages and algorithm are of no concern here. */
export function keyObject(id, type) {
  return new KeyObject(secret, cryptoKey(id, { type, extractable: true, algorithm: {}, usages: [] }));
}

export function createSecretKey(key, encoding) {
  return keyObject(host.importSecret(encoded(key, encoding, "key")), "secret");
}

export function createPrivateKey(key) {
  return privateKey(key);
}

/** A private key gives its public one. */
export function createPublicKey(key) {
  return publicKey(key);
}

/** What sign() and others take for a private key. */
export function privateKey(source) {
  const object = keyOf(source, "key");
  if (object.type !== "private") throw notThis(object, "private");
  return object;
}

export function publicKey(source) {
  const object = keyOf(source, "key");
  if (object.type === "secret") throw notThis(object, "private or public");
  return object.type === "public" ? object : keyObject(host.publicKey(idOf(object)), "public");
}

function notThis(object, expected) {
  return nodeError(
    "ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE", `Invalid key object type ${object.type}, expected ${expected}.`, TypeError,
  );
}

/** A secret's bytes, from a KeyObject, a CryptoKey or bytes. */
export function secretBytes(source, encoding, name = "key") {
  if (source instanceof KeyObject || isCryptoKey(source)) {
    const object = source instanceof KeyObject ? source : KeyObject.from(source);
    if (object.type !== "secret") throw notThis(object, "secret");
    return host.exportSecret(idOf(object));
  }
  return encoded(source, encoding, name);
}

function keyOf(source, name) {
  if (source instanceof KeyObject) return source;
  if (isCryptoKey(source)) return KeyObject.from(source);
  if (typeof source === "string" || ArrayBuffer.isView(source) || source instanceof ArrayBuffer) {
    return fromPem(textOf(source));
  }
  if (typeof source !== "object" || source === null) {
    throw new ERR_INVALID_ARG_TYPE(name, ["ArrayBuffer", "Buffer", "TypedArray", "DataView", "string", "KeyObject", "CryptoKey", "Object"], source);
  }
  return fromOptions(source, name);
}

function fromOptions({ key, format = "pem", type, encoding, passphrase }, name) {
  if (key instanceof KeyObject || isCryptoKey(key)) return keyOf(key, name);
  if (passphrase !== undefined) throw notSupported("A key that is encrypted with a passphrase");
  validateOneOf(format, `${name}.format`, ["pem", "der", "jwk"]);
  if (format === "jwk") return fromJwk(key);
  if (format === "pem") return fromPem(textOf(key, encoding));
  validateOneOf(type, `${name}.type`, ["spki", "pkcs8", "pkcs1", "sec1"]);
  return fromDer(type, encoded(key, encoding, `${name}.key`));
}

function textOf(source, encoding) {
  return typeof source === "string" ? source : Buffer.from(encoded(source, encoding, "key")).toString("latin1");
}

function fromPem(text) {
  const found = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/.exec(text);
  if (found === null) {
    throw nodeError("ERR_OSSL_UNSUPPORTED", "error:1E08010C:DECODER routines::unsupported");
  }
  const [, label, base64] = found;
  if (!Object.hasOwn(PEM_FORMATS, label)) throw notSupported(`A key in PEM that is labelled "${label}"`);
  return fromDer(PEM_FORMATS[label], Buffer.from(base64, "base64"));
}

function fromDer(format, der) {
  const id = decoded(() => host.importEncoded(format, der));
  return keyObject(id, host.isPrivate(id) ? "private" : "public");
}

function fromJwk(jwk) {
  if (jwk?.kty === "oct") return createSecretKey(jwk.k, "base64url");
  const family = jwk?.kty === "RSA" ? "RSA" : (jwk?.crv ?? jwk?.alg);
  if (typeof family !== "string") throw new ERR_INVALID_ARG_VALUE("key.key", jwk, "is not a JWK");
  const id = decoded(() => host.importJwk(family, numbersOf(toJsonWebKey(jwk))));
  return keyObject(id, host.isPrivate(id) ? "private" : "public");
}

/** OpenSSL's errors instead of the Web's. */
function decoded(decode) {
  try {
    return decode();
  } catch (error) {
    if (error?.name !== "DataError") throw error;
    throw nodeError("ERR_OSSL_UNSUPPORTED", `error:1E08010C:DECODER routines::unsupported (${error.message})`);
  }
}
