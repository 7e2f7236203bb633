// "AB:CD:…", a digest of a certificate's bytes.
import { createHash } from "node:crypto";

export function hash(algorithm, bytes) {
  return createHash(algorithm).update(bytes).digest("hex").toUpperCase().match(/../g).join(":");
}
