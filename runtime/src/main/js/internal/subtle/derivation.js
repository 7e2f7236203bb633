// HKDF and PBKDF2 - https://w3c.github.io/webcrypto/#hkdf
import { keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { notSupported, operationError, syntaxError } from "./errors.js";
import { HkdfParams, NoParams, Pbkdf2Params } from "./parameters.js";
import { secretKey } from "./symmetric.js";
import { requireUsages } from "./usages.js";

const HASH_BYTES = {
  "SHA-1": 20, "SHA-256": 32, "SHA-384": 48, "SHA-512": 64, "SHA3-256": 32, "SHA3-384": 48, "SHA3-512": 64,
};

function derivation(name, params, checkLength, derive) {
  return {
    name,
    params: { importKey: NoParams, getKeyLength: NoParams, deriveBits: params },
    importKey(format, keyData, _params, extractable, usages) {
      if (format !== "raw" && format !== "raw-secret") {
        notSupported(`A key of ${name} has no format "${format}".`);
      }
      requireUsages(usages, ["deriveKey", "deriveBits"], `A key of ${name}`);
      if (extractable) {
        syntaxError(`A key of ${name} can't be extractable.`);
      }
      return secretKey(host.importSecret(keyData), { name }, false, usages);
    },
    getKeyLength: () => null,
    checkLength,
    deriveBits(given, key, length) {
      checkLength(given, length);
      return length === 0 ? new Uint8Array() : derive(given, keyId(key), length / 8);
    },
  };
}

function requireWholeBytes(length) {
  if (length === null || length % 8 !== 0) {
    operationError(`A length of ${length} bits is not a number of whole bytes.`);
  }
}

function checkHkdf({ hash }, length) {
  requireWholeBytes(length);
  if (length > 255 * HASH_BYTES[hash] * 8) {
    operationError(`HKDF with ${hash} gives up to ${255 * HASH_BYTES[hash] * 8} bits; ${length} were asked for.`);
  }
}

function checkPbkdf2({ iterations }, length) {
  requireWholeBytes(length);
  if (iterations === 0) {
    operationError("PBKDF2 needs at least one iteration.");
  }
}

export const derivationAlgorithms = [
  derivation("HKDF", HkdfParams, checkHkdf, ({ hash, salt, info }, id, length) => host.hkdf(hash, id, salt, info, length)),
  derivation("PBKDF2", Pbkdf2Params, checkPbkdf2, ({ hash, salt, iterations }, id, length) =>
    host.pbkdf2(hash, id, salt, iterations, length),
  ),
];
