// Compressed streams that the host reads and writes, for the Web's stream classes and node:zlib.
import * as host from "host:compression";

export const NO_FLUSH = 0;
export const SYNC_FLUSH = 1;
export const FULL_FLUSH = 2;
export const FINISH = 3;

const LARGEST_OUTPUT = 64 * 1024;
/** The host looks only between two calls whether the program's time is over. */
const LARGEST_INPUT = 256 * 1024;

/** What is forgotten in its midst gives back its memory. */
const abandoned = new FinalizationRegistry((id) => host.close(id));

/** What brotliEncode takes when nobody asks for more: pages are compressed while somebody waits for them. */
const BROTLI_QUALITY = 5;
const BROTLI_WINDOW_BITS = 22;

export function brotliCompressor(quality = BROTLI_QUALITY, windowBits = BROTLI_WINDOW_BITS) {
  return new Codec(host.brotliEncode(quality, windowBits));
}

export function brotliDecompressor(largeWindow = false) {
  return new Codec(host.brotliDecode(largeWindow));
}

/** parameters: numbers of zstd.h, each followed by its value. length: how many bytes will come, if that is known. */
export function zstdCompressor(parameters = [], length = -1) {
  return new Codec(host.zstdEncode(length, ...parameters));
}

const ZSTD_WINDOW_LOG = 27;

export function zstdDecompressor(windowLog = ZSTD_WINDOW_LOG) {
  return new Codec(host.zstdDecode(windowLog));
}

/** format: see host/compression.d.ts */
export function compressor(format, level = -1, strategy = 0, dictionary = undefined) {
  return new Codec(
    dictionary === undefined
      ? host.deflate(format, level, strategy)
      : host.deflate(format, level, strategy, dictionary),
  );
}

export function decompressor(format, dictionary = undefined) {
  return new Codec(dictionary === undefined ? host.inflate(format) : host.inflate(format, dictionary));
}

class Codec {
  #id;
  /** How many of the bytes given last the stream didn't want: it had ended before them. */
  left = 0;

  constructor(id) {
    this.#id = id;
    abandoned.register(this, id, this);
  }

  /** What the bytes (a plain Uint8Array) become, piece by piece as it is asked for. */
  *run(bytes, flush, most = LARGEST_OUTPUT) {
    const { length } = bytes;
    let at = 0;
    let isFull;
    do {
      const end = Math.min(at + LARGEST_INPUT, length);
      const piece = host.run(this.#id, bytes.subarray(at, end), end === length ? flush : NO_FLUSH, most);
      at = end - host.left(this.#id);
      this.left = length - at;
      isFull = piece.length === most;
      if (piece.length > 0) yield piece;
    } while (isFull || (at < length && !this.isFinished));
  }

  get isFinished() {
    return host.finished(this.#id);
  }

  tune(level, strategy) {
    host.tune(this.#id, level, strategy);
  }

  reset() {
    host.reset(this.#id);
  }

  close() {
    abandoned.unregister(this);
    host.close(this.#id);
  }
}
