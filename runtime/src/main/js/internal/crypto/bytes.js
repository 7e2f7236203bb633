// What node:crypto takes for bytes, and gives.
import { Buffer } from "internal:buffer/class";
import { codes } from "internal:node_errors";
import { isAnyArrayBuffer } from "internal:types";

const { ERR_INVALID_ARG_TYPE } = codes;

export function encoded(data, encoding, name = "data") {
  if (typeof data === "string") return Buffer.from(data, encoding === "buffer" ? "utf8" : encoding);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isAnyArrayBuffer(data)) return new Uint8Array(data);
  throw new ERR_INVALID_ARG_TYPE(name, ["string", "Buffer", "TypedArray", "DataView"], data);
}

export function answer(bytes, encoding) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === undefined || encoding === "buffer" ? buffer : buffer.toString(encoding);
}

const HASHES = {
  sha1: "SHA-1", sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512",
  "sha3-256": "SHA3-256", "sha3-384": "SHA3-384", "sha3-512": "SHA3-512",
};

/** OpenSSL's names of hashes, as host:subtle has them; undefined for others. */
export function hashName(digest) {
  return HASHES[digest.toLowerCase().replace(/^rsa-|-?with.*$/g, "").replace(/^sha-(?=\d)/, "sha")];
}
