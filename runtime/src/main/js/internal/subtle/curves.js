// ECDSA and ECDH - https://w3c.github.io/webcrypto/#ecdsa; Ed25519 and X25519 - https://w3c.github.io/webcrypto/#ed25519;
// Ed448, X448 - https://wicg.github.io/webcrypto-secure-curves/; ML-DSA - https://wicg.github.io/webcrypto-modern-algos/
import { keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { exportAsymmetric, importAsymmetric, pairOf, requireAlg, requirePairUsages, requireType } from "./asymmetric.js";
import { dataError, invalidAccess, notSupported, operationError } from "./errors.js";
import { ContextParams, EcKeyParams, HashParams, KeyDeriveParams, NoParams } from "./parameters.js";

const NIST_CURVES = { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" };
const RAW_PUBLIC = { raw: "raw", "raw-public": "raw" };

const SIGNING = { publicUsages: ["verify"], privateUsages: ["sign"], use: "sig" };
const AGREEING = { publicUsages: [], privateUsages: ["deriveKey", "deriveBits"], use: "enc" };

function algorithm(name, kind, keyParams, params, operations) {
  return {
    name,
    kind,
    params: { generateKey: keyParams, importKey: keyParams, exportKey: NoParams, ...params },
    checkGenerate: (given) => kind.checkCurve?.(given),
    generateKey(given, extractable, usages) {
      requirePairUsages(kind, usages, name);
      kind.checkCurve?.(given);
      return pairOf(kind, host.generateKey(kind.family(given)), given, extractable, usages);
    },
    importKey(format, keyData, given, ...rest) {
      kind.checkCurve?.(given);
      return importAsymmetric(kind, format, keyData, given, ...rest);
    },
    exportKey: (format, key) => exportAsymmetric(kind, format, key),
    ...operations,
  };
}

/** The curve is a parameter. */
function nist(name, usages, algFor) {
  return {
    ...usages,
    kty: "EC",
    formats: { spki: "spki", pkcs8: "pkcs8", ...RAW_PUBLIC },
    family: ({ namedCurve }) => namedCurve,
    describe: (_id, { namedCurve }) => ({ name, namedCurve }),
    nameInJwk: () => undefined,
    checkCurve({ namedCurve }) {
      if (!Object.hasOwn(NIST_CURVES, namedCurve)) {
        notSupported(`The curve "${namedCurve}" is not supported.`);
      }
    },
    checkJwk(jwk, { namedCurve }) {
      requireCrv(jwk, namedCurve);
      algFor(jwk, namedCurve);
    },
  };
}

/** The curve is the algorithm. */
function named(name, usages, algs) {
  return {
    ...usages,
    kty: "OKP",
    formats: { spki: "spki", pkcs8: "pkcs8", ...RAW_PUBLIC },
    family: () => name,
    describe: () => ({ name }),
    nameInJwk: () => algs[0],
    checkJwk(jwk) {
      requireCrv(jwk, name);
      if (algs.length > 0) {
        requireAlg(jwk, algs);
      }
    },
  };
}

function requireCrv(jwk, name) {
  if (jwk.crv !== name) {
    dataError(`The JWK's "crv" is not "${name}".`);
  }
}

const deriving = {
  /** At most as many bits as the curve gives; null means all. */
  deriveBits(params, key, length) {
    requireType(key, "private", "deriveBits()");
    requirePartner(params.public, key);
    const shared = host.agree(keyId(key), keyId(params.public));
    return length === null ? shared : firstBits(shared, length);
  },
};

function requirePartner(partner, key) {
  if (partner.type !== "public") {
    invalidAccess("The 'public' key is not a public key.");
  }
  const { name, namedCurve } = key.algorithm;
  if (partner.algorithm.name !== name || partner.algorithm.namedCurve !== namedCurve) {
    invalidAccess("The 'public' key is of another algorithm or curve.");
  }
}

function firstBits(bytes, length) {
  if (length > bytes.length * 8) {
    operationError(`The shared secret has ${bytes.length * 8} bits; ${length} were asked for.`);
  }
  const first = bytes.slice(0, Math.ceil(length / 8));
  if (length % 8 !== 0) {
    first[first.length - 1] &= 0xff << (8 - (length % 8));
  }
  return first;
}

/** A signature whose hash is a parameter. */
const hashed = {
  sign({ hash }, key, data) {
    requireType(key, "private", "sign()");
    return host.sign("ECDSA", hash, keyId(key), data, 0);
  },
  verify({ hash }, key, signature, data) {
    requireType(key, "public", "verify()");
    return host.verify("ECDSA", hash, keyId(key), data, 0, signature);
  },
};

const unhashed = {
  sign({ name, context }, key, data) {
    requireType(key, "private", "sign()");
    requireNoContext(context, name);
    return host.sign(name, "", keyId(key), data, 0);
  },
  verify({ name, context }, key, signature, data) {
    requireType(key, "public", "verify()");
    requireNoContext(context, name);
    return host.verify(name, "", keyId(key), data, 0, signature);
  },
};

function requireNoContext(context, name) {
  if (context !== undefined && context.length > 0) {
    operationError(`${name} with a context is not supported.`);
  }
}

function nistAlgorithms() {
  const ecdsa = nist("ECDSA", SIGNING, (jwk, curve) => requireAlg(jwk, [NIST_CURVES[curve]]));
  const ecdh = nist("ECDH", AGREEING, () => undefined);
  return [
    algorithm("ECDSA", ecdsa, EcKeyParams, { sign: HashParams, verify: HashParams }, hashed),
    algorithm("ECDH", ecdh, EcKeyParams, { deriveBits: KeyDeriveParams }, deriving),
  ];
}

function edwards(name, params) {
  return algorithm(name, named(name, SIGNING, [name, "EdDSA"]), NoParams, { sign: params, verify: params }, unhashed);
}

function montgomery(name) {
  return algorithm(name, named(name, AGREEING, []), NoParams, { deriveBits: KeyDeriveParams }, deriving);
}

/** Keys of lattices: their JWK is of the kind AKP, and a private key's raw format is its seed. */
export function latticeKind(name, usages) {
  return {
    ...usages,
    kty: "AKP",
    formats: { spki: "spki", pkcs8: "pkcs8", "raw-public": "raw", "raw-seed": "seed" },
    family: () => name,
    describe: () => ({ name }),
    nameInJwk: () => name,
    checkJwk(jwk) {
      if (jwk.alg !== name) {
        dataError(`The JWK's "alg" is not "${name}".`);
      }
    },
  };
}

function mlDsa(name) {
  return algorithm(name, latticeKind(name, SIGNING), NoParams, { sign: ContextParams, verify: ContextParams }, unhashed);
}

export { algorithm as curveAlgorithm };

export const curveAlgorithms = [
  ...nistAlgorithms(),
  edwards("Ed25519", NoParams), edwards("Ed448", ContextParams), montgomery("X25519"), montgomery("X448"),
  mlDsa("ML-DSA-44"), mlDsa("ML-DSA-65"), mlDsa("ML-DSA-87"),
];
