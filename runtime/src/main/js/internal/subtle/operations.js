// The operations of SubtleCrypto once their arguments are converted: each finds its algorithm, checks the key and does it.
// https://w3c.github.io/webcrypto/#SubtleCrypto-interface-methods
import { bytesIn, copyOf, isBytes } from "internal:subtle/arguments";
import { publicKeyOf } from "./asymmetric.js";
import { dataError, invalidAccess, notSupported, syntaxError } from "./errors.js";
import { toJsonWebKey } from "./jwk.js";
import { definitionOf, normalize, tryNormalize } from "./normalize.js";
import { makeKey, settled, toArrayBuffer } from "./work.js";

export { isSupported } from "./supports.js";

/** encrypt, decrypt and sign are alike. */
export async function crypt(operation, identifier, key, data) {
  const params = normalize(identifier, operation);
  requireKeyFor(params, key, operation);
  return toArrayBuffer(await settled(params.definition[operation](params, key, bytesIn(data))));
}

export function verify(identifier, key, signature, data) {
  const params = normalize(identifier, "verify");
  requireKeyFor(params, key, "verify");
  return settled(params.definition.verify(params, key, bytesIn(signature), bytesIn(data)));
}

export async function digest(identifier, data) {
  const params = normalize(identifier, "digest");
  return toArrayBuffer(await settled(params.definition.digest(params, bytesIn(data))));
}

export async function generateKey(identifier, { extractable, usages }) {
  const params = normalize(identifier, "generateKey");
  const made = await makeKey(() => params.definition.generateKey(params, extractable, usages));
  requireSomeUsage(made.privateKey ?? made);
  return made;
}

export async function deriveKey(identifier, baseKey, derivedType, wanted) {
  const params = normalize(identifier, "deriveBits");
  const importParams = normalize(derivedType, "importKey");
  const lengthParams = normalize(derivedType, "getKeyLength");
  requireKeyFor(params, baseKey, "deriveKey");
  const length = lengthParams.definition.getKeyLength(lengthParams);
  const bits = await settled(params.definition.deriveBits(params, baseKey, length));
  return imported("raw-secret", bits, importParams, wanted);
}

export async function deriveBits(identifier, baseKey, length) {
  const params = normalize(identifier, "deriveBits");
  requireKeyFor(params, baseKey, "deriveBits");
  return toArrayBuffer(await settled(params.definition.deriveBits(params, baseKey, length)));
}

export function importKey(format, keyData, identifier, wanted) {
  const params = normalize(identifier, "importKey");
  if (isBytes(keyData) === (format === "jwk")) {
    throw new TypeError(`The key data is no data for the format "${format}".`);
  }
  return imported(format, format === "jwk" ? keyData : copyOf(keyData), params, wanted);
}

async function imported(format, keyData, params, { extractable, usages }) {
  const key = await makeKey(() => params.definition.importKey(format, keyData, params, extractable, usages));
  requireSomeUsage(key);
  return key;
}

function requireSomeUsage({ type, usages }) {
  if (type !== "public" && usages.length === 0) {
    syntaxError(`A ${type} key needs a usage.`);
  }
}

export function exportKey(format, key) {
  const definition = definitionOf(key);
  if (definition.exportKey === undefined) {
    notSupported(`Keys of ${definition.name} can't be exported.`);
  }
  if (!key.extractable) {
    invalidAccess("The key is not extractable.");
  }
  return definition.exportKey(format, key);
}

export async function wrapKey(format, key, wrappingKey, identifier) {
  const params = normalizeWrap(identifier, "wrapKey", "encrypt");
  requireKeyFor(params, wrappingKey, "wrapKey");
  const material = exportKey(format, key);
  const bytes = format === "jwk" ? new TextEncoder().encode(JSON.stringify(material)) : new Uint8Array(material);
  const wrap = params.definition.wrapKey ?? params.definition.encrypt;
  return toArrayBuffer(await settled(wrap(params, wrappingKey, bytes)));
}

export async function unwrapKey(format, wrappedKey, unwrappingKey, identifiers, wanted) {
  const params = normalizeWrap(identifiers.unwrap, "unwrapKey", "decrypt");
  const importParams = normalize(identifiers.key, "importKey");
  requireKeyFor(params, unwrappingKey, "unwrapKey");
  const unwrap = params.definition.unwrapKey ?? params.definition.decrypt;
  const bytes = await settled(unwrap(params, unwrappingKey, bytesIn(wrappedKey)));
  return imported(format, format === "jwk" ? parsedJwk(bytes) : bytes, importParams, wanted);
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

export async function getPublicKey(key, usages) {
  const { kind } = definitionOf(key);
  if (kind === undefined) {
    notSupported(`Keys of ${key.algorithm.name} have no public key.`);
  }
  if (key.type !== "private") {
    invalidAccess("Only a private key has a public key.");
  }
  return makeKey(() => publicKeyOf(kind, key, usages));
}

export function encapsulateBits(identifier, key) {
  const { sharedKey, ciphertext } = encapsulated(identifier, key, "encapsulateBits");
  return { sharedKey: toArrayBuffer(sharedKey), ciphertext: toArrayBuffer(ciphertext) };
}

export async function encapsulateKey(identifier, key, sharedType, wanted) {
  const importParams = normalize(sharedType, "importKey");
  const { sharedKey, ciphertext } = encapsulated(identifier, key, "encapsulateKey");
  return {
    sharedKey: await imported("raw-secret", sharedKey, importParams, wanted),
    ciphertext: toArrayBuffer(ciphertext),
  };
}

function encapsulated(identifier, key, usage) {
  const params = normalize(identifier, "encapsulate");
  requireKeyFor(params, key, usage);
  return params.definition.encapsulate(key);
}

export function decapsulateBits(identifier, key, ciphertext) {
  return toArrayBuffer(decapsulated(identifier, key, ciphertext, "decapsulateBits"));
}

export function decapsulateKey(identifier, key, ciphertext, sharedType, wanted) {
  const importParams = normalize(sharedType, "importKey");
  return imported("raw-secret", decapsulated(identifier, key, ciphertext, "decapsulateKey"), importParams, wanted);
}

function decapsulated(identifier, key, ciphertext, usage) {
  const params = normalize(identifier, "decapsulate");
  requireKeyFor(params, key, usage);
  return params.definition.decapsulate(key, bytesIn(ciphertext));
}

function requireKeyFor({ name }, key, usage) {
  if (key.algorithm.name !== name) {
    invalidAccess(`The key is for ${key.algorithm.name}, not for ${name}.`);
  }
  if (!key.usages.includes(usage)) {
    invalidAccess(`The key may not be used for ${usage}.`);
  }
}
