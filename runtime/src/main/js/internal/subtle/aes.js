// AES-CBC, AES-CTR, AES-GCM, AES-KW - https://w3c.github.io/webcrypto/#aes-ctr
// ChaCha20-Poly1305 - https://wicg.github.io/webcrypto-modern-algos/#chacha20-poly1305
import { keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { dataError, operationError } from "./errors.js";
import { AeadParams, AesCbcParams, AesCtrParams, AesKeyParams, NoParams } from "./parameters.js";
import { exportSecret, secretBytes, secretKey } from "./symmetric.js";
import { requireUsages } from "./usages.js";

const AES_LENGTHS = [128, 192, 256];
const GCM_TAGS = [32, 64, 96, 104, 112, 120, 128];
const CIPHER_USAGES = ["encrypt", "decrypt", "wrapKey", "unwrapKey"];
const NONE = new Uint8Array();

function cipher({ name, usages, formats, lengths, keyParams, algFor, describe, params, operations }) {
  return {
    name,
    params: { generateKey: keyParams, importKey: NoParams, exportKey: NoParams, getKeyLength: keyParams, ...params },
    checkGenerate: ({ length = lengths[0] }) => requireLength(name, length, lengths),
    generateKey({ length = lengths[0] }, extractable, given) {
      requireUsages(given, usages, `A key of ${name}`);
      requireLength(name, length, lengths);
      return secretKey(host.generateSecret(length / 8), describe(length), extractable, given);
    },
    importKey(format, keyData, _params, extractable, given) {
      requireUsages(given, usages, `A key of ${name}`);
      const expected = { formats, use: "enc", extractable, usages: given, algFor: (bytes) => algFor(bytes.length * 8) };
      const bytes = secretBytes(format, keyData, expected);
      if (!lengths.includes(bytes.length * 8)) {
        dataError(`A key of ${name} can't have ${bytes.length * 8} bits.`);
      }
      return secretKey(host.importSecret(bytes), describe(bytes.length * 8), extractable, given);
    },
    exportKey: (format, key) => exportSecret(format, key, formats, algFor(key.algorithm.length)),
    getKeyLength({ length = lengths[0] }) {
      requireLength(name, length, lengths);
      return length;
    },
    ...operations,
  };
}

function requireLength(name, length, lengths) {
  if (!lengths.includes(length)) {
    operationError(`A key of ${name} can't have ${length} bits.`);
  }
}

function aes(mode, usages, params, operations) {
  const name = `AES-${mode}`;
  return cipher({
    name,
    usages,
    formats: ["raw", "raw-secret"],
    lengths: AES_LENGTHS,
    keyParams: AesKeyParams,
    algFor: (length) => `A${length}${mode}`,
    describe: (length) => ({ name, length }),
    params,
    operations,
  });
}

function requireBytes(bytes, length, what) {
  if (bytes.length !== length) {
    operationError(`The ${what} has ${bytes.length} bytes instead of ${length}.`);
  }
}

function cbc(run) {
  return ({ iv }, key, data) => {
    requireBytes(iv, 16, "iv");
    return run(keyId(key), data, iv);
  };
}

function ctr({ counter, length }, key, data) {
  requireBytes(counter, 16, "counter");
  if (length < 1 || length > 128) {
    operationError(`A counter can't have ${length} bits.`);
  }
  return host.ctr(keyId(key), data, counter, length);
}

function gcm(run) {
  return ({ iv, additionalData = NONE, tagLength = 128 }, key, data) => {
    if (!GCM_TAGS.includes(tagLength)) {
      operationError(`A tag of AES-GCM can't have ${tagLength} bits.`);
    }
    return run(keyId(key), data, iv, additionalData, tagLength);
  };
}

function chaCha(run) {
  return ({ iv, additionalData = NONE, tagLength = 128 }, key, data) => {
    requireBytes(iv, 12, "iv");
    if (tagLength !== 128) {
      operationError(`A tag of ChaCha20-Poly1305 can't have ${tagLength} bits.`);
    }
    return run(keyId(key), data, iv, additionalData, tagLength);
  };
}

export const aesAlgorithms = [
  aes("CBC", CIPHER_USAGES, { encrypt: AesCbcParams, decrypt: AesCbcParams }, {
    encrypt: cbc(host.encryptCbc), decrypt: cbc(host.decryptCbc),
  }),
  aes("CTR", CIPHER_USAGES, { encrypt: AesCtrParams, decrypt: AesCtrParams }, { encrypt: ctr, decrypt: ctr }),
  aes("GCM", CIPHER_USAGES, { encrypt: AeadParams, decrypt: AeadParams }, {
    encrypt: gcm(host.encryptGcm), decrypt: gcm(host.decryptGcm),
  }),
  aes("KW", ["wrapKey", "unwrapKey"], { wrapKey: NoParams, unwrapKey: NoParams }, {
    wrapKey: (_params, key, data) => host.wrapAes(keyId(key), data),
    unwrapKey: (_params, key, data) => host.unwrapAes(keyId(key), data),
  }),
  cipher({
    name: "ChaCha20-Poly1305",
    usages: CIPHER_USAGES,
    formats: ["raw-secret"],
    lengths: [256],
    keyParams: NoParams,
    algFor: () => "C20P",
    describe: () => ({ name: "ChaCha20-Poly1305" }),
    params: { encrypt: AeadParams, decrypt: AeadParams },
    operations: { encrypt: chaCha(host.encryptChaCha), decrypt: chaCha(host.decryptChaCha) },
  }),
];
