// SHA - https://w3c.github.io/webcrypto/#sha and the SHA-3 functions of the modern algorithms' draft
import * as host from "host:subtle";
import { NoParams } from "./parameters.js";

const NAMES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512"];

export const digestAlgorithms = NAMES.map((name) => ({
  name,
  params: { digest: NoParams },
  digest: (_params, data) => host.digest(name, data),
}));

/** The block sizes, in bits, that HMAC keys have unless told otherwise. */
export const BLOCK_BITS = {
  "SHA-1": 512, "SHA-256": 512, "SHA-384": 1024, "SHA-512": 1024, "SHA3-256": 1088, "SHA3-384": 832, "SHA3-512": 576,
};
