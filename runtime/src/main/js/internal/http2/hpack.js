// Compression of header fields - RFC 7541
// Both sides' tables are bounded by what was announced, and a decoded list by its target.
import { Buffer } from "internal:buffer/class";
import { decode as decodeHuffman } from "internal:http2/huffman";

const STATIC = [
  [":authority", ""], [":method", "GET"], [":method", "POST"], [":path", "/"], [":path", "/index.html"], [":scheme", "http"],
  [":scheme", "https"], [":status", "200"], [":status", "204"], [":status", "206"], [":status", "304"], [":status", "400"],
  [":status", "404"], [":status", "500"], ["accept-charset", ""], ["accept-encoding", "gzip, deflate"], ["accept-language", ""],
  ["accept-ranges", ""], ["accept", ""], ["access-control-allow-origin", ""], ["age", ""], ["allow", ""], ["authorization", ""],
  ["cache-control", ""], ["content-disposition", ""], ["content-encoding", ""], ["content-language", ""], ["content-length", ""],
  ["content-location", ""], ["content-range", ""], ["content-type", ""], ["cookie", ""], ["date", ""], ["etag", ""], ["expect", ""],
  ["expires", ""], ["from", ""], ["host", ""], ["if-match", ""], ["if-modified-since", ""], ["if-none-match", ""], ["if-range", ""],
  ["if-unmodified-since", ""], ["last-modified", ""], ["link", ""], ["location", ""], ["max-forwards", ""], ["proxy-authenticate", ""],
  ["proxy-authorization", ""], ["range", ""], ["referer", ""], ["refresh", ""], ["retry-after", ""], ["server", ""], ["set-cookie", ""],
  ["strict-transport-security", ""], ["transfer-encoding", ""], ["user-agent", ""], ["vary", ""], ["via", ""], ["www-authenticate", ""],
];
const OVERHEAD = 32;
const DEFAULT_SIZE = 4096;

const sizeOf = (name, value) => name.length + value.length + OVERHEAD;

/** The newest field first. */
class DynamicTable {
  #fields = [];
  #size = 0;
  #limit = DEFAULT_SIZE;

  at(index) {
    return index <= STATIC.length ? STATIC[index - 1] : this.#fields[index - STATIC.length - 1];
  }

  add(name, value) {
    const size = sizeOf(name, value);
    this.#evict(this.#limit - size);
    if (size > this.#limit) return;
    this.#fields.unshift([name, value]);
    this.#size += size;
  }

  resize(limit) {
    this.#limit = limit;
    this.#evict(limit);
  }

  #evict(upTo) {
    while (this.#size > upTo && this.#fields.length > 0) {
      const [name, value] = this.#fields.pop();
      this.#size -= sizeOf(name, value);
    }
  }
}

const staticFields = new Map();
const staticNames = new Map();
STATIC.forEach(([name, value], i) => {
  if (value !== "") staticFields.set(`${name}\n${value}`, i + 1);
  if (!staticNames.has(name)) staticNames.set(name, i + 1);
});

/** Writes fields without remembering any, so that the other side's table stays empty and secrets are in none. */
export class Encoder {
  #announce = true;

  /** fields: [name, value, isSensitive], latin1 */
  encode(fields) {
    const out = [];
    if (this.#announce) integer(out, 0x20, 5, 0);
    this.#announce = false;
    for (const [name, value, isSensitive] of fields) {
      const whole = isSensitive ? undefined : staticFields.get(`${name}\n${value}`);
      if (whole !== undefined) {
        integer(out, 0x80, 7, whole);
        continue;
      }
      const named = staticNames.get(name) ?? 0;
      integer(out, isSensitive ? 0x10 : 0, 4, named);
      if (named === 0) string(out, name);
      string(out, value);
    }
    return Buffer.concat(out.map((part) => (typeof part === "number" ? Buffer.from([part]) : part)));
  }
}

function integer(out, flags, bits, value) {
  const most = 2 ** bits - 1;
  if (value < most) {
    out.push(flags | value);
    return;
  }
  out.push(flags | most);
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
}

function string(out, text) {
  const bytes = Buffer.from(text, "latin1");
  integer(out, 0, 7, bytes.length);
  out.push(bytes);
}

export class CompressionError extends Error {}

const LARGEST_INTEGER = 2 ** 31;

export class Decoder {
  #table = new DynamicTable();
  #limit = DEFAULT_SIZE;
  #bytes;
  #at = 0;

  /** What we have announced that our table may hold. */
  setLimit(limit) {
    this.#limit = limit;
    this.#table.resize(limit);
  }

  /** Calls field(name, value, isSensitive) for each; every field is decoded, so that the table stays right. */
  decode(bytes, field) {
    this.#bytes = bytes;
    this.#at = 0;
    let begun = false;
    while (this.#at < bytes.length) {
      const first = bytes[this.#at];
      if ((first & 0xe0) === 0x20) {
        if (begun) throw new CompressionError("A table may change its size before fields only");
        this.#resize();
        continue;
      }
      begun = true;
      if (first & 0x80) {
        const [name, value] = this.#indexed(this.#integer(7));
        field(name, value, false);
      } else {
        this.#literal(first, field);
      }
    }
  }

  #resize() {
    const size = this.#integer(5);
    if (size > this.#limit) throw new CompressionError("A table larger than was announced");
    this.#table.resize(size);
  }

  #literal(first, field) {
    const isKept = (first & 0x40) !== 0;
    const index = this.#integer(isKept ? 6 : 4);
    const name = index === 0 ? this.#string() : this.#indexed(index)[0];
    const value = this.#string();
    if (isKept) this.#table.add(name, value);
    field(name, value, (first & 0xf0) === 0x10);
  }

  #indexed(index) {
    const found = index === 0 ? undefined : this.#table.at(index);
    if (found === undefined) throw new CompressionError("A field that no table has");
    return found;
  }

  #byte() {
    if (this.#at >= this.#bytes.length) throw new CompressionError("A header block that is cut off");
    return this.#bytes[this.#at++];
  }

  #integer(bits) {
    const most = 2 ** bits - 1;
    let value = this.#byte() & most;
    if (value < most) return value;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (value > LARGEST_INTEGER || factor > LARGEST_INTEGER) throw new CompressionError("A number that is too large");
      if (byte < 128) return value;
    }
  }

  #string() {
    const isPacked = (this.#bytes[this.#at] & 0x80) !== 0;
    const length = this.#integer(7);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new CompressionError("A header block that is cut off");
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    const text = isPacked ? decodeHuffman(part) : part.toString("latin1");
    if (text === undefined) throw new CompressionError("A string that is not in the code");
    return text;
  }
}
