// SubtleCrypto - https://w3c.github.io/webcrypto/#subtlecrypto-interface
// with what https://wicg.github.io/webcrypto-modern-algos/ adds: supports(), getPublicKey() and encapsulation.
import { defineInterfaces, illegalConstructor } from "internal:define";
import { publicKeyOf } from "internal:subtle/asymmetric";
import { dataError, invalidAccess, notSupported, syntaxError } from "internal:subtle/errors";
import { toJsonWebKey } from "internal:subtle/jwk";
import { definitionOf, normalize, tryNormalize } from "internal:subtle/normalize";
import { bytesIn, copyOf, toAlgorithm, toBufferSource } from "internal:subtle/parameters";
import { isSupported } from "internal:subtle/supports";
import { USAGES } from "internal:subtle/usages";
import { makeKey, settled, toArrayBuffer } from "internal:subtle/work";
import { requireArguments, toDOMString, toEnum, toSequence, toUnsigned } from "internal:webidl";
import { isCryptoKey } from "./crypto_key.js";

const secret = Symbol("SubtleCrypto");
const FORMATS = ["raw", "spki", "pkcs8", "jwk", "raw-public", "raw-private", "raw-seed", "raw-secret"];

export class SubtleCrypto {
  #brand;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
  }

  static supports(operation, algorithm, lengthOrAlgorithm = null) {
    requireArguments(arguments.length, 2, "SubtleCrypto.supports");
    return isSupported(toDOMString(operation), toAlgorithm(algorithm), lengthOrAlgorithm);
  }

  async encrypt(algorithm, key, data) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.encrypt");
    return crypt("encrypt", toAlgorithm(algorithm), toCryptoKey(key), toBufferSource(data, "SubtleCrypto.encrypt"));
  }

  async decrypt(algorithm, key, data) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.decrypt");
    return crypt("decrypt", toAlgorithm(algorithm), toCryptoKey(key), toBufferSource(data, "SubtleCrypto.decrypt"));
  }

  async sign(algorithm, key, data) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.sign");
    return crypt("sign", toAlgorithm(algorithm), toCryptoKey(key), toBufferSource(data, "SubtleCrypto.sign"));
  }

  async verify(algorithm, key, signature, data) {
    this.#brand;
    requireArguments(arguments.length, 4, "SubtleCrypto.verify");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(key);
    toBufferSource(signature, "SubtleCrypto.verify");
    toBufferSource(data, "SubtleCrypto.verify");
    const params = normalize(identifier, "verify");
    requireKeyFor(params, key, "verify");
    return settled(params.definition.verify(params, key, bytesIn(signature), bytesIn(data)));
  }

  async digest(algorithm, data) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.digest");
    const identifier = toAlgorithm(algorithm);
    toBufferSource(data, "SubtleCrypto.digest");
    const params = normalize(identifier, "digest");
    return toArrayBuffer(await settled(params.definition.digest(params, bytesIn(data))));
  }

  async generateKey(algorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.generateKey");
    const identifier = toAlgorithm(algorithm);
    const usages = toUsages(keyUsages);
    const params = normalize(identifier, "generateKey");
    const made = await makeKey(() => params.definition.generateKey(params, Boolean(extractable), usages));
    requireSomeUsage(made.privateKey ?? made);
    return made;
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 5, "SubtleCrypto.deriveKey");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(baseKey);
    const derivedType = toAlgorithm(derivedKeyType);
    const usages = toUsages(keyUsages);
    const params = normalize(identifier, "deriveBits");
    const importParams = normalize(derivedType, "importKey");
    const lengthParams = normalize(derivedType, "getKeyLength");
    requireKeyFor(params, baseKey, "deriveKey");
    const length = lengthParams.definition.getKeyLength(lengthParams);
    const bits = await settled(params.definition.deriveBits(params, baseKey, length));
    return imported("raw-secret", bits, importParams, Boolean(extractable), usages);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.deriveBits");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(baseKey);
    const bits = length === null ? null : toUnsigned(length);
    const params = normalize(identifier, "deriveBits");
    requireKeyFor(params, baseKey, "deriveBits");
    return toArrayBuffer(await settled(params.definition.deriveBits(params, baseKey, bits)));
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 5, "SubtleCrypto.importKey");
    const name = toFormat(format);
    const data = toKeyData(keyData);
    const identifier = toAlgorithm(algorithm);
    const usages = toUsages(keyUsages);
    const params = normalize(identifier, "importKey");
    return imported(name, bytesOrJwk(name, data), params, Boolean(extractable), usages);
  }

  async exportKey(format, key) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.exportKey");
    const name = toFormat(format);
    return exported(name, toCryptoKey(key));
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    this.#brand;
    requireArguments(arguments.length, 4, "SubtleCrypto.wrapKey");
    const name = toFormat(format);
    toCryptoKey(key);
    toCryptoKey(wrappingKey);
    const params = normalizeWrap(toAlgorithm(wrapAlgorithm), "wrapKey", "encrypt");
    requireKeyFor(params, wrappingKey, "wrapKey");
    const material = exported(name, key);
    const bytes = name === "jwk" ? new TextEncoder().encode(JSON.stringify(material)) : new Uint8Array(material);
    const { definition } = params;
    const wrap = definition.wrapKey ?? definition.encrypt;
    return toArrayBuffer(await settled(wrap(params, wrappingKey, bytes)));
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 7, "SubtleCrypto.unwrapKey");
    const name = toFormat(format);
    toBufferSource(wrappedKey, "SubtleCrypto.unwrapKey");
    toCryptoKey(unwrappingKey);
    const identifier = toAlgorithm(unwrapAlgorithm);
    const keyIdentifier = toAlgorithm(unwrappedKeyAlgorithm);
    const usages = toUsages(keyUsages);
    const params = normalizeWrap(identifier, "unwrapKey", "decrypt");
    const importParams = normalize(keyIdentifier, "importKey");
    requireKeyFor(params, unwrappingKey, "unwrapKey");
    const unwrap = params.definition.unwrapKey ?? params.definition.decrypt;
    const bytes = await settled(unwrap(params, unwrappingKey, bytesIn(wrappedKey)));
    return imported(name, name === "jwk" ? parsedJwk(bytes) : bytes, importParams, Boolean(extractable), usages);
  }

  async getPublicKey(key, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.getPublicKey");
    toCryptoKey(key);
    const usages = toUsages(keyUsages);
    const { kind } = definitionOf(key);
    if (kind === undefined) {
      notSupported(`Keys of ${key.algorithm.name} have no public key.`);
    }
    if (key.type !== "private") {
      invalidAccess("Only a private key has a public key.");
    }
    return makeKey(() => publicKeyOf(kind, key, usages));
  }

  async encapsulateBits(algorithm, encapsulationKey) {
    this.#brand;
    requireArguments(arguments.length, 2, "SubtleCrypto.encapsulateBits");
    const { sharedKey, ciphertext } = encapsulated(toAlgorithm(algorithm), toCryptoKey(encapsulationKey), "encapsulateBits");
    return { sharedKey: toArrayBuffer(sharedKey), ciphertext: toArrayBuffer(ciphertext) };
  }

  async encapsulateKey(algorithm, encapsulationKey, sharedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 5, "SubtleCrypto.encapsulateKey");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(encapsulationKey);
    const keyIdentifier = toAlgorithm(sharedKeyAlgorithm);
    const usages = toUsages(keyUsages);
    const importParams = normalize(keyIdentifier, "importKey");
    const { sharedKey, ciphertext } = encapsulated(identifier, encapsulationKey, "encapsulateKey");
    const key = await imported("raw-secret", sharedKey, importParams, Boolean(extractable), usages);
    return { sharedKey: key, ciphertext: toArrayBuffer(ciphertext) };
  }

  async decapsulateBits(algorithm, decapsulationKey, ciphertext) {
    this.#brand;
    requireArguments(arguments.length, 3, "SubtleCrypto.decapsulateBits");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(decapsulationKey);
    toBufferSource(ciphertext, "SubtleCrypto.decapsulateBits");
    return toArrayBuffer(decapsulated(identifier, decapsulationKey, ciphertext, "decapsulateBits"));
  }

  async decapsulateKey(algorithm, decapsulationKey, ciphertext, sharedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    requireArguments(arguments.length, 6, "SubtleCrypto.decapsulateKey");
    const identifier = toAlgorithm(algorithm);
    toCryptoKey(decapsulationKey);
    toBufferSource(ciphertext, "SubtleCrypto.decapsulateKey");
    const keyIdentifier = toAlgorithm(sharedKeyAlgorithm);
    const usages = toUsages(keyUsages);
    const importParams = normalize(keyIdentifier, "importKey");
    const sharedKey = decapsulated(identifier, decapsulationKey, ciphertext, "decapsulateKey");
    return imported("raw-secret", sharedKey, importParams, Boolean(extractable), usages);
  }
}

