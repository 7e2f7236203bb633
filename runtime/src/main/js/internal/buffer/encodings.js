// The names of Buffer's encodings.
import { codes } from "internal:node_errors";

const NAMES = {
  __proto__: null,
  utf8: "utf8", "utf-8": "utf8", ucs2: "utf16le", "ucs-2": "utf16le", utf16le: "utf16le", "utf-16le": "utf16le",
  latin1: "latin1", binary: "latin1", base64: "base64", base64url: "base64url", hex: "hex", ascii: "ascii",
};

/** The canonical name, or undefined. An absent encoding means UTF-8. */
export function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === "") return "utf8";
  return knownEncoding(encoding);
}

export function knownEncoding(encoding) {
  if (typeof encoding !== "string") return undefined;
  return NAMES[encoding] ?? NAMES[encoding.toLowerCase()];
}

export function requireEncoding(encoding) {
  const known = normalizeEncoding(encoding);
  if (known === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return known;
}
