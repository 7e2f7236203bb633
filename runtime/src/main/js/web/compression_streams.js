// CompressionStream and DecompressionStream - https://compression.spec.whatwg.org/
import {
  brotliCompressor, brotliDecompressor, compressor, decompressor, FINISH, NO_FLUSH, SYNC_FLUSH, zstdCompressor,
  zstdDecompressor,
} from "internal:compression";
import { defineInterfaces } from "internal:define";
import { whenTransformMayGoOn } from "internal:stream_internals";
import { bytesOf, isArrayBuffer, isBufferSource, requireArguments, toEnum } from "internal:webidl";
import { TransformStream } from "./streams.js";

/** Zstandard isn't in the standard. */
const FORMATS = ["brotli", "deflate", "deflate-raw", "gzip", "zstd"];
const COMPRESSORS = { __proto__: null, brotli: () => brotliCompressor(), zstd: () => zstdCompressor() };
const DECOMPRESSORS = { __proto__: null, brotli: () => brotliDecompressor(), zstd: () => zstdDecompressor() };
const NOTHING = new Uint8Array(0);

export class CompressionStream {
  #stream;

  constructor(format) {
    requireArguments(arguments.length, 1, "CompressionStream constructor");
    const name = toEnum(format, FORMATS, "CompressionStream constructor");
    // What was written can be read on the other side before more is: a page's shell must not wait for its rest.
    const open = COMPRESSORS[name] ?? (() => compressor(name));
    this.#stream = codecStream("CompressionStream", open, SYNC_FLUSH, () => {});
  }

  get readable() {
    return this.#stream.readable;
  }
  get writable() {
    return this.#stream.writable;
  }
}

export class DecompressionStream {
  #stream;

  constructor(format) {
    requireArguments(arguments.length, 1, "DecompressionStream constructor");
    const name = toEnum(format, FORMATS, "DecompressionStream constructor");
    const open = DECOMPRESSORS[name] ?? (() => decompressor(name));
    this.#stream = codecStream("DecompressionStream", open, NO_FLUSH, (codec, isOver) => {
      if (codec.left > 0) {
        throw new TypeError("DecompressionStream: there is more input after the end of the compressed data.");
      }
      if (isOver && !codec.isFinished) {
        throw new TypeError("DecompressionStream: the compressed data ends too early.");
      }
    });
  }

  get readable() {
    return this.#stream.readable;
  }
  get writable() {
    return this.#stream.writable;
  }
}

/** check(codec, isOver) is called when a chunk has been used up, and at the end. */
function codecStream(where, open, flush, check) {
  let codec;
  const close = () => codec?.close();
  const failed = (error) => {
    close();
    return error instanceof TypeError ? error : new TypeError(`${where}: ${error.message}`, { cause: error });
  };
  const run = (bytes, mode, controller) => {
    const isOver = mode === FINISH;
    const finish = () => {
      check(codec, isOver);
      if (isOver) close();
    };
    try {
      codec ??= open();
      const rest = enqueue(codec.run(bytes, mode), controller, stream);
      if (rest !== undefined) {
        return rest.then(finish).catch((error) => {
          throw failed(error);
        });
      }
      finish();
    } catch (error) {
      throw failed(error);
    }
    return undefined;
  };
  const stream = new TransformStream({
    transform(chunk, controller) {
      if (!isBufferSource(chunk)) {
        throw new TypeError(`${where}: a chunk is neither an ArrayBuffer nor a view of one.`);
      }
      const bytes = bytesOf(chunk);
      if (!isArrayBuffer(bytes.buffer)) {
        throw new TypeError(`${where}: a chunk is a view of a SharedArrayBuffer.`);
      }
      return run(plain(bytes), flush, controller);
    },
    flush: (controller) => run(NOTHING, FINISH, controller),
    cancel: close,
  });
  return stream;
}

/** A program's own class of views could answer otherwise. */
function plain(bytes) {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A small chunk may become a large one: what nobody asks for yet isn't made yet. */
function enqueue(pieces, controller, stream) {
  let piece = pieces.next();
  while (!piece.done) {
    controller.enqueue(piece.value);
    piece = pieces.next();
    if (!piece.done && whenTransformMayGoOn(stream) !== undefined) {
      return enqueueOnDemand(piece, pieces, controller, stream);
    }
  }
  return undefined;
}

async function enqueueOnDemand(first, pieces, controller, stream) {
  for (let piece = first; !piece.done; piece = pieces.next()) {
    await whenTransformMayGoOn(stream);
    controller.enqueue(piece.value);
  }
}

defineInterfaces({ CompressionStream, DecompressionStream });
