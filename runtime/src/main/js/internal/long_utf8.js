// UTF-8 of long texts, piece by piece: what Java makes on the way stays small, so that it is in the processor's caches
// and gone with the next collection of new objects. A text of 10 MB in one piece takes several times as long.
import { Bytes, charCodeAt, typedArraySet, uncurryThis } from "internal:primordials";
import { MOST_BYTES_PER_UNIT } from "internal:short_utf8";
import * as host from "host:encoding";

const slice = uncurryThis(String.prototype.slice);

/** In characters or bytes; encodeInto answers with a small integer for this many. */
const PIECE = 16 * 1024;
const KEEP_BOM = 2;

/** A Uint8Array with a buffer of its own. */
export function encodeLong(text) {
  const { length } = text;
  if (length <= PIECE) return host.encode(text);
  let bytes = new Bytes(length + length / 16 + PIECE * MOST_BYTES_PER_UNIT);
  let written = 0;
  for (let start = 0; start < length; ) {
    const end = endOfText(text, start);
    if (bytes.length - written < (end - start) * MOST_BYTES_PER_UNIT) {
      bytes = grown(bytes, written, (length - start) * MOST_BYTES_PER_UNIT);
    }
    written += host.encodeInto(slice(text, start, end), new Bytes(bytes.buffer, written)) & 0xffff;
    start = end;
  }
  return new Bytes(new Bytes(bytes.buffer, 0, written));
}

/** Not between the halves of a surrogate pair. */
function endOfText(text, start) {
  const end = start + PIECE;
  if (end >= text.length) return text.length;
  const last = charCodeAt(text, end - 1);
  return last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
}

/** Half as much again, but no more than what is left can need. */
function grown(bytes, written, mostNeeded) {
  const more = new Bytes(Math.min(written + mostNeeded, bytes.length * 1.5 + PIECE * MOST_BYTES_PER_UNIT));
  typedArraySet(more, new Bytes(bytes.buffer, 0, written));
  return more;
}

/** As host.decode for "utf-8". */
export function decodeLong(bytes, flags) {
  const { length } = bytes;
  if (length <= PIECE) return host.decode("utf-8", bytes, flags);
  let text = "";
  for (let start = 0; start < length; ) {
    const end = endOfBytes(bytes, start);
    const piece = new Bytes(bytes.buffer, bytes.byteOffset + start, end - start);
    text += host.decode("utf-8", piece, start === 0 ? flags : flags | KEEP_BOM);
    start = end;
  }
  return text;
}

/** Not within a character: before a byte that continues none, or after three that do, which is as many as can. */
function endOfBytes(bytes, start) {
  const end = start + PIECE;
  if (end >= bytes.length) return bytes.length;
  for (let back = 0; back <= 3; back++) {
    if ((bytes[end - back] & 0xc0) !== 0x80) return end - back;
  }
  return end;
}
