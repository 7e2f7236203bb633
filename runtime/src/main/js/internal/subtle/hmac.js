// HMAC - https://w3c.github.io/webcrypto/#hmac
import { keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { BLOCK_BITS } from "./digest.js";
import { dataError, operationError } from "./errors.js";
import { HmacKeyParams, NoParams } from "./parameters.js";
import { exportSecret, secretBytes, secretKey } from "./symmetric.js";
import { requireUsages } from "./usages.js";

const FORMATS = ["raw", "raw-secret"];
const USAGES = ["sign", "verify"];
const ALGS = { "SHA-1": "HS1", "SHA-256": "HS256", "SHA-384": "HS384", "SHA-512": "HS512" };
const MAX_BITS = 1 << 23;

function describe(hash, length) {
  return { name: "HMAC", length, hash: { name: hash } };
}

function lengthOf({ hash, length = BLOCK_BITS[hash] }) {
  if (length === 0 || length > MAX_BITS) {
    operationError(`A key of HMAC can have 1 to ${MAX_BITS} bits; ${length} were asked for.`);
  }
  return length;
}

/** Bits beyond the length are zero. */
function cut(bytes, length) {
  const key = bytes.slice(0, Math.ceil(length / 8));
  if (length % 8 !== 0) {
    key[key.length - 1] &= 0xff << (8 - (length % 8));
  }
  return key;
}

/** The length asked for may leave out some bits of the last byte. */
function importedLength(bytes, length = bytes.length * 8) {
  if (bytes.length === 0 || bytes.length * 8 > MAX_BITS) {
    dataError(`A key of HMAC can have 1 to ${MAX_BITS} bits; this one has ${bytes.length * 8}.`);
  }
  if (length > bytes.length * 8 || length <= bytes.length * 8 - 8) {
    dataError(`The key's ${bytes.length * 8} bits do not fit the length ${length}.`);
  }
  return length;
}

export const hmacAlgorithms = [
  {
    name: "HMAC",
    params: {
      generateKey: HmacKeyParams, importKey: HmacKeyParams, exportKey: NoParams, getKeyLength: HmacKeyParams,
      sign: NoParams, verify: NoParams,
    },
    checkGenerate: lengthOf,
    generateKey(params, extractable, usages) {
      requireUsages(usages, USAGES, "A key of HMAC");
      const length = lengthOf(params);
      const id = host.generateSecret(Math.ceil(length / 8));
      return secretKey(id, describe(params.hash, length), extractable, usages);
    },
    importKey(format, keyData, { hash, length: asked }, extractable, usages) {
      requireUsages(usages, USAGES, "A key of HMAC");
      const expected = { formats: FORMATS, use: "sig", extractable, usages, algFor: () => ALGS[hash] };
      const bytes = secretBytes(format, keyData, expected);
      const length = importedLength(bytes, asked);
      return secretKey(host.importSecret(cut(bytes, length)), describe(hash, length), extractable, usages);
    },
    exportKey: (format, key) => exportSecret(format, key, FORMATS, ALGS[key.algorithm.hash.name]),
    getKeyLength: lengthOf,
    sign: (_params, key, data) => host.sign("HMAC", key.algorithm.hash.name, keyId(key), data, 0),
    verify: (_params, key, signature, data) =>
      host.verify("HMAC", key.algorithm.hash.name, keyId(key), data, 0, signature),
  },
];
