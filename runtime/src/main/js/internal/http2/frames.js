// Frames of HTTP/2 - RFC 9113, sections 4 and 6
import { Buffer } from "internal:buffer/class";

export const DATA = 0;
export const HEADERS = 1;
export const PRIORITY = 2;
export const RST_STREAM = 3;
export const SETTINGS = 4;
export const PUSH_PROMISE = 5;
export const PING = 6;
export const GOAWAY = 7;
export const WINDOW_UPDATE = 8;
export const CONTINUATION = 9;

export const END_STREAM = 1;
export const ACK = 1;
export const END_HEADERS = 4;
export const PADDED = 8;
export const HAS_PRIORITY = 32;

export const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");
const HEAD = 9;

export function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(HEAD);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return payload.length === 0 ? head : Buffer.concat([head, payload]);
}

export function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0, 0);
  return bytes;
}

/** Cuts what comes into frames: read() calls taken(type, flags, stream, payload) for each that is whole. */
export class FrameReader {
  #rest = Buffer.alloc(0);
  #parts = [];
  #length = 0;
  #wanted = HEAD;

  /** tooLong(length) is called for a frame above the limit, of which nothing more is read. */
  read(chunk, limit, taken, tooLong) {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    this.#rest = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    let at = 0;
    this.#wanted = HEAD;
    while (this.#rest.length - at >= HEAD) {
      const length = this.#rest.readUIntBE(at, 3);
      if (length > limit) {
        tooLong(length);
        return;
      }
      const end = at + HEAD + length;
      if (end > this.#rest.length) {
        this.#wanted = HEAD + length;
        break;
      }
      const stream = this.#rest.readUInt32BE(at + 5) & 0x7fffffff;
      if (taken(this.#rest[at + 3], this.#rest[at + 4], stream, this.#rest.subarray(at + HEAD, end)) === false) return;
      at = end;
    }
    const left = this.#rest.subarray(at);
    this.#parts = left.length === 0 ? [] : [left];
    this.#length = left.length;
  }
}
