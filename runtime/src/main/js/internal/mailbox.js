// Writes records for Java into the shared region. Layout: Mailbox.java.
import { flush, mailbox } from "host:isolate";
import { encodeAt, MOST_BYTES_PER_UNIT } from "internal:short_utf8";
import { typedArrayByteLength, typedArraySet, Bytes } from "internal:primordials";

const HEADER_BYTES = 16;
const RECORD_HEADER_BYTES = 16;

const region = mailbox();
const words = new Int32Array(region);
const doubles = new Float64Array(region);
const bytes = new Bytes(region);
const capacity = typedArrayByteLength(bytes);

/** The largest payload that one record can carry. */
export const MAX_PAYLOAD = capacity - HEADER_BYTES - RECORD_HEADER_BYTES - 8;

/** Starts a record and returns where its payload goes. */
function record(type, id, aux, length) {
  const size = RECORD_HEADER_BYTES + ((length + 7) & ~7);
  let end = words[0];
  if (end + size > capacity) {
    flush();
    end = words[0];
  }
  const word = end >> 2;
  words[word] = type;
  words[word + 1] = id;
  words[word + 2] = aux;
  words[word + 3] = length;
  words[0] = end + size;
  return end + RECORD_HEADER_BYTES;
}

export function post(type, id, aux = 0) {
  record(type, id, aux, 0);
}

export function postNumber(type, id, aux, number) {
  const at = record(type, id, aux, 8);
  doubles[at >> 3] = number;
}

/** The payload must not be longer than MAX_PAYLOAD. */
export function postBytes(type, id, aux, payload) {
  const at = record(type, id, aux, typedArrayByteLength(payload));
  typedArraySet(bytes, payload, at);
}

/** The payload is UTF-8. The text must be short: see internal/short_utf8.js. */
export function postText(type, id, aux, text) {
  const at = record(type, id, aux, MOST_BYTES_PER_UNIT * text.length);
  const length = encodeAt(text, 0, bytes, at) - at;
  words[(at >> 2) - 1] = length;
  words[0] = at + ((length + 7) & ~7);
}

export function raise(flag) {
  words[1] |= flag;
}

/** Takes back what Java has not seen yet. */
export function lower(flag) {
  words[1] &= ~flag;
}
