// The stream classes of zlib - https://nodejs.org/api/zlib.html#class-zlibzlibbase
import { Buffer } from "internal:buffer/class";
import {
  brotliCompressor, brotliDecompressor, compressor, decompressor, FINISH, FULL_FLUSH, NO_FLUSH, SYNC_FLUSH,
  zstdCompressor, zstdDecompressor,
} from "internal:compression";
import { codes as nodeCodes, notSupported } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { codes, constants } from "internal:zlib/constants";
import * as checks from "internal:zlib/options";
import { finished, Transform } from "node:stream";

const { ERR_BUFFER_TOO_LARGE } = nodeCodes;
const NOTHING = new Uint8Array(0);
const LARGEST_PIECE = 64 * 1024;
const kFlush = Symbol("flush");
const kCodec = Symbol("codec");
const kOptions = Symbol("options");
const kResume = Symbol("resume");
const kFlushes = Symbol("flushes");

/** By mode, the host's name for the format. */
const COMPRESSED = {
  [constants.DEFLATE]: "deflate",
  [constants.GZIP]: "gzip",
  [constants.DEFLATERAW]: "deflate-raw",
};
const DECOMPRESSED = {
  [constants.INFLATE]: "deflate",
  [constants.GUNZIP]: "gzip-members",
  [constants.INFLATERAW]: "deflate-raw",
  [constants.UNZIP]: "unzip",
};

const COMPRESSING = new Set([...Object.keys(COMPRESSED).map(Number), constants.BROTLI_ENCODE, constants.ZSTD_COMPRESS]);

/** zlib's flush values as the host has them. A partial flush lets the other side read as much as a sync one. */
const ZLIB_FLUSHES = [NO_FLUSH, SYNC_FLUSH, SYNC_FLUSH, FULL_FLUSH, FINISH];
/** The same of Brotli's operations, and of Zstandard's. */
const CODEC_FLUSHES = [NO_FLUSH, SYNC_FLUSH, FINISH];
/** From the weakest to the strongest. */
const FLUSH_ORDER = [
  constants.Z_NO_FLUSH, constants.Z_BLOCK, constants.Z_PARTIAL_FLUSH, constants.Z_SYNC_FLUSH, constants.Z_FULL_FLUSH,
  constants.Z_FINISH,
];

function stronger(a, b) {
  return FLUSH_ORDER.indexOf(a) > FLUSH_ORDER.indexOf(b) ? a : b;
}

/** What Node calls from its native half: an error with errno and code. */
function zlibError(message, code, errno = codes[code]) {
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  return error;
}

function shaped(error) {
  if (error.code in codes) return zlibError(error.message, error.code);
  if (error.code?.startsWith("ZSTD_error_")) return zlibError(error.message, error.code, constants[error.code]);
  if (!error.code?.startsWith("ERR__ERROR_")) return error;
  return zlibError(error.message, error.code, constants[`BROTLI_DECODER${error.code.slice("ERR_".length)}`]);
}

/** Node lets these classes be called without new. */
function Zlib(options, mode) {
  const checked = checks.streamOptions(options, mode);
  begin(this, options, mode, checked, openCodec(checked, mode));
  this[kFlushes] = ZLIB_FLUSHES;
  this._defaultFullFlushFlag = constants.Z_FULL_FLUSH;
  this._level = checked.level;
  this._strategy = checked.strategy;
}
Object.setPrototypeOf(Zlib.prototype, Transform.prototype);
Object.setPrototypeOf(Zlib, Transform);

function Brotli(options, mode) {
  const checked = checks.brotliOptions(options, mode);
  const { quality, windowBits, largeWindow } = checked;
  const codec = mode === constants.BROTLI_ENCODE ? brotliCompressor(quality, windowBits) : brotliDecompressor(largeWindow);
  begin(this, options, mode, checked, codec);
  this[kFlushes] = CODEC_FLUSHES;
  this._defaultFullFlushFlag = constants.BROTLI_OPERATION_FLUSH;
}
Object.setPrototypeOf(Brotli.prototype, Zlib.prototype);
Object.setPrototypeOf(Brotli, Zlib);

