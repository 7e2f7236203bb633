// Header blocks as they come: a HEADERS frame and what continues it - RFC 9113, section 4.3
import { Buffer } from "internal:buffer/class";
import { ConnectionError } from "internal:http2/connection_error";
import { errorCodes } from "internal:http2/errors";
import { END_STREAM, HAS_PRIORITY } from "internal:http2/frames";
import { Decoder } from "internal:http2/hpack";

const PRIORITY_LENGTH = 5;

export class HeaderBlocks {
  #limits;
  #decoder = new Decoder();
  #block = null;

  constructor(limits) {
    this.#limits = limits;
  }

  /** The stream whose block isn't complete, or 0. */
  get open() {
    return this.#block?.id ?? 0;
  }

  setTableLimit(limit) {
    this.#decoder.setLimit(limit);
  }

  begin(id, flags, payload) {
    if (flags & HAS_PRIORITY && payload.length < PRIORITY_LENGTH) throw new ConnectionError(errorCodes.FRAME_SIZE_ERROR, "Frame size error");
    const part = flags & HAS_PRIORITY ? payload.subarray(PRIORITY_LENGTH) : payload;
    this.#block = { id, ends: (flags & END_STREAM) !== 0, parts: [Buffer.from(part)], length: part.length };
  }

  goOn(payload) {
    const block = this.#block;
    if (block === null) throw new ConnectionError(errorCodes.PROTOCOL_ERROR, "CONTINUATION without HEADERS");
    block.parts.push(Buffer.from(payload));
    block.length += payload.length;
    if (block.parts.length > this.#limits.maxContinuations + 1 || block.length > this.#limits.maxHeaderBlock) {
      throw new ConnectionError(errorCodes.ENHANCE_YOUR_CALM, "Too many CONTINUATION frames");
    }
  }

  /** { id, ends, raw, sensitive, isTooLong }; a list that is too long is read, for the table's sake, and not kept. */
  finish(longestList) {
    const { id, ends, parts } = this.#block;
    this.#block = null;
    const list = { id, ends, raw: [], sensitive: [], isTooLong: false };
    let size = 0;
    this.#decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts), (name, value, isSensitive) => {
      size += name.length + value.length + 32;
      list.isTooLong ||= size > longestList || list.raw.length >= 2 * this.#limits.maxHeaderListPairs;
      if (list.isTooLong) return;
      list.raw.push(name, value);
      if (isSensitive) list.sensitive.push(name);
    });
    return list;
  }
}
