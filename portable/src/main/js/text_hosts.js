// host:encoding and host:buffer: text as bytes.
import * as wasi from "./wasi.js";
import { completed, notSupported } from "./unsupported.js";

const FATAL = 1;
const KEEP_BOM = 2;
const PACKED = 2 ** 26;
const SMALL_READ = 2 ** 15;
const SMALL_WRITTEN = 2 ** 16;
const CHUNK = 4096;

const UTF8_LABELS = ["utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"];
const UTF16_LABELS = ["utf-16le", "utf-16", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode", "unicodefeff"];
const LATIN1_LABELS = [
  "windows-1252", "latin1", "ascii", "us-ascii", "iso-8859-1", "iso8859-1", "iso88591", "l1", "cp1252", "x-cp1252", "cp819",
  "ibm819", "iso-ir-100", "csisolatin1", "iso_8859-1", "iso_8859-1:1987", "ansi_x3.4-1968",
];

/** windows-1252 differs from Latin 1 in 0x80 to 0x9f. */
const WINDOWS_1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

function encodingOf(label) {
  const name = label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "").toLowerCase();
  if (UTF8_LABELS.includes(name)) return "utf-8";
  if (UTF16_LABELS.includes(name)) return "utf-16le";
  if (name === "utf-16be" || name === "unicodefffe") return "utf-16be";
  if (LATIN1_LABELS.includes(name)) return "windows-1252";
  throw notSupported(`The encoding "${label}"`);
}

// ---- UTF-8 ----

/** The length of the character that starts here, or minus the length of what U+FFFD is to stand for. */
function sequenceAt(bytes, at) {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0) return -1;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    if (!(next >= (i === 1 ? low : 0x80) && next <= (i === 1 ? high : 0xbf))) return -i;
  }
  return length;
}

/** Where the first byte is that belongs to no character. */
function endOfValid(bytes) {
  const { length } = bytes;
  for (let at = 0; at < length; ) {
    if (bytes[at] < 0x80) {
      at++;
      continue;
    }
    const size = sequenceAt(bytes, at);
    if (size < 0) return at;
    at += size;
  }
  return length;
}

function isAscii(bytes) {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 0x80) return false;
  return true;
}

/** Never fails; the engine decodes what is valid. */
export function decodeUtf8(bytes) {
  const end = endOfValid(bytes);
  if (end === bytes.length) return wasi.decode(bytes);
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const rest = bytes.subarray(at);
    const valid = endOfValid(rest);
    text += wasi.decode(rest.subarray(0, valid));
    at += valid;
    if (at < bytes.length) {
      text += "\ufffd";
      at -= sequenceAt(bytes, at);
    }
  }
  return text;
}

function invalid(encoding) {
  const error = new TypeError(`The encoded data was not valid for encoding ${encoding}`);
  error.code = "ERR_ENCODING_INVALID_ENCODED_DATA";
  return error;
}

// ---- One and two bytes a unit ----

function fromUnits(length, unitAt) {
  let text = "";
  for (let at = 0; at < length; at += CHUNK) {
    const units = new Array(Math.min(CHUNK, length - at));
    for (let i = 0; i < units.length; i++) units[i] = unitAt(at + i);
    text += String.fromCharCode(...units);
  }
  return text;
}

const decodeLatin1 = (bytes) => fromUnits(bytes.length, (i) => bytes[i]);
const decodeWindows1252 = (bytes) =>
  fromUnits(bytes.length, (i) => (bytes[i] >= 0x80 && bytes[i] < 0xa0 ? WINDOWS_1252.charCodeAt(bytes[i] - 0x80) : bytes[i]));

function decodeUtf16(bytes, isBigEndian) {
  const [high, low] = isBigEndian ? [0, 1] : [1, 0];
  return fromUnits(bytes.length >> 1, (i) => (bytes[2 * i + high] << 8) | bytes[2 * i + low]);
}