function toCryptoKey(value) {
  if (!isCryptoKey(value)) {
    throw new TypeError("The key is not a CryptoKey.");
  }
  return value;
}

function toFormat(value) {
  return toEnum(value, FORMATS, "The key's format");
}

function toUsages(value) {
  return toSequence(value, "The key's usages", (usage) => toEnum(usage, USAGES, "The key's usages"));
}

/** `(BufferSource or JsonWebKey)` */
function toKeyData(value) {
  return ArrayBuffer.isView(value) || isBuffer(value) ? toBufferSource(value, "The key data") : toJsonWebKey(value);
}

function isBuffer(value) {
  const tag = Object.prototype.toString.call(value);
  return tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]";
}

function bytesOrJwk(format, data) {
  const isBytes = ArrayBuffer.isView(data) || isBuffer(data);
  if (isBytes === (format === "jwk")) {
    throw new TypeError(`The key data is no data for the format "${format}".`);
  }
  return isBytes ? copyOf(data) : data;
}

/** encrypt, decrypt and sign are alike. */
async function crypt(operation, identifier, key, data) {
  const params = normalize(identifier, operation);
  requireKeyFor(params, key, operation);
  return toArrayBuffer(await settled(params.definition[operation](params, key, bytesIn(data))));
}

function requireKeyFor({ name }, key, usage) {
  if (key.algorithm.name !== name) {
    invalidAccess(`The key is for ${key.algorithm.name}, not for ${name}.`);
  }
  if (!key.usages.includes(usage)) {
    invalidAccess(`The key may not be used for ${usage}.`);
  }
}

