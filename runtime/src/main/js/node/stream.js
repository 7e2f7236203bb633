// node:stream - https://nodejs.org/api/stream.html
// The streams are readable-stream's, Node's own as an npm package, on our events and buffers.
import Stream from "readable-stream/lib/stream.js";
import { duplexPair } from "internal:duplex_pair";
import "internal:web_stream_state";
import * as adapters from "internal:web_adapters";
import { Buffer } from "internal:buffer/class";

export const {
  Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, addAbortSignal, destroy, compose, promises,
  isDestroyed, isDisturbed, isErrored, isReadable, isWritable, setDefaultHighWaterMark, getDefaultHighWaterMark,
} = Stream;

export function _isUint8Array(value) {
  return value instanceof Uint8Array;
}

export function _isArrayBufferView(value) {
  return ArrayBuffer.isView(value);
}

export function _uint8ArrayToBuffer(chunk) {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

Object.assign(Stream, { duplexPair, _isArrayBufferView });

Readable.fromWeb = adapters.readableFromWeb;
Readable.toWeb = adapters.readableToWeb;
Writable.fromWeb = adapters.writableFromWeb;
Writable.toWeb = adapters.writableToWeb;
Duplex.fromWeb = adapters.duplexFromWeb;
Duplex.toWeb = adapters.duplexToWeb;

export { Stream, duplexPair };
export default Stream;
