// node:string_decoder - https://nodejs.org/api/string_decoder.html
// Bytes of a character that a chunk cuts in two wait here for the rest.
import * as host from "host:buffer";
import { Buffer } from "internal:buffer/class";
import { knownEncoding } from "internal:buffer/encodings";
import { codes } from "internal:node_errors";

const { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING } = codes;

const EMPTY = new Uint8Array(0);

export function StringDecoder(encoding) {
  const known = encoding === undefined || encoding === null || encoding === "" ? "utf8" : knownEncoding(String(encoding));
  if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = known;
  this.pending = EMPTY;
}

StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === "string") return chunk;
  if (!ArrayBuffer.isView(chunk)) throw new ERR_INVALID_ARG_TYPE("buf", ["Buffer", "TypedArray", "DataView"], chunk);
  let bytes = chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (this.pending.length > 0) {
    const joined = new Uint8Array(this.pending.length + bytes.length);
    joined.set(this.pending);
    joined.set(bytes, this.pending.length);
    bytes = joined;
  }
  const cut = bytes.length - incompleteBytes(bytes, this.encoding);
  this.pending = cut === bytes.length ? EMPTY : bytes.slice(cut);
  return cut === 0 ? "" : host.decode(cut === bytes.length ? bytes : bytes.subarray(0, cut), this.encoding);
};

StringDecoder.prototype.end = function end(chunk) {
  const text = chunk === undefined ? "" : this.write(chunk);
  const rest = this.pending;
  this.pending = EMPTY;
  return rest.length === 0 ? text : text + host.decode(rest, this.encoding);
};

StringDecoder.prototype.text = function text(chunk, offset) {
  this.pending = EMPTY;
  return this.write(chunk.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastNeed: { configurable: true, enumerable: true, get() { return missingBytes(this.pending, this.encoding); } },
  lastTotal: {
    configurable: true,
    enumerable: true,
    get() { return this.pending.length + missingBytes(this.pending, this.encoding); },
  },
  lastChar: {
    configurable: true,
    enumerable: true,
    get() {
      const bytes = Buffer.alloc(4);
      bytes.set(this.pending);
      return bytes;
    },
  },
});

/** How many bytes at the end belong to a character, or a base64 group, that isn't whole yet. */
function incompleteBytes(bytes, encoding) {
  switch (encoding) {
    case "utf8":
      return incompleteUtf8(bytes);
    case "utf16le":
      return incompleteUtf16(bytes);
    case "base64":
    case "base64url":
      return bytes.length % 3;
    default:
      return 0;
  }
}

function incompleteUtf8(bytes) {
  const length = bytes.length;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) && isValidStart(bytes, length - back, back) ? back : 0;
  }
  return 0;
}

function sequenceLength(lead) {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** False when the second byte already rules the sequence out (overlong forms, surrogates, above U+10FFFF). */
function isValidStart(bytes, start, count) {
  if (count < 2) return true;
  const [lead, second] = [bytes[start], bytes[start + 1]];
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  return lead !== 0xf4 || second < 0x90;
}

function incompleteUtf16(bytes) {
  const odd = bytes.length % 2;
  const high = bytes.length - odd - 1;
  const cutsPair = high >= 1 && bytes[high] >= 0xd8 && bytes[high] <= 0xdb;
  return cutsPair ? odd + 2 : odd;
}

function missingBytes(pending, encoding) {
  if (pending.length === 0) return 0;
  if (encoding === "utf8") return sequenceLength(pending[0]) - pending.length;
  if (encoding === "utf16le") return pending.length % 2 === 1 ? 1 : 2;
  return 3 - pending.length;
}

export default { StringDecoder };
