// Text that an exchange writes in one turn, on its way to Java, which wants it in few pieces. Where JavaScript is
// compiled it is encoded as it comes: lengthening a string costs as much, and the result would still have to be
// encoded. Interpreted code lengthens strings and leaves the encoding to Java.
//
// A React page is thousands of short strings, so what append() touches for each is kept to a minimum: plain
// properties, no object between, nothing done per string that can be done per piece.
import { can } from "host:engine";
import * as host from "host:http";
import { encodeAt, MOST_BYTES_PER_UNIT } from "internal:short_utf8";
import { MAX_PAYLOAD, postBytes } from "internal:mailbox";
import * as records from "internal:records";
import { Bytes, charCodeAt, typedArrayByteLength } from "internal:primordials";

/** Longer chunks go to Java in a call of their own instead of through the mailbox. */
const LARGEST_RECORD = Math.min(16 * 1024, MAX_PAYLOAD);

export function sendBytes(id, bytes) {
  const length = typedArrayByteLength(bytes);
  if (length > LARGEST_RECORD) host.bytes(id, bytes);
  else if (length > 0) postBytes(records.BODY_BYTES, id, 0, bytes);
}

// ---- Lengthening strings: an exchange's `text` and `half` ----

/** More goes to Java before the turn is over: a string is copied whenever it gets longer, on an engine without ropes. */
const LONGEST_TEXT = 32 * 1024;

/** Two by two: engines take longer to lengthen a long string than to join short ones. */
function appendJoined(exchange, chunk) {
  if (exchange.half === "") {
    exchange.half = chunk;
    exchange.flushAtTurnEnd();
    return;
  }
  exchange.text += exchange.half + chunk;
  exchange.half = "";
  if (exchange.text.length >= LONGEST_TEXT) flushJoined(exchange);
}

function flushJoined(exchange) {
  const text = exchange.text + exchange.half;
  forgetJoined(exchange);
  if (text === "") return;
  exchange.count(text.length);
  host.text(exchange.id, text);
}

function forgetJoined(exchange) {
  exchange.text = "";
  exchange.half = "";
}

// ---- Encoding at once, in room that all exchanges share: whoever comes to it sends what another has left ----

const ROOM = can("COMPILED") ? 64 * 1024 : 0;
const room = new Bytes(ROOM);
const memory = room.buffer;
let used = 0;
let owner = null;

/** Java encodes longer ones quicker, for all that asking it costs. */
const LONGEST_ENCODED = 1024;

function appendEncoded(exchange, chunk) {
  const { length } = chunk;
  if (owner !== exchange || length > LONGEST_ENCODED || used + MOST_BYTES_PER_UNIT * length > ROOM) {
    appendWithRoom(exchange, chunk);
    return;
  }
  let at = used;
  for (let i = 0; i < length; i++) {
    const code = charCodeAt(chunk, i);
    if (code >= 0x80) {
      used = encodeAt(chunk, i, room, at);
      return;
    }
    room[at++] = code;
  }
  used = at;
}

function appendWithRoom(exchange, chunk) {
  if (owner !== null) flushEncoded(owner);
  exchange.flushAtTurnEnd();
  if (chunk.length > LONGEST_ENCODED) {
    exchange.count(chunk.length);
    host.text(exchange.id, chunk);
    return;
  }
  owner = exchange;
  appendEncoded(exchange, chunk);
}

function flushEncoded(exchange) {
  if (owner !== exchange) return;
  const length = used;
  forgetEncoded(exchange);
  if (length === 0) return;
  exchange.count(length);
  sendBytes(exchange.id, new Bytes(memory, 0, length));
}

function forgetEncoded(exchange) {
  if (owner !== exchange) return;
  owner = null;
  used = 0;
}

/** append(exchange, chunk), flush(exchange): Java has it all then, forget(exchange): nobody wants it. */
export const { append, flush, forget } = can("COMPILED")
  ? { append: appendEncoded, flush: flushEncoded, forget: forgetEncoded }
  : { append: appendJoined, flush: flushJoined, forget: forgetJoined };
