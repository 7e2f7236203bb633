// RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP - https://w3c.github.io/webcrypto/#rsassa-pkcs1
import { keyId } from "../../web/crypto_key.js";
import { completion } from "internal:completions";
import * as host from "host:subtle";
import { exportAsymmetric, importAsymmetric, pairOf, requireAlg, requirePairUsages, requireType } from "./asymmetric.js";
import { dataError, notSupported, syntaxError } from "./errors.js";
import { HashParams, NoParams, RsaHashedKeyGenParams, RsaOaepParams, RsaPssParams } from "./parameters.js";
import { intersection } from "./usages.js";

const CRT_MEMBERS = ["p", "q", "dp", "dq", "qi"];

function rsa({ name, use, publicUsages, privateUsages, algs, params, operations }) {
  const kind = {
    kty: "RSA",
    use,
    publicUsages,
    privateUsages,
    formats: { spki: "spki", pkcs8: "pkcs8" },
    family: () => "RSA",
    describe: (id, { hash }) => ({
      name,
      modulusLength: host.modulusLength(id),
      publicExponent: host.publicExponent(id),
      hash: { name: hash },
    }),
    nameInJwk: (key) => algs[key.algorithm.hash.name],
    checkJwk(jwk, { hash }) {
      checkMembers(jwk);
      requireAlg(jwk, [algs[hash]]);
    },
  };
  return {
    name,
    kind,
    params: { generateKey: RsaHashedKeyGenParams, importKey: HashParams, exportKey: NoParams, ...params },
    checkGenerate: checkParameters,
    generateKey: (given, extractable, usages) => generateKey(kind, given, extractable, usages),
    importKey: (...args) => importAsymmetric(kind, ...args),
    exportKey: (format, key) => exportAsymmetric(kind, format, key),
    ...operations,
  };
}

async function generateKey(kind, params, extractable, usages) {
  requirePairUsages(kind, usages, params.name);
  checkParameters(params);
  if (intersection(usages, kind.privateUsages).length === 0) {
    syntaxError("A private key needs a usage.");
  }
  const id = await completion(host.generateRsa(params.modulusLength, params.publicExponent));
  return pairOf(kind, id, params, extractable, usages);
}

function checkParameters({ modulusLength, publicExponent }) {
  host.checkRsa(modulusLength, publicExponent);
}

function checkMembers(jwk) {
  if (jwk.oth !== undefined) {
    notSupported("RSA keys with more than two primes are not supported.");
  }
  if (jwk.d !== undefined && CRT_MEMBERS.some((member) => jwk[member] === undefined)) {
    dataError("The JWK of a private RSA key needs its primes: p, q, dp, dq and qi.");
  }
}

function signing(saltLengthOf) {
  return {
    sign(params, key, data) {
      requireType(key, "private", "sign()");
      return host.sign(key.algorithm.name, key.algorithm.hash.name, keyId(key), data, saltLengthOf(params));
    },
    verify(params, key, signature, data) {
      requireType(key, "public", "verify()");
      const { name, hash } = key.algorithm;
      return host.verify(name, hash.name, keyId(key), data, saltLengthOf(params), signature);
    },
  };
}

const encryption = {
  encrypt({ label = new Uint8Array() }, key, data) {
    requireType(key, "public", "encrypt()");
    return host.encryptOaep(keyId(key), data, key.algorithm.hash.name, label);
  },
  decrypt({ label = new Uint8Array() }, key, data) {
    requireType(key, "private", "decrypt()");
    return host.decryptOaep(keyId(key), data, key.algorithm.hash.name, label);
  },
};

export const rsaAlgorithms = [
  rsa({
    name: "RSASSA-PKCS1-v1_5",
    use: "sig",
    publicUsages: ["verify"],
    privateUsages: ["sign"],
    algs: { "SHA-1": "RS1", "SHA-256": "RS256", "SHA-384": "RS384", "SHA-512": "RS512" },
    params: { sign: NoParams, verify: NoParams },
    operations: signing(() => 0),
  }),
  rsa({
    name: "RSA-PSS",
    use: "sig",
    publicUsages: ["verify"],
    privateUsages: ["sign"],
    algs: { "SHA-1": "PS1", "SHA-256": "PS256", "SHA-384": "PS384", "SHA-512": "PS512" },
    params: { sign: RsaPssParams, verify: RsaPssParams },
    operations: signing(({ saltLength }) => saltLength),
  }),
  rsa({
    name: "RSA-OAEP",
    use: "enc",
    publicUsages: ["encrypt", "wrapKey"],
    privateUsages: ["decrypt", "unwrapKey"],
    algs: { "SHA-1": "RSA-OAEP", "SHA-256": "RSA-OAEP-256", "SHA-384": "RSA-OAEP-384", "SHA-512": "RSA-OAEP-512" },
    params: { encrypt: RsaOaepParams, decrypt: RsaOaepParams },
    operations: encryption,
  }),
];
