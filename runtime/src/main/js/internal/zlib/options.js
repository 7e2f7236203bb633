// Options of zlib's classes, checked as Node checks them.
import { Buffer } from "internal:buffer/class";
import { constants } from "internal:zlib/constants";
import { codes, notSupported } from "internal:node_errors";
import { isAnyArrayBuffer } from "internal:types";

const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;
const LARGEST_BUFFER = 2 ** 32;
const BINARY = ["Buffer", "TypedArray", "DataView", "ArrayBuffer"];

/** The modes that compress. */
const COMPRESSES = [constants.DEFLATE, constants.GZIP, constants.DEFLATERAW];
/** Those that take the size of the window from the stream when it is given as 0. */
const KNOW_THEIR_WINDOW = [constants.INFLATE, constants.GUNZIP, constants.UNZIP];

export function checkedNumber(value, name, low, high, fallback) {
  if (value === undefined || Number.isNaN(value)) return fallback;
  if (typeof value !== "number") throw new ERR_INVALID_ARG_TYPE(name, "number", value);
  if (value < low || value > high || !Number.isFinite(value)) {
    const range = high === Infinity ? `>= ${low}` : `>= ${low} and <= ${high}`;
    throw new ERR_OUT_OF_RANGE(name, range, value);
  }
  return value;
}

/** { chunkSize, flush, finishFlush, maxOutputLength, info, level, strategy, dictionary } */
export function streamOptions(given, mode) {
  const options = given ?? {};
  const number = (name, low, high, fallback) => checkedNumber(options[name], `options.${name}`, low, high, fallback);
  const checked = {
    chunkSize: number("chunkSize", constants.Z_MIN_CHUNK, Infinity, constants.Z_DEFAULT_CHUNK),
    flush: number("flush", constants.Z_NO_FLUSH, constants.Z_BLOCK, constants.Z_NO_FLUSH),
    finishFlush: number("finishFlush", constants.Z_NO_FLUSH, constants.Z_BLOCK, constants.Z_FINISH),
    maxOutputLength: number("maxOutputLength", 1, LARGEST_BUFFER, LARGEST_BUFFER),
    info: Boolean(options.info),
    level: level(options.level, "options.level"),
    strategy: strategy(options.strategy, "options.strategy"),
    dictionary: dictionary(options.dictionary),
  };
  // Another memLevel changes nothing that anyone could see: the JDK's zlib has one of its own.
  number("memLevel", constants.Z_MIN_MEMLEVEL, constants.Z_MAX_MEMLEVEL, constants.Z_DEFAULT_MEMLEVEL);
  checkWindow(options.windowBits, mode);
  return checked;
}

export function level(value, name) {
  return checkedNumber(value, name, constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL, constants.Z_DEFAULT_LEVEL);
}

export function strategy(value, name) {
  return checkedNumber(value, name, constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_DEFAULT_STRATEGY);
}

/** The JDK knows the first three. The others make no stream that reads differently, only a longer or shorter one. */
export function hostStrategy(value) {
  return value > constants.Z_HUFFMAN_ONLY ? constants.Z_DEFAULT_STRATEGY : value;
}

/** Every stream can be read with the largest window, but none can be written with less. */
function checkWindow(value, mode) {
  if (value === 0 && KNOW_THEIR_WINDOW.includes(mode)) return;
  const low = mode === constants.GZIP ? constants.Z_MIN_WINDOWBITS + 1 : constants.Z_MIN_WINDOWBITS;
  const { Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS } = constants;
  const bits = checkedNumber(value, "options.windowBits", low, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
  if (bits < Z_MAX_WINDOWBITS && COMPRESSES.includes(mode)) {
    throw notSupported(`Compressing with windowBits ${bits}`, "the JDK's zlib compresses with 15 only");
  }
}

function dictionary(value) {
  if (value === undefined) return undefined;
  if (!ArrayBuffer.isView(value) && !isAnyArrayBuffer(value)) {
    throw new ERR_INVALID_ARG_TYPE("options.dictionary", BINARY, value);
  }
  return plainBytes(value);
}

export function plainBytes(value) {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

/** The input of a whole compression at once. */
export function inputBytes(value) {
  if (typeof value === "string") return plainBytes(Buffer.from(value));
  if (!ArrayBuffer.isView(value) && !isAnyArrayBuffer(value)) {
    throw new ERR_INVALID_ARG_TYPE("buffer", ["string", ...BINARY], value);
  }
  return plainBytes(value);
}
