// The stream classes of zlib - https://nodejs.org/api/zlib.html#class-zlibzlibbase
import { Buffer } from "internal:buffer/class";
import { compressor, decompressor, FINISH, FULL_FLUSH, NO_FLUSH, SYNC_FLUSH } from "internal:compression";
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

/** zlib's flush values as the host has them. A partial flush lets the other side read as much as a sync one. */
const HOST_FLUSH = [NO_FLUSH, SYNC_FLUSH, SYNC_FLUSH, FULL_FLUSH, FINISH];
/** From the weakest to the strongest. */
const FLUSH_ORDER = [
  constants.Z_NO_FLUSH, constants.Z_BLOCK, constants.Z_PARTIAL_FLUSH, constants.Z_SYNC_FLUSH, constants.Z_FULL_FLUSH,
  constants.Z_FINISH,
];

function stronger(a, b) {
  return FLUSH_ORDER.indexOf(a) > FLUSH_ORDER.indexOf(b) ? a : b;
}

/** What Node calls from its native half: an error with errno and code. */
function zlibError(message, code) {
  const error = new Error(message);
  error.errno = codes[code];
  error.code = code;
  return error;
}

function shaped(error) {
  return error.code in codes ? zlibError(error.message, error.code) : error;
}

/** Node lets these classes be called without new. */
function Zlib(options, mode) {
  const checked = checks.streamOptions(options, mode);
  const { chunkSize, flush, finishFlush, maxOutputLength, info, level, strategy } = checked;
  Transform.call(this, { autoDestroy: true, ...options });
  this.bytesWritten = 0;
  this[kOptions] = checked;
  this[kCodec] = openCodec(checked, mode);
  this[kResume] = undefined;
  this._handle = { close: () => closeCodec(this) };
  this._mode = mode;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = constants.Z_FULL_FLUSH;
  this._info = info;
  this._maxOutputLength = maxOutputLength;
  this._level = level;
  this._strategy = strategy;
}
Object.setPrototypeOf(Zlib.prototype, Transform.prototype);
Object.setPrototypeOf(Zlib, Transform);

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
  if (flush === constants.Z_BLOCK) throw notSupported("zlib.constants.Z_BLOCK", "the JDK's zlib has no such flush");
  const codec = stream[kCodec];
  if (codec === undefined) return;
  try {
    yield* codec.run(chunk, HOST_FLUSH[flush], Math.min(stream._chunkSize, LARGEST_PIECE));
  } catch (error) {
    throw shaped(error);
  }
  stream.bytesWritten += chunk.length - codec.left;
  if (flush === constants.Z_FINISH && stream._mode in DECOMPRESSED && !codec.isFinished) {
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

function classOf(name, mode) {
  const Class = {
    [name]: function (options) {
      if (!(this instanceof Class)) return new Class(options);
      Zlib.call(this, options, mode);
    },
  }[name];
  Object.setPrototypeOf(Class.prototype, Zlib.prototype);
  Object.setPrototypeOf(Class, Zlib);
  return Class;
}

export const Deflate = classOf("Deflate", constants.DEFLATE);
export const Inflate = classOf("Inflate", constants.INFLATE);
export const Gzip = classOf("Gzip", constants.GZIP);
export const Gunzip = classOf("Gunzip", constants.GUNZIP);
export const DeflateRaw = classOf("DeflateRaw", constants.DEFLATERAW);
export const InflateRaw = classOf("InflateRaw", constants.INFLATERAW);
export const Unzip = classOf("Unzip", constants.UNZIP);
