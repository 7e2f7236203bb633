// What RSA and all curves share: pairs of keys, and their formats.
import { cryptoKey, keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { dataError, invalidAccess, notSupported } from "./errors.js";
import { checkJwk, describeKey, numbersOf } from "./jwk.js";
import { intersection, requireUsages } from "./usages.js";
import { toArrayBuffer } from "./work.js";

/**
 * @param kind what an algorithm says of its keys: `publicUsages` and `privateUsages`; `use` (sig or enc) and `kty` in
 * a JWK; `family(params)`, the name of the keys' family in Java; `formats`, which of them it has besides jwk;
 * `checkJwk(jwk, params)`; `describe(id, params)`, the key's `algorithm`; `nameInJwk(key)`, its `alg` or undefined
 */
export function pairOf(kind, privateId, params, extractable, usages) {
  const publicId = host.publicKey(privateId);
  const shared = () => kind.describe(privateId, params);
  return {
    privateKey: cryptoKey(privateId, {
      type: "private", extractable, algorithm: shared(), usages: intersection(usages, kind.privateUsages),
    }),
    publicKey: cryptoKey(publicId, {
      type: "public", extractable: true, algorithm: shared(), usages: intersection(usages, kind.publicUsages),
    }),
  };
}

export function requirePairUsages(kind, usages, name) {
  requireUsages(usages, [...kind.publicUsages, ...kind.privateUsages], `A key of ${name}`);
}

export function importAsymmetric(kind, format, keyData, params, extractable, usages) {
  if (format === "jwk") {
    return importJwk(kind, keyData, params, extractable, usages);
  }
  const inJava = kind.formats[format];
  if (inJava === undefined) {
    notSupported(`${params.name} keys have no format "${format}".`);
  }
  const isPrivate = inJava === "pkcs8" || inJava === "seed";
  requireUsages(usages, isPrivate ? kind.privateUsages : kind.publicUsages, `${described(isPrivate)} key of ${params.name}`);
  const id = host.importKey(kind.family(params), inJava, keyData);
  return made(kind, id, isPrivate, params, extractable, usages);
}

function importJwk(kind, jwk, params, extractable, usages) {
  const isPrivate = jwk[kind.kty === "AKP" ? "priv" : "d"] !== undefined;
  requireUsages(usages, isPrivate ? kind.privateUsages : kind.publicUsages, `${described(isPrivate)} key of ${params.name}`);
  checkJwk(jwk, { kty: kind.kty, use: kind.use, extractable, usages });
  kind.checkJwk(jwk, params);
  const id = host.importJwk(kind.family(params), numbersOf(jwk));
  return made(kind, id, isPrivate, params, extractable, usages);
}

function described(isPrivate) {
  return isPrivate ? "A private" : "A public";
}

function made(kind, id, isPrivate, params, extractable, usages) {
  const type = isPrivate ? "private" : "public";
  return cryptoKey(id, { type, extractable, algorithm: kind.describe(id, params), usages });
}

export function exportAsymmetric(kind, format, key) {
  if (format === "jwk") {
    const jwk = JSON.parse(host.exportJwk(keyId(key)));
    const alg = kind.nameInJwk(key);
    if (alg !== undefined) {
      jwk.alg = alg;
    }
    return describeKey(jwk, key);
  }
  const inJava = kind.formats[format];
  if (inJava === undefined) {
    notSupported(`${key.algorithm.name} keys have no format "${format}".`);
  }
  const type = inJava === "pkcs8" || inJava === "seed" ? "private" : "public";
  if (key.type !== type) {
    invalidAccess(`The format "${format}" is for ${type} keys; this one is ${key.type}.`);
  }
  return toArrayBuffer(host.exportKey(keyId(key), inJava));
}

/** A JWK's `alg`, where it is there, must be one of the names. */
export function requireAlg(jwk, names) {
  if (jwk.alg !== undefined && !names.includes(jwk.alg)) {
    dataError(`The JWK's "alg" is "${jwk.alg}", not ${names.map((name) => `"${name}"`).join(" or ")}.`);
  }
}

export function requireType(key, type, what) {
  if (key.type !== type) {
    invalidAccess(`${what} takes a ${type} key.`);
  }
}

/** The public key of a private one. */
export function publicKeyOf(kind, key, usages) {
  requireUsages(usages, kind.publicUsages, `A public key of ${key.algorithm.name}`);
  const algorithm = key.algorithm;
  const id = host.publicKey(keyId(key));
  const params = { name: algorithm.name, hash: algorithm.hash?.name, namedCurve: algorithm.namedCurve };
  return cryptoKey(id, { type: "public", extractable: true, algorithm: kind.describe(id, params), usages });
}
