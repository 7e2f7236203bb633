// UTF-8 for short strings where JavaScript is compiled: a loop here takes less than a call of Java.
// Interpreted it would take more, and isn't used.
import { can } from "host:engine";
import { uncurryThis } from "internal:primordials";

const charCodeAt = uncurryThis(String.prototype.charCodeAt);

/** The longest string that is encoded here. */
export const SHORT = can("COMPILED") ? 2048 : -1;

/** As TextEncoder.encodeInto, for at most SHORT characters. */
export function encodeShort(text, destination) {
  const length = text.length;
  const room = destination.length;
  let read = 0;
  let written = 0;
  while (read < length) {
    let code = charCodeAt(text, read);
    if (code < 0x80) {
      if (written === room) break;
      destination[written++] = code;
      read++;
      continue;
    }
    let units = 1;
    if (code >= 0xd800 && code < 0xe000) {
      const low = code < 0xdc00 && read + 1 < length ? charCodeAt(text, read + 1) : 0;
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        units = 2;
      } else {
        code = 0xfffd;
      }
    }
    const size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (written + size > room) break;
    if (size === 2) {
      destination[written] = 0xc0 | (code >> 6);
    } else if (size === 3) {
      destination[written] = 0xe0 | (code >> 12);
      destination[written + 1] = 0x80 | ((code >> 6) & 0x3f);
    } else {
      destination[written] = 0xf0 | (code >> 18);
      destination[written + 1] = 0x80 | ((code >> 12) & 0x3f);
      destination[written + 2] = 0x80 | ((code >> 6) & 0x3f);
    }
    destination[written + size - 1] = 0x80 | (code & 0x3f);
    written += size;
    read += units;
  }
  return { read, written };
}

/** How many bytes a string of at most SHORT characters takes. */
export function byteLengthOfShort(text) {
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
