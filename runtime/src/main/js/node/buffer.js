// node:buffer - https://nodejs.org/api/buffer.html
import * as host from "host:buffer";
import { knownEncoding } from "internal:buffer/encodings";
import { Buffer, BufferSettings, kMaxLength, kStringMaxLength, SlowBuffer } from "internal:buffer/class";
import { codes, notSupported } from "internal:node_errors";
import { validateNumber } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength };

function bytesOf(input) {
  const buffer = ArrayBuffer.isView(input) ? input.buffer : input;
  if (buffer instanceof ArrayBuffer && buffer.detached) throw new codes.ERR_INVALID_STATE("Cannot validate on a detached buffer");
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw new ERR_INVALID_ARG_TYPE("input", ["ArrayBuffer", "Buffer", "TypedArray"], input);
}

export function isUtf8(input) {
  return host.isUtf8(bytesOf(input));
}

export function isAscii(input) {
  return host.isAscii(bytesOf(input));
}

/** Between UTF-8, UTF-16LE, Latin-1 and ASCII; what the target can't say becomes "?". */
export function transcode(source, from, to) {
  if (!(source instanceof Uint8Array)) throw new ERR_INVALID_ARG_TYPE("source", ["Buffer", "Uint8Array"], source);
  const [input, output] = [knownEncoding(from), knownEncoding(to)];
  const allowed = ["utf8", "utf16le", "latin1", "ascii"];
  if (!allowed.includes(input) || !allowed.includes(output)) {
    throw Object.assign(new Error("Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]"), { code: "U_ILLEGAL_ARGUMENT_ERROR", errno: 1 });
  }
  const text = host.decode(source, input);
  if (output === "utf8" || output === "utf16le") return Buffer.from(text, output);
  // eslint-disable-next-line no-control-regex
  return Buffer.from(text.replace(output === "ascii" ? /[^\u0000-\u007f]/gu : /[^\u0000-\u00ff]/gu, "?"), output);
}

export function resolveObjectURL(id) {
  if (typeof id !== "string") throw new ERR_INVALID_ARG_VALUE("id", id);
  throw notSupported("buffer.resolveObjectURL()");
}

const { atob: nativeAtob, btoa: nativeBtoa } = globalThis;

/** Blob and File are the Web's, looked up when asked for: they are defined later in the boot order. */
const web = {
  get Blob() {
    return globalThis.Blob;
  },
  get File() {
    return globalThis.File;
  },
};

export const { Blob, File } = web;
export { nativeAtob as atob, nativeBtoa as btoa };
export { Buffer, SlowBuffer, kMaxLength, kStringMaxLength };
export const INSPECT_MAX_BYTES = BufferSettings.INSPECT_MAX_BYTES;

const buffer = {
  Buffer, SlowBuffer, constants, kMaxLength, kStringMaxLength, isUtf8, isAscii, transcode, resolveObjectURL,
  atob: nativeAtob, btoa: nativeBtoa,
};
Object.defineProperties(buffer, Object.getOwnPropertyDescriptors(web));
Object.defineProperty(buffer, "INSPECT_MAX_BYTES", {
  enumerable: true,
  get: () => BufferSettings.INSPECT_MAX_BYTES,
  set(value) {
    validateNumber(value, "INSPECT_MAX_BYTES");
    if (Number.isNaN(value) || value < 0) {
      throw new codes.ERR_OUT_OF_RANGE("INSPECT_MAX_BYTES", ">= 0", value);
    }
    BufferSettings.INSPECT_MAX_BYTES = value;
  },
});
export default buffer;
