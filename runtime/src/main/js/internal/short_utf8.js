// UTF-8 for short strings where JavaScript is compiled: a loop here takes less than a call of Java.
// Interpreted it would take more, and isn't used.
import { can } from "host:engine";
import { charCodeAt } from "internal:primordials";

/** The longest string that is encoded here. */
export const SHORT = can("COMPILED") ? 2048 : -1;

export const MOST_BYTES_PER_UNIT = 3;

/** As TextEncoder.encodeInto, for at most SHORT characters. */
export function encodeShort(text, destination) {
  const length = text.length;
  const room = destination.length;
  let read = 0;
  let written = 0;
  while (read < length) {
    const code = charCodeAt(text, read);
    if (code < 0x80) {
      if (written === room) break;
      destination[written++] = code;
      read++;
      continue;
    }
    const point = scalarAt(text, read, code);
    const size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (written + size > room) break;
    putScalar(point, size, destination, written);
    written += size;
    read += size === 4 ? 2 : 1;
  }
  return { read, written };
}

/** Encodes text from its unit `read` on to destination[at], where there is room for it; returns where it ends. */
export function encodeAt(text, read, destination, at) {
  const length = text.length;
  for (; read < length; read++) {
    const code = charCodeAt(text, read);
    if (code < 0x80) {
      destination[at++] = code;
      continue;
    }
    const point = scalarAt(text, read, code);
    const size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    putScalar(point, size, destination, at);
    at += size;
    if (size === 4) read++;
  }
  return at;
}

/** The Unicode scalar value at a place, where the unit `code` stands: half a pair alone is U+FFFD. */
function scalarAt(text, at, code) {
  if (code < 0xd800 || code >= 0xe000) return code;
  const low = code < 0xdc00 && at + 1 < text.length ? charCodeAt(text, at + 1) : 0;
  return low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
}

/** Above ASCII. */
function putScalar(point, size, destination, at) {
  if (size === 2) {
    destination[at] = 0xc0 | (point >> 6);
  } else if (size === 3) {
    destination[at] = 0xe0 | (point >> 12);
    destination[at + 1] = 0x80 | ((point >> 6) & 0x3f);
  } else {
    destination[at] = 0xf0 | (point >> 18);
    destination[at + 1] = 0x80 | ((point >> 12) & 0x3f);
    destination[at + 2] = 0x80 | ((point >> 6) & 0x3f);
  }
  destination[at + size - 1] = 0x80 | (point & 0x3f);
}

/** How many bytes a string of at most SHORT characters takes. Nearly all are ASCII, many of one character. */
export function byteLengthOfShort(text) {
  const length = text.length;
  if (length === 1) {
    const code = charCodeAt(text, 0);
    return code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  }
  let all = 0;
  for (let i = 0; i < length; i++) all |= charCodeAt(text, i);
  return all < 0x80 ? length : countBytes(text);
}

function countBytes(text) {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = charCodeAt(text, i);
    if (code < 0x80) continue;
    if (code < 0x800) {
      bytes++;
      continue;
    }
    bytes += 2;
    const low = code >= 0xd800 && code < 0xdc00 && i + 1 < text.length ? charCodeAt(text, i + 1) : 0;
    // A pair takes four bytes for its two units, and is counted as two and two.
    if (low >= 0xdc00 && low < 0xe000) i++;
  }
  return bytes;
}