function requireSomeUsage({ type, usages }) {
  if (type !== "public" && usages.length === 0) {
    syntaxError(`A ${type} key needs a usage.`);
  }
}

async function imported(format, keyData, params, extractable, usages) {
  const key = await makeKey(() => params.definition.importKey(format, keyData, params, extractable, usages));
  requireSomeUsage(key);
  return key;
}

function exported(format, key) {
  const { name, exportKey } = definitionOf(key);
  if (exportKey === undefined) {
    notSupported(`Keys of ${name} can't be exported.`);
  }
  if (!key.extractable) {
    invalidAccess("The key is not extractable.");
  }
  return exportKey(format, key);
}

function normalizeWrap(identifier, operation, instead) {
  return tryNormalize(identifier, operation) ?? normalize(identifier, instead);
}

function parsedJwk(bytes) {
  try {
    return toJsonWebKey(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return dataError("What was unwrapped is not a JSON Web Key.");
  }
}

function encapsulated(identifier, key, usage) {
  const params = normalize(identifier, "encapsulate");
  requireKeyFor(params, key, usage);
  return params.definition.encapsulate(key);
}

function decapsulated(identifier, key, ciphertext, usage) {
  const params = normalize(identifier, "decapsulate");
  requireKeyFor(params, key, usage);
  return params.definition.decapsulate(key, bytesIn(ciphertext));
}

export const subtle = new SubtleCrypto(secret);

defineInterfaces({ SubtleCrypto });
