// node:zlib - https://nodejs.org/api/zlib.html
import * as host from "host:compression";
import { Buffer } from "internal:buffer/class";
import { codes as nodeCodes } from "internal:node_errors";
import { validateFunction, validateUint32 } from "internal:validators";
import { inputBytes, plainBytes } from "internal:zlib/options";
import * as streams from "internal:zlib/streams";
import { codes, constants } from "internal:zlib/constants";

export const {
  Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliCompress, BrotliDecompress, ZstdCompress,
  ZstdDecompress,
} = streams;

const { ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE } = nodeCodes;

function creator(Class) {
  return (options) => new Class(options);
}

function whole(Class) {
  return (buffer, options) => {
    const input = inputBytes(buffer);
    return streams.runWhole(new Class(options), input);
  };
}

/** Through the stream, so that a program isn't held up for longer than one piece takes. */
function later(Class) {
  return (buffer, options, callback) => {
    if (typeof options === "function") {
      callback = options;
      options = {};
    }
    validateFunction(callback, "callback");
    collect(new Class(options), buffer, callback);
  };
}

function collect(stream, input, callback) {
  const chunks = [];
  let length = 0;
  stream.on("data", (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > stream._maxOutputLength) {
      stream.removeAllListeners("error").removeAllListeners("end").on("error", () => {});
      stream.close();
      callback(new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength));
    }
  });
  stream.on("error", (error) => {
    stream.removeAllListeners("end");
    callback(error);
  });
  stream.on("end", () => {
    const buffer = Buffer.concat(chunks, length);
    stream.close();
    callback(null, stream._info ? { buffer, engine: stream } : buffer);
  });
  stream.end(ArrayBuffer.isView(input) || typeof input !== "object" || input === null ? input : Buffer.from(input));
}

export const createDeflate = creator(Deflate);
export const createInflate = creator(Inflate);
export const createGzip = creator(Gzip);
export const createGunzip = creator(Gunzip);
export const createDeflateRaw = creator(DeflateRaw);
export const createInflateRaw = creator(InflateRaw);
export const createUnzip = creator(Unzip);
export const createBrotliCompress = creator(BrotliCompress);
export const createBrotliDecompress = creator(BrotliDecompress);
export const createZstdCompress = creator(ZstdCompress);
export const createZstdDecompress = creator(ZstdDecompress);

export const deflate = later(Deflate);
export const deflateSync = whole(Deflate);
export const gzip = later(Gzip);
export const gzipSync = whole(Gzip);
export const deflateRaw = later(DeflateRaw);
export const deflateRawSync = whole(DeflateRaw);
export const unzip = later(Unzip);
export const unzipSync = whole(Unzip);
export const inflate = later(Inflate);
export const inflateSync = whole(Inflate);
export const gunzip = later(Gunzip);
export const gunzipSync = whole(Gunzip);
export const inflateRaw = later(InflateRaw);
export const inflateRawSync = whole(InflateRaw);
export const brotliCompress = later(BrotliCompress);
export const brotliCompressSync = whole(BrotliCompress);
export const brotliDecompress = later(BrotliDecompress);
export const brotliDecompressSync = whole(BrotliDecompress);
export const zstdCompress = later(ZstdCompress);
export const zstdCompressSync = whole(ZstdCompress);
export const zstdDecompress = later(ZstdDecompress);
export const zstdDecompressSync = whole(ZstdDecompress);

export function crc32(data, value = 0) {
  if (typeof data !== "string" && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE("data", ["Buffer", "TypedArray", "DataView", "string"], data);
  }
  validateUint32(value, "value");
  return host.crc32(typeof data === "string" ? inputBytes(data) : plainBytes(data), value);
}

export { codes, constants };

export default {
  crc32, Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliCompress, BrotliDecompress,
  ZstdCompress, ZstdDecompress, deflate, deflateSync, gzip, gzipSync, deflateRaw, deflateRawSync, unzip, unzipSync, inflate, inflateSync,
  gunzip, gunzipSync, inflateRaw, inflateRawSync,
  brotliCompress, brotliCompressSync, brotliDecompress, brotliDecompressSync,
  zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync,
  createDeflate, createInflate, createDeflateRaw, createInflateRaw, createGzip, createGunzip, createUnzip,
  createBrotliCompress, createBrotliDecompress, createZstdCompress, createZstdDecompress, constants, codes,
};
