// Buffer's text side: toString, write, fill and the *Slice and *Write methods that packages call directly.
import * as host from "host:buffer";
import { codes } from "internal:node_errors";
import { knownEncoding, requireEncoding } from "internal:buffer/encodings";
import { validateInteger, validateNumber, validateString } from "internal:validators";

const { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE, ERR_STRING_TOO_LONG } = codes;

export const kStringMaxLength = 2 ** 29 - 24;

function window(buffer, start, end) {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + start, end - start);
}

export function toText(buffer, encoding, start, end) {
  const length = buffer.length;
  const from = start <= 0 || start === undefined ? 0 : Math.trunc(start) || 0;
  if (from >= length) return "";
  const to = end === undefined || end > length ? length : Math.trunc(end) || 0;
  if (to <= from) return "";
  const known = requireEncoding(encoding === undefined ? encoding : `${encoding}`);
  if (charactersOf(to - from, known) > kStringMaxLength) throw new ERR_STRING_TOO_LONG(kStringMaxLength);
  return host.decode(from === 0 && to === length ? buffer : window(buffer, from, to), known);
}

/** At most so many, as Node counts them: of UTF-8 one for each byte. */
function charactersOf(bytes, encoding) {
  switch (encoding) {
    case "hex":
      return bytes * 2;
    case "base64":
    case "base64url":
      return Math.ceil(bytes / 3) * 4;
    case "utf16le":
      return bytes / 2;
    default:
      return bytes;
  }
}

/** write(string), write(string, encoding), write(string, offset[, length][, encoding]) */
export function writeText(buffer, string, offset, length, encoding) {
  validateString(string, "argument");
  if (offset === undefined) return put(buffer, string, 0, buffer.length, undefined);
  if (length === undefined && typeof offset === "string") return put(buffer, string, 0, buffer.length, offset);
  validateInteger(offset, "offset", 0, buffer.length);
  const remaining = buffer.length - offset;
  if (length === undefined) return put(buffer, string, offset, remaining, encoding);
  if (typeof length === "string") return put(buffer, string, offset, remaining, length);
  validateInteger(length, "length", 0, buffer.length);
  return put(buffer, string, offset, Math.min(length, remaining), encoding);
}

function put(buffer, string, offset, length, encoding) {
  return host.write(string, requireEncoding(encoding), window(buffer, offset, offset + length));
}

/** fill(value[, offset[, end]][, encoding]) */
export function fillBuffer(buffer, value, offset, end, encoding) {
  if (typeof value === "string") {
    if (typeof offset === "string") {
      encoding = offset;
      offset = end = undefined;
    } else if (typeof end === "string") {
      encoding = end;
      end = undefined;
    }
    checkFillEncoding(value, encoding);
  } else if (typeof value === "boolean") {
    value = +value;
  }
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateNumber(offset, "offset", 0);
    if (end === undefined) end = buffer.length;
    else validateNumber(end, "end", 0, buffer.length);
    if (offset >= end) return buffer;
  }
  if (offset > buffer.length) throw new ERR_OUT_OF_RANGE("offset", `>= 0 && <= ${buffer.length}`, offset);
  repeat(buffer, value, offset, end, encoding);
  return buffer;
}

function checkFillEncoding(value, encoding) {
  if (encoding !== undefined) validateString(encoding, "encoding");
  if (encoding !== undefined && encoding !== "" && knownEncoding(encoding) === undefined) {
    throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
}

function repeat(buffer, value, offset, end, encoding) {
  const { fill } = Uint8Array.prototype;
  if (typeof value !== "string" && !(value instanceof Uint8Array)) {
    fill.call(buffer, value & 255, offset, end);
    return;
  }
  const pattern = typeof value === "string" ? host.encode(value, requireEncoding(encoding)) : value;
  if (pattern.length === 0) {
    if (value.length !== 0 || typeof value !== "string") throw new ERR_INVALID_ARG_VALUE("value", value);
    fill.call(buffer, 0, offset, end);
    return;
  }
  // Doubles what is there already, natively.
  const first = Math.min(pattern.length, end - offset);
  buffer.set(first === pattern.length ? pattern : pattern.subarray(0, first), offset);
  for (let filled = first; filled < end - offset; filled *= 2) {
    buffer.copyWithin(offset + filled, offset, Math.min(offset + filled, end - filled));
  }
}

const ENCODING_METHODS = [
  ["utf8", "utf8"], ["latin1", "latin1"], ["ascii", "ascii"], ["hex", "hex"], ["base64", "base64"],
  ["base64url", "base64url"], ["ucs2", "utf16le"], ["utf16le", "utf16le"],
];

export function addTextMethods(proto) {
  for (const [name, encoding] of ENCODING_METHODS) {
    proto[`${name}Slice`] = function (start = 0, end = this.length) {
      if (start < 0 || end > this.length || start > end) throw new ERR_OUT_OF_RANGE("end", `<= ${this.length}`, end);
      return host.decode(window(this, start, end), encoding);
    };
    proto[`${name}Write`] = function (string, offset = 0, length = this.length - offset) {
      if (offset < 0 || offset > this.length) throw new ERR_BUFFER_OUT_OF_BOUNDS("offset");
      if (length < 0 || length > this.length - offset) throw new ERR_BUFFER_OUT_OF_BOUNDS("length");
      return host.write(string, encoding, window(this, offset, offset + length));
    };
  }
}