function Zstd(options, mode) {
  const checked = checks.zstdOptions(options, mode);
  const { parameters, length, windowLog } = checked;
  const codec = mode === constants.ZSTD_COMPRESS ? zstdCompressor(parameters, length) : zstdDecompressor(windowLog);
  begin(this, options, mode, checked, codec);
  this[kFlushes] = CODEC_FLUSHES;
  this._defaultFullFlushFlag = constants.ZSTD_e_flush;
}
Object.setPrototypeOf(Zstd.prototype, Zlib.prototype);
Object.setPrototypeOf(Zstd, Zlib);

function begin(stream, options, mode, checked, codec) {
  const { chunkSize, flush, finishFlush, maxOutputLength, info } = checked;
  Transform.call(stream, { autoDestroy: true, ...options });
  stream.bytesWritten = 0;
  stream[kOptions] = checked;
  stream[kCodec] = codec;
  stream[kResume] = undefined;
  stream._handle = { close: () => closeCodec(stream) };
  stream._mode = mode;
  stream._chunkSize = chunkSize;
  stream._defaultFlushFlag = flush;
  stream._finishFlushFlag = finishFlush;
  stream._info = info;
  stream._maxOutputLength = maxOutputLength;
}

function openCodec({ level, strategy, dictionary }, mode) {
  return mode in COMPRESSED
    ? compressor(COMPRESSED[mode], level, checks.hostStrategy(strategy), dictionary)
    : decompressor(DECOMPRESSED[mode], dictionary);
}

function closeCodec(stream) {
  stream[kCodec]?.close();
  stream[kCodec] = undefined;
  stream._handle = null;
}

/** What the chunk becomes, as plain bytes. Throws what zlib has against it. */
function* pieces(stream, chunk, flush) {
  const hostFlush = stream[kFlushes][flush];
  if (hostFlush === undefined) {
    throw stream[kFlushes] === ZLIB_FLUSHES
      ? notSupported("zlib.constants.Z_BLOCK", "the JDK's zlib has no such flush")
      : notSupported("zlib.constants.BROTLI_OPERATION_EMIT_METADATA", "the encoder writes no metadata");
  }
  const codec = stream[kCodec];
  if (codec === undefined) return;
  try {
    yield* codec.run(chunk, hostFlush, Math.min(stream._chunkSize, LARGEST_PIECE));
  } catch (error) {
    throw shaped(error);
  }
  stream.bytesWritten += chunk.length - codec.left;
  if (hostFlush === FINISH && !COMPRESSING.has(stream._mode) && !codec.isFinished) {
    throw zlibError("unexpected end of file", "Z_BUF_ERROR");
  }
}

function toBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** All of it at once. */
export function runWhole(stream, input) {
  const parts = [];
  let length = 0;
  try {
    for (const piece of pieces(stream, input, stream._finishFlushFlag)) {
      length += piece.length;
      if (length > stream._maxOutputLength) throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      parts.push(piece);
    }
  } finally {
    closeCodec(stream);
  }
  const buffer = parts.length === 1 ? toBuffer(parts[0]) : Buffer.concat(parts, length);
  return stream._info ? { buffer, engine: stream } : buffer;
}

