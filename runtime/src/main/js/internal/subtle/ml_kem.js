// ML-KEM - https://wicg.github.io/webcrypto-modern-algos/#ml-kem
import { keyId } from "../../web/crypto_key.js";
import * as host from "host:subtle";
import { requireType } from "./asymmetric.js";
import { curveAlgorithm, latticeKind } from "./curves.js";
import { NoParams } from "./parameters.js";

const SECRET_BYTES = 32;
const USAGES = {
  publicUsages: ["encapsulateKey", "encapsulateBits"],
  privateUsages: ["decapsulateKey", "decapsulateBits"],
  use: "enc",
};

const operations = {
  /** The shared secret, and what the other side is sent. */
  encapsulate(key) {
    requireType(key, "public", "encapsulate");
    const both = host.encapsulate(keyId(key));
    return { sharedKey: both.slice(0, SECRET_BYTES), ciphertext: both.slice(SECRET_BYTES) };
  },
  decapsulate(key, ciphertext) {
    requireType(key, "private", "decapsulate");
    return host.decapsulate(keyId(key), ciphertext);
  },
};

export const mlKemAlgorithms = ["ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"].map((name) =>
  curveAlgorithm(name, latticeKind(name, USAGES), NoParams, { encapsulate: NoParams, decapsulate: NoParams }, operations),
);
