// Options of zlib's classes, checked as Node checks them.
import { Buffer } from "internal:buffer/class";
import { constants } from "internal:zlib/constants";
import { codes, notSupported } from "internal:node_errors";
import { isAnyArrayBuffer } from "internal:types";

const {
  ERR_BROTLI_INVALID_PARAM, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_ZLIB_INITIALIZATION_FAILED,
  ERR_ZSTD_INVALID_PARAM,
} = codes;
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

/** What every stream knows: { chunkSize, flush, finishFlush, maxOutputLength, info } */
function baseOptions(options, [lowFlush, highFlush, finishFlush]) {
  const number = (name, low, high, fallback) => checkedNumber(options[name], `options.${name}`, low, high, fallback);
  return {
    chunkSize: number("chunkSize", constants.Z_MIN_CHUNK, Infinity, constants.Z_DEFAULT_CHUNK),
    flush: number("flush", lowFlush, highFlush, lowFlush),
    finishFlush: number("finishFlush", lowFlush, highFlush, finishFlush),
    maxOutputLength: number("maxOutputLength", 1, LARGEST_BUFFER, LARGEST_BUFFER),
    info: Boolean(options.info),
  };
}

const ZLIB_FLUSHES = [constants.Z_NO_FLUSH, constants.Z_BLOCK, constants.Z_FINISH];
const BROTLI_FLUSHES = [
  constants.BROTLI_OPERATION_PROCESS, constants.BROTLI_OPERATION_EMIT_METADATA, constants.BROTLI_OPERATION_FINISH,
];

/** The base, and { level, strategy, dictionary } */
export function streamOptions(given, mode) {
  const options = given ?? {};
  const checked = {
    ...baseOptions(options, ZLIB_FLUSHES),
    level: level(options.level, "options.level"),
    strategy: strategy(options.strategy, "options.strategy"),
    dictionary: dictionary(options.dictionary),
  };
  // Another memLevel changes nothing that anyone could see: the JDK's zlib has one of its own.
  checkedNumber(options.memLevel, "options.memLevel", constants.Z_MIN_MEMLEVEL, constants.Z_MAX_MEMLEVEL, constants.Z_DEFAULT_MEMLEVEL);
  checkWindow(options.windowBits, mode);
  return checked;
}

/** The base, and { quality, windowBits, largeWindow }. Parameters that say how to try change only the length. */
export function brotliOptions(given, mode) {
  const options = given ?? {};
  const checked = baseOptions(options, BROTLI_FLUSHES);
  const params = brotliParams(options.params);
  if (mode === constants.BROTLI_DECODE) {
    return { ...checked, largeWindow: Boolean(params[constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]) };
  }
  if (params[constants.BROTLI_PARAM_LARGE_WINDOW]) {
    throw notSupported("Compressing with BROTLI_PARAM_LARGE_WINDOW", "the encoder has windows of up to 24 bits");
  }
  const { BROTLI_MIN_QUALITY, BROTLI_MAX_QUALITY, BROTLI_MIN_WINDOW_BITS, BROTLI_MAX_WINDOW_BITS } = constants;
  const within = (key, fallback, low, high) => Math.min(Math.max(Number(params[key] ?? fallback) >>> 0, low), high);
  return {
    ...checked,
    quality: within(
      constants.BROTLI_PARAM_QUALITY, constants.BROTLI_DEFAULT_QUALITY, BROTLI_MIN_QUALITY, BROTLI_MAX_QUALITY,
    ),
    windowBits: within(
      constants.BROTLI_PARAM_LGWIN, constants.BROTLI_DEFAULT_WINDOW, BROTLI_MIN_WINDOW_BITS, BROTLI_MAX_WINDOW_BITS,
    ),
  };
}

const LAST_BROTLI_PARAM = constants.BROTLI_PARAM_NDIRECT;

function brotliParams(given) {
  return numbered(given, LAST_BROTLI_PARAM, ERR_BROTLI_INVALID_PARAM);
}

/** Options' numbers by their keys, which are numbers up to last. */
function numbered(given, last, InvalidParam) {
  const params = { __proto__: null };
  for (const key of Object.keys(given ?? {})) {
    const number = Number(key);
    if (!Number.isInteger(number) || number < 0 || number > last) throw new InvalidParam(key);
    const value = given[key];
    if (typeof value !== "number" && typeof value !== "boolean") {
      throw new ERR_INVALID_ARG_TYPE("options.params[key]", "number", value);
    }
    params[key] = value;
  }
  return params;
}

const ZSTD_FLUSHES = [constants.ZSTD_e_continue, constants.ZSTD_e_end, constants.ZSTD_e_end];
const LAST_ZSTD_PARAM = constants.ZSTD_c_overlapLog;
const LARGEST_WINDOW_LOG = 30;
/** zstd's bounds of its parameters; 0 leaves the choice to the level. */
const ZSTD_BOUNDS = {
  __proto__: null,
  [constants.ZSTD_c_compressionLevel]: [-Infinity, Infinity],
  [constants.ZSTD_c_windowLog]: [10, LARGEST_WINDOW_LOG],
  [constants.ZSTD_c_hashLog]: [6, 30],
  [constants.ZSTD_c_chainLog]: [6, 29],
  [constants.ZSTD_c_searchLog]: [1, 29],
  [constants.ZSTD_c_minMatch]: [3, 7],
  [constants.ZSTD_c_targetLength]: [0, 131072],
  [constants.ZSTD_c_strategy]: [constants.ZSTD_fast, constants.ZSTD_btultra2],
  [constants.ZSTD_c_enableLongDistanceMatching]: [0, 2],
  [constants.ZSTD_c_ldmHashLog]: [6, 30],
  [constants.ZSTD_c_ldmMinMatch]: [4, 4096],
  [constants.ZSTD_c_ldmBucketSizeLog]: [1, 8],
  [constants.ZSTD_c_ldmHashRateLog]: [0, 24],
  [constants.ZSTD_c_contentSizeFlag]: [0, 1],
  [constants.ZSTD_c_checksumFlag]: [0, 1],
  [constants.ZSTD_c_dictIDFlag]: [0, 1],
};

/** The base, and { parameters, length } or { windowLog } */
export function zstdOptions(given, mode) {
  const options = given ?? {};
  const checked = baseOptions(options, ZSTD_FLUSHES);
  if (options.dictionary !== undefined) throw notSupported("A dictionary of Zstandard's", "the codec has none");
  const params = numbered(options.params, LAST_ZSTD_PARAM, ERR_ZSTD_INVALID_PARAM);
  if (mode === constants.ZSTD_DECOMPRESS) {
    const windowLog = Number(params[constants.ZSTD_d_windowLogMax] ?? 27);
    if (!(windowLog >= 10 && windowLog <= 31)) throw new ERR_ZLIB_INITIALIZATION_FAILED("Setting parameter failed");
    return { ...checked, windowLog: Math.trunc(windowLog) };
  }
  const length = checkedNumber(options.pledgedSrcSize, "options.pledgedSrcSize", 0, Number.MAX_SAFE_INTEGER, -1);
  return { ...checked, parameters: Object.keys(params).flatMap((key) => zstdParameter(Number(key), params[key])), length };
}

function zstdParameter(key, given) {
  const value = Number(given) | 0;
  const bounds = ZSTD_BOUNDS[key];
  if (bounds === undefined) {
    if (value === 0) return [];
    throw notSupported("Compressing by Zstandard with several threads", "a stream has one");
  }
  if (value !== 0 && (value < bounds[0] || value > bounds[1])) throw new ERR_ZLIB_INITIALIZATION_FAILED("Setting parameter failed");
  return [key, value];
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
