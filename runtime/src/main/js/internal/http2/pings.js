// Pings that wait for their acknowledgement - https://nodejs.org/api/http2.html#http2sessionpingpayload-callback
import { Buffer } from "internal:buffer/class";
import { ConnectionError } from "internal:http2/connection_error";
import { errorCodes, http2Error } from "internal:http2/errors";
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction } from "internal:validators";

const LENGTH = 8;

export class Pings {
  #most;
  #waiting = [];

  constructor({ maxOutstandingPings }) {
    this.#most = maxOutstandingPings;
  }

  /** The bytes to send, or undefined when too many are under way. */
  begin(payload, callback) {
    if (payload !== undefined) {
      if (!ArrayBuffer.isView(payload)) throw new codes.ERR_INVALID_ARG_TYPE("payload", ["Buffer", "TypedArray", "DataView"], payload);
      if (payload.byteLength !== LENGTH) throw http2Error("PING_LENGTH");
    }
    validateFunction(callback, "callback");
    if (this.#waiting.length >= this.#most) {
      nextTick(callback, false, 0, payload);
      return undefined;
    }
    const bytes = Buffer.alloc(LENGTH);
    if (payload !== undefined) bytes.set(new Uint8Array(payload.buffer, payload.byteOffset, LENGTH));
    this.#waiting.push({ bytes, callback, sent: performance.now() });
    return bytes;
  }

  acknowledged(payload) {
    const first = this.#waiting.shift();
    if (first === undefined || !first.bytes.equals(payload)) throw new ConnectionError(errorCodes.PROTOCOL_ERROR, "PING: unexpected ACK");
    first.callback(null, performance.now() - first.sent, Buffer.from(payload));
  }

  cancel() {
    for (const { callback } of this.#waiting.splice(0)) nextTick(callback, http2Error("PING_CANCEL"), 0, undefined);
  }
}
