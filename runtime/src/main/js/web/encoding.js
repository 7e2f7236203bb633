// TextEncoder and TextDecoder - https://encoding.spec.whatwg.org/#api
// Java does the work: this is React's hottest path, and its charsets are JavaScript's slowest loops.
import { defineInterfaces } from "internal:define";
import { bytesOf, isBufferSource, toDictionary, toDOMString } from "internal:webidl";
import { decodeLong, encodeLong } from "internal:long_utf8";
import { encodeShort, MOST_BYTES_PER_UNIT, SHORT } from "internal:short_utf8";
import * as host from "host:encoding";

const FATAL = 1;
const KEEP_BOM = 2;
/** encodeInto's two results travel in one number; EncodingHost.java has the same. */
const PACKED = 2 ** 26;
const ESCAPE = 0x1b;
const ESCAPE_SEQUENCE_LENGTH = 3;
const NOTHING = new Uint8Array(0);

export class TextEncoder {
  #brand;

  get encoding() {
    this.#brand;
    return "utf-8";
  }

  encode(input = "") {
    this.#brand;
    const text = typeof input === "string" ? input : toDOMString(input);
    return text.length <= SHORT ? encodeNew(text) : encodeLong(text);
  }

  encodeInto(source, destination) {
    this.#brand;
    const text = typeof source === "string" ? source : toDOMString(source);
    if (!(destination instanceof Uint8Array)) {
      throw new TypeError("TextEncoder.encodeInto: the destination is not a Uint8Array.");
    }
    if (text.length <= SHORT) return encodeShort(text, destination);
    const packed = host.encodeInto(text, destination);
    return packed >= 0 ? { read: packed >> 16, written: packed & 0xffff } : encodeMuch(text, destination, -packed);
  }
}

const scratch = new Uint8Array(SHORT > 0 ? SHORT * MOST_BYTES_PER_UNIT : 0);

function encodeNew(text) {
  const { written } = encodeShort(text, scratch);
  return scratch.slice(0, written);
}

/** The results of a long text come negated, with more bits for each; one call moves at most 64 MB. */
function encodeMuch(text, destination, packed) {
  let written = packed % PACKED;
  let read = (packed - written) / PACKED;
  if (written > PACKED - 5) {
    const rest = TextEncoder.prototype.encodeInto.call(
      new TextEncoder(),
      text.slice(read),
      destination.subarray(written),
    );
    read += rest.read;
    written += rest.written;
  }
  return { read, written };
}

export class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #flags;
  /** While decoding in chunks: bytes to put before the next chunk; null between streams. */
  #pending = null;
  #bomSeen = false;

  constructor(label = "utf-8", options = undefined) {
    const name = label === "utf-8" ? "utf-8" : host.encodingOf(toDOMString(label));
    const { fatal, ignoreBOM } = toDictionary(options, "TextDecoder constructor");
    if (name === undefined || name === "replacement") {
      const error = new RangeError(`The "${label}" encoding is not supported`);
      error.code = "ERR_ENCODING_NOT_SUPPORTED";
      throw error;
    }
    this.#encoding = name;
    this.#fatal = Boolean(fatal);
    this.#ignoreBOM = Boolean(ignoreBOM);
    this.#flags = (this.#fatal ? FATAL : 0) | (this.#ignoreBOM ? KEEP_BOM : 0);
  }

  get encoding() {
    return this.#encoding;
  }
  get fatal() {
    return this.#fatal;
  }
  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  decode(input = undefined, options = undefined) {
    const encoding = this.#encoding;
    const bytes = input === undefined ? NOTHING : toBytes(input);
    const stream = options !== undefined && Boolean(toDictionary(options, "TextDecoder.decode").stream);
    if (this.#pending === null && !stream) {
      return decodeWhole(encoding, bytes, this.#flags);
    }
    return this.#decodeChunk(bytes, stream);
  }

  #decodeChunk(chunk, stream) {
    const bytes = joined(this.#pending, chunk);
    const encoding = this.#encoding;
    const end = bytes.length - (stream ? host.incompleteTail(encoding, bytes) : 0);
    const complete = bytes.subarray(0, end);
    const flags = this.#bomSeen ? this.#flags | KEEP_BOM : this.#flags;
    this.#pending = null;
    const wasSeen = this.#bomSeen;
    this.#bomSeen = false;
    const text = decodeWhole(encoding, complete, flags);
    if (stream) {
      this.#bomSeen = wasSeen || end > 0;
      this.#pending = carried(encoding, bytes, end);
    }
    return text;
  }
}

function decodeWhole(encoding, bytes, flags) {
  return encoding === "utf-8" ? decodeLong(bytes, flags) : host.decode(encoding, bytes, flags);
}

/** ISO-2022-JP has modes: the escape sequence in force goes before the next chunk. */
function carried(encoding, bytes, end) {
  const tail = bytes.slice(end);
  if (encoding !== "iso-2022-jp") {
    return tail;
  }
  const escape = bytes.lastIndexOf(ESCAPE, end - ESCAPE_SEQUENCE_LENGTH);
  return escape < 0 || end < ESCAPE_SEQUENCE_LENGTH
    ? tail
    : joined(bytes.slice(escape, escape + ESCAPE_SEQUENCE_LENGTH), tail);
}

function joined(first, second) {
  if (first === null || first.length === 0) {
    return second;
  }
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function toBytes(input) {
  if (!isBufferSource(input) && !(input instanceof SharedArrayBuffer)) {
    const error = new TypeError("TextDecoder.decode: the input is neither an ArrayBuffer nor a view of one.");
    error.code = "ERR_INVALID_ARG_TYPE";
    throw error;
  }
  return bytesOf(input);
}

defineInterfaces({ TextEncoder, TextDecoder });
