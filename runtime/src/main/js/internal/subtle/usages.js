// What a key may be used for.
import { syntaxError } from "./errors.js";

/** In the order in which a key lists its own. */
export const USAGES = [
  "encrypt", "decrypt", "sign", "verify", "deriveKey", "deriveBits", "wrapKey", "unwrapKey",
  "encapsulateKey", "encapsulateBits", "decapsulateKey", "decapsulateBits",
];

export function requireUsages(usages, allowed, what) {
  const other = usages.find((usage) => !allowed.includes(usage));
  if (other !== undefined) {
    syntaxError(`${what} can't have the usage "${other}".`);
  }
}

export function intersection(usages, allowed) {
  return usages.filter((usage) => allowed.includes(usage));
}