/** As TextDecoder has it: what can't be a character is U+FFFD, or an error. */
function decode(encoding, bytes, flags) {
  let text;
  switch (encoding) {
    case "utf-8":
      if ((flags & FATAL) !== 0 && endOfValid(bytes) !== bytes.length) throw invalid(encoding);
      text = decodeUtf8(bytes);
      break;
    case "windows-1252":
      return decodeWindows1252(bytes);
    default: {
      text = decodeUtf16(bytes, encoding === "utf-16be");
      const isOdd = bytes.length % 2 === 1;
      if ((flags & FATAL) !== 0 && (isOdd || !text.isWellFormed())) throw invalid(encoding);
      text = text.toWellFormed() + (isOdd ? "\ufffd" : "");
    }
  }
  return (flags & KEEP_BOM) === 0 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function incompleteTail(encoding, bytes) {
  const { length } = bytes;
  if (encoding === "windows-1252") return 0;
  if (encoding !== "utf-8") {
    const odd = length % 2;
    if (length - odd < 2) return odd;
    const lead = bytes[length - odd - (encoding === "utf-16le" ? 1 : 2)];
    return odd + (lead >= 0xd8 && lead < 0xdc ? 2 : 0);
  }
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back];
    if (byte >= 0xc0) return -sequenceAt(bytes, length - back) === back && byte >= 0xc2 && byte <= 0xf4 ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Whole characters while they fit: how many units of the text, how many bytes. */
function encodeInto(text, target) {
  const bytes = wasi.encode(text);
  if (bytes.length <= target.length) {
    target.set(bytes);
    return packed(text.length, bytes.length);
  }
  let written = target.length;
  while (written > 0 && (bytes[written] & 0xc0) === 0x80) written--;
  target.set(bytes.subarray(0, written));
  return packed(wasi.decode(bytes.subarray(0, written)).length, written);
}

function packed(read, written) {
  return read < SMALL_READ && written < SMALL_WRITTEN ? read * SMALL_WRITTEN + written : -(read * PACKED + written);
}

export const encodingHost = completed("encoding", { encode: wasi.encode, encodeInto, encodingOf, decode, incompleteTail });

// ---- Node's encodings ----

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_DIGITS = `${DIGITS.slice(0, 62)}-_`;

function decodeBase64(bytes, digits, pads) {
  let text = "";
  let at = 0;
  for (; at + 2 < bytes.length; at += 3) {
    const group = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
    text += digits[group >> 18] + digits[(group >> 12) & 63] + digits[(group >> 6) & 63] + digits[group & 63];
  }
  const left = bytes.length - at;
  if (left > 0) {
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8);
    text += digits[group >> 18] + digits[(group >> 12) & 63];
    if (left === 2) text += digits[(group >> 6) & 63];
    if (pads) text += left === 2 ? "=" : "==";
  }
  return text;
}

function valueOfDigit(code) {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43 || code === 45) return 62;
  return code === 47 || code === 95 ? 63 : -1;
}

/** Both alphabets; what is no digit is passed over, and "=" ends it. */
function encodeBase64(text) {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let written = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) break;
    const value = valueOfDigit(code);
    if (value < 0) continue;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[written++] = (held >> bits) & 0xff;
    }
  }
  return bytes.slice(0, written);
}

function encodeHex(text) {
  const pairs = [];
  for (let i = 0; i + 1 < text.length; i += 2) {
    const pair = text.slice(i, i + 2);
    if (!/^[0-9a-fA-F]{2}$/.test(pair)) break;
    pairs.push(parseInt(pair, 16));
  }
  return Uint8Array.from(pairs);
}

function encodeUnits(text, bytesPerUnit) {
  const bytes = new Uint8Array(text.length * bytesPerUnit);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[i * bytesPerUnit] = unit;
    if (bytesPerUnit === 2) bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

function encode(text, encoding) {
  switch (encoding) {
    case "utf8":
      return wasi.encode(text);
    case "utf16le":
      return encodeUnits(text, 2);
    case "latin1":
    case "ascii":
      return encodeUnits(text, 1);
    case "hex":
      return encodeHex(text);
    default:
      return encodeBase64(text);
  }
}

function write(text, encoding, target) {
  const bytes = encode(text, encoding);
  let end = Math.min(bytes.length, target.length);
  if (encoding === "utf16le") end -= end % 2;
  if (encoding === "utf8") while (end > 0 && end < bytes.length && (bytes[end] & 0xc0) === 0x80) end--;
  target.set(bytes.subarray(0, end));
  return end;
}

function decodeNode(bytes, encoding) {
  switch (encoding) {
    case "utf8":
      return decodeUtf8(bytes);
    case "utf16le":
      return decodeUtf16(bytes, false);
    case "latin1":
      return decodeLatin1(bytes);
    case "ascii":
      return fromUnits(bytes.length, (i) => bytes[i] & 0x7f);
    case "hex":
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    default:
      return encoding === "base64" ? decodeBase64(bytes, DIGITS, true) : decodeBase64(bytes, URL_DIGITS, false);
  }
}

function byteLength(text, encoding) {
  switch (encoding) {
    case "utf8":
      return wasi.encode(text).length;
    case "utf16le":
      return 2 * text.length;
    case "hex":
      return text.length >>> 1;
    case "base64":
    case "base64url":
      return Math.floor((text.replace(/=+$/, "").length * 3) / 4);
    default:
      return text.length;
  }
}

function compare(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return Math.sign(a.length - b.length);
}

function indexOf(haystack, needle, from, forward, step) {
  const last = haystack.length - needle.length;
  let at = forward ? Math.ceil(Math.max(0, from) / step) * step : Math.floor(Math.min(from, last) / step) * step;
  for (; forward ? at <= last : at >= 0; at += forward ? step : -step) {
    let i = 0;
    while (i < needle.length && haystack[at + i] === needle[i]) i++;
    if (i === needle.length) return at;
  }
  return -1;
}

export const bufferHost = completed("buffer", {
  encode,
  write,
  decode: decodeNode,
  byteLength,
  compare,
  indexOf,
  isUtf8: (bytes) => endOfValid(bytes) === bytes.length,
  isAscii,
});
