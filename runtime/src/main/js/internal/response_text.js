// Text that an exchange writes in one turn, on its way to Java, which wants it in few pieces. Where JavaScript is
// compiled it is encoded as it comes: lengthening a string costs as much, and the result would still have to be
// encoded. Interpreted code lengthens strings and leaves the encoding to Java.
import { can } from "host:engine";
import * as host from "host:http";
import { encodeAt, MOST_BYTES_PER_UNIT } from "internal:short_utf8";
import { MAX_PAYLOAD, postBytes } from "internal:mailbox";
import * as records from "internal:records";
import { Bytes, typedArrayByteLength } from "internal:primordials";

/** Longer chunks go to Java in a call of their own instead of through the mailbox. */
const LARGEST_RECORD = Math.min(16 * 1024, MAX_PAYLOAD);

export function sendBytes(id, bytes) {
  const length = typedArrayByteLength(bytes);
  if (length > LARGEST_RECORD) host.bytes(id, bytes);
  else if (length > 0) postBytes(records.BODY_BYTES, id, 0, bytes);
}

/** More goes to Java before the turn is over: a string is copied whenever it gets longer, on an engine without ropes. */
const LONGEST_TEXT = 32 * 1024;

class JoinedText {
  #id;
  #text = "";
  #half = "";

  constructor(id) {
    this.#id = id;
  }

  /** Two by two: engines take longer to lengthen a long string than to join short ones. */
  append(chunk) {
    if (this.#half === "") {
      this.#half = chunk;
      return;
    }
    this.#text += this.#half + chunk;
    this.#half = "";
    if (this.#text.length >= LONGEST_TEXT) this.flush();
  }

  flush() {
    const text = this.#text + this.#half;
    this.forget();
    if (text !== "") host.text(this.#id, text);
  }

  forget() {
    this.#text = "";
    this.#half = "";
  }
}

/** All exchanges share the room, since they seldom take turns: whoever comes to it sends what another has left. */
const memory = new ArrayBuffer(can("COMPILED") ? 64 * 1024 : 0);
const room = new Bytes(memory);
let used = 0;
let owner = null;

/** Java encodes longer ones quicker, for all that asking it costs. */
const LONGEST_ENCODED = 1024;

class EncodedText {
  #id;

  constructor(id) {
    this.#id = id;
  }

  append(chunk) {
    if (owner !== this) {
      owner?.flush();
      owner = this;
    }
    const { length } = chunk;
    if (length > LONGEST_ENCODED) {
      this.flush();
      host.text(this.#id, chunk);
      return;
    }
    if (used + MOST_BYTES_PER_UNIT * length > memory.byteLength) this.flush();
    used = encodeAt(chunk, room, used);
  }

  flush() {
    if (owner !== this || used === 0) return;
    const length = used;
    used = 0;
    sendBytes(this.#id, new Bytes(memory, 0, length));
  }

  forget() {
    if (owner === this) used = 0;
  }
}

export const ResponseText = can("COMPILED") ? EncodedText : JoinedText;