const methods = {
  get _closed() {
    return this[kCodec] === undefined;
  },

  /** Deprecated by Node. */
  get bytesRead() {
    return this.bytesWritten;
  },

  reset() {
    this[kCodec].reset();
  },

  _transform(chunk, encoding, callback) {
    const isLast = this.writableEnded && this.writableLength === chunk.byteLength;
    const usual = this._defaultFlushFlag;
    const flush = chunk[kFlush] ?? (isLast ? stronger(usual, this._finishFlushFlag) : usual);
    const made = pieces(this, checks.plainBytes(chunk), flush);
    nextTick(pushPieces, this, made, callback);
  },

  _flush(callback) {
    this._transform(Buffer.alloc(0), "", callback);
  },

  _final(callback) {
    callback();
  },

  _read(size) {
    const resume = this[kResume];
    if (resume === undefined) {
      Transform.prototype._read.call(this, size);
    } else {
      this[kResume] = undefined;
      resume();
    }
  },

  flush(kind, callback) {
    if (typeof kind === "function" || (kind === undefined && callback === undefined)) {
      callback = kind;
      kind = this._defaultFullFlushFlag;
    }
    if (this.writableFinished) {
      if (callback) nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once("end", callback);
    } else {
      const marker = Buffer.alloc(0);
      marker[kFlush] = kind;
      this.write(marker, callback);
    }
  },

  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  },

  _destroy(error, callback) {
    closeCodec(this);
    callback(error);
  },

  /** One chunk without the stream around it, as packages that wrap zlib use it. */
  _processChunk(chunk, flush, callback) {
    if (typeof callback === "function") {
      nextTick(pushPieces, this, pieces(this, checks.plainBytes(chunk), flush), callback);
      return undefined;
    }
    return Buffer.concat([...pieces(this, checks.plainBytes(chunk), flush)]);
  },

  params(level, strategy, callback) {
    checks.level(level, "level");
    checks.strategy(strategy, "strategy");
    if (this._level === level && this._strategy === strategy) {
      nextTick(callback);
      return;
    }
    this.flush(constants.Z_SYNC_FLUSH, () => {
      if (this[kCodec] === undefined) return;
      this[kCodec].tune(level, checks.hostStrategy(strategy));
      this._level = level;
      this._strategy = strategy;
      callback?.();
    });
  },
};
Object.defineProperties(Zlib.prototype, Object.getOwnPropertyDescriptors(methods));
for (const name of Object.keys(methods)) Object.defineProperty(Zlib.prototype, name, { enumerable: false });
Object.defineProperty(Zlib.prototype, "params", { enumerable: true });

/** Goes on while the reader takes what comes; then when it asks for more. */
function pushPieces(stream, made, callback) {
  if (stream.destroyed) return;
  try {
    for (let piece = made.next(); !piece.done; piece = made.next()) {
      if (stream.destroyed) return;
      if (!stream.push(toBuffer(piece.value))) {
        stream[kResume] = () => pushPieces(stream, made, callback);
        return;
      }
    }
  } catch (error) {
    stream.destroy(error);
    return;
  }
  // A stream that has ended before its input leaves the rest alone.
  if (stream[kCodec]?.left > 0) stream.push(null);
  callback();
}

function classOf(name, mode, Base = Zlib) {
  const Class = {
    [name]: function (options) {
      if (!(this instanceof Class)) return new Class(options);
      Base.call(this, options, mode);
    },
  }[name];
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  return Class;
}

export const Deflate = classOf("Deflate", constants.DEFLATE);
export const Inflate = classOf("Inflate", constants.INFLATE);
export const Gzip = classOf("Gzip", constants.GZIP);
export const Gunzip = classOf("Gunzip", constants.GUNZIP);
export const DeflateRaw = classOf("DeflateRaw", constants.DEFLATERAW);
export const InflateRaw = classOf("InflateRaw", constants.INFLATERAW);
export const Unzip = classOf("Unzip", constants.UNZIP);
export const BrotliCompress = classOf("BrotliCompress", constants.BROTLI_ENCODE, Brotli);
export const BrotliDecompress = classOf("BrotliDecompress", constants.BROTLI_DECODE, Brotli);
export const ZstdCompress = classOf("ZstdCompress", constants.ZSTD_COMPRESS, Zstd);
export const ZstdDecompress = classOf("ZstdDecompress", constants.ZSTD_DECOMPRESS, Zstd);
