// Buffer: a Uint8Array with text and number methods - https://nodejs.org/api/buffer.html
// Text goes through host:buffer: no loop over characters runs in JavaScript.
import { byteLengthOfShort, SHORT } from "internal:short_utf8";
import * as host from "host:buffer";
import { warnOfConstructor } from "internal:buffer/deprecation";
import { addNumberMethods } from "internal:buffer/numbers";
import { addTextMethods, fillBuffer, kStringMaxLength, toText, writeText } from "internal:buffer/text";
import { knownEncoding, requireEncoding } from "internal:buffer/encodings";
import { codes } from "internal:node_errors";
import { inspect } from "internal:inspect";
import { isAnyArrayBuffer, isArrayBufferView } from "internal:types";
import { validateArray, validateBuffer, validateInteger, validateNumber } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;

export const kMaxLength = 2 ** 32;
export { kStringMaxLength };
const customInspect = Symbol.for("nodejs.util.inspect.custom");

class FastBuffer extends Uint8Array {}

/** new Buffer() is deprecated, but old packages still call it, with and without new. */
export function Buffer(value, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof value === "number") {
    if (typeof encodingOrOffset === "string") throw new ERR_INVALID_ARG_TYPE("string", "string", value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(FastBuffer.prototype, "constructor", { value: Buffer, writable: true, configurable: true });
Object.defineProperty(Buffer, Symbol.species, { configurable: true, get: () => FastBuffer });

/** Sees the same bytes, now as a Buffer. */
export function viewOf(bytes) {
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function requireSize(size) {
  validateNumber(size, "size", 0, kMaxLength);
}

Object.assign(Buffer, {
  poolSize: 8192,

  from(value, encodingOrOffset, length) {
    if (typeof value === "string") {
      // As on Node, what is no string is no encoding.
      return viewOf(host.encode(value, requireEncoding(typeof encodingOrOffset === "string" ? encodingOrOffset : undefined)));
    }
    if (typeof value === "object" && value !== null) {
      const made = fromObject(value, encodingOrOffset, length);
      if (made !== undefined) return made;
    }
    throw new ERR_INVALID_ARG_TYPE("first argument", ["string", "Buffer", "ArrayBuffer", "Array", "Array-like Object"], value);
  },

  copyBytesFrom(view, offset, length) {
    if (!isArrayBufferView(view) || view instanceof DataView) throw new ERR_INVALID_ARG_TYPE("view", ["TypedArray"], view);
    if (offset !== undefined) validateInteger(offset, "offset", 0);
    if (length !== undefined) validateInteger(length, "length", 0);
    const start = offset ?? 0;
    const part = view.subarray(start, length === undefined ? undefined : start + length);
    return viewOf(new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice());
  },

  of(...items) {
    const buffer = new FastBuffer(items.length);
    for (let i = 0; i < items.length; i++) buffer[i] = items[i];
    return buffer;
  },

  alloc(size, fill, encoding) {
    requireSize(size);
    const buffer = new FastBuffer(size);
    if (fill !== undefined && fill !== 0 && size > 0) fillBuffer(buffer, fill, 0, size, encoding);
    return buffer;
  },

  allocUnsafe(size) {
    requireSize(size);
    return new FastBuffer(size);
  },

  allocUnsafeSlow(size) {
    requireSize(size);
    return new FastBuffer(size);
  },

  isBuffer(value) {
    return value instanceof Buffer;
  },

  isEncoding(encoding) {
    return typeof encoding === "string" && encoding.length !== 0 && knownEncoding(encoding) !== undefined;
  },

  byteLength(value, encoding) {
    if (typeof value === "string") {
      const name = encoding === "utf8" ? encoding : (knownEncoding(encoding) ?? "utf8");
      return name === "utf8" && value.length <= SHORT ? byteLengthOfShort(value) : host.byteLength(value, name);
    }
    if (isArrayBufferView(value) || isAnyArrayBuffer(value)) return value.byteLength;
    throw new ERR_INVALID_ARG_TYPE("string", ["string", "Buffer", "ArrayBuffer"], value);
  },

  compare(a, b) {
    if (!isBytes(a)) throw new ERR_INVALID_ARG_TYPE("buf1", ["Buffer", "Uint8Array"], a);
    if (!isBytes(b)) throw new ERR_INVALID_ARG_TYPE("buf2", ["Buffer", "Uint8Array"], b);
    return a === b ? 0 : host.compare(a, b);
  },

  concat(list, length) {
    validateArray(list, "list");
    if (list.length === 0) return new FastBuffer(0);
    if (length === undefined) {
      length = 0;
      for (const each of list) if (each.length) length += each.length;
    } else {
      validateInteger(length, "length", 0);
    }
    return concatInto(Buffer.allocUnsafe(length), list, length);
  },
});

function concatInto(buffer, list, length) {
  let position = 0;
  for (let i = 0; i < list.length; i++) {
    const each = list[i];
    if (!isBytes(each)) throw new ERR_INVALID_ARG_TYPE(`list[${i}]`, ["Buffer", "Uint8Array"], each);
    if (position >= length) continue;
    buffer.set(position + each.length > length ? each.subarray(0, length - position) : each, position);
    position += each.length;
  }
  return buffer;
}

function isBytes(value) {
  return value instanceof Uint8Array;
}

function fromObject(value, encodingOrOffset, length) {
  if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
  const primitive = value.valueOf?.();
  if (primitive != null && primitive !== value && (typeof primitive === "string" || typeof primitive === "object")) {
    return Buffer.from(primitive, encodingOrOffset, length);
  }
  const made = fromArrayLike(value);
  if (made !== undefined) return made;
  if (typeof value[Symbol.toPrimitive] === "function") {
    const text = value[Symbol.toPrimitive]("string");
    if (typeof text === "string") return Buffer.from(text, encodingOrOffset);
  }
  return undefined;
}

function fromArrayBuffer(value, byteOffset, length) {
  let offset = 0;
  if (byteOffset !== undefined) {
    offset = +byteOffset;
    if (offset !== offset) offset = 0;
  }
  const max = value.byteLength - offset;
  if (max < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS("offset");
  if (length === undefined) return new FastBuffer(value, offset);
  let count = +length;
  if (!(count > 0)) count = 0;
  if (count > max) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS("length");
  return new FastBuffer(value, offset, count);
}

function fromArrayLike(value) {
  if (isBytes(value)) {
    const copy = new FastBuffer(value.length);
    copy.set(value);
    return copy;
  }
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === "number" ? new FastBuffer(Array.isArray(value) ? value : Array.from(value)) : new FastBuffer(0);
  }
  if (value.type === "Buffer" && Array.isArray(value.data)) return new FastBuffer(value.data);
  return undefined;
}

Object.defineProperties(Buffer.prototype, {
  parent: { enumerable: true, get() { return this instanceof Buffer ? this.buffer : undefined; } },
  offset: { enumerable: true, get() { return this instanceof Buffer ? this.byteOffset : undefined; } },
});

function clampIndex(value, length, otherwise) {
  if (value === undefined) return otherwise;
  let index = Math.trunc(+value);
  if (index !== index) index = 0;
  if (index < 0) return Math.max(index + length, 0);
  return Math.min(index, length);
}

function integerOr(value, otherwise) {
  if (value === undefined) return otherwise;
  const number = Math.trunc(+value);
  return number !== number ? 0 : number;
}

const methods = {
  slice(start, end) {
    const from = clampIndex(start, this.length, 0);
    const to = Math.max(clampIndex(end, this.length, this.length), from);
    return new FastBuffer(this.buffer, this.byteOffset + from, to - from);
  },

  toString(encoding, start, end) {
    return arguments.length === 0 ? host.decode(this, "utf8") : toText(this, encoding, start, end);
  },

  write(string, offset, length, encoding) {
    return writeText(this, string, offset, length, encoding);
  },

  toJSON() {
    return { type: "Buffer", data: Array.from(this) };
  },

  equals(other) {
    if (!isBytes(other)) throw new ERR_INVALID_ARG_TYPE("otherBuffer", ["Buffer", "Uint8Array"], other);
    return this === other || (this.byteLength === other.byteLength && host.compare(this, other) === 0);
  },

  compare(target, targetStart = 0, targetEnd = target?.length, sourceStart = 0, sourceEnd = this.length) {
    if (!isBytes(target)) throw new ERR_INVALID_ARG_TYPE("target", ["Buffer", "Uint8Array"], target);
    validateInteger(targetStart, "targetStart", 0);
    validateInteger(targetEnd, "targetEnd", 0, target.length);
    validateInteger(sourceStart, "sourceStart", 0);
    validateInteger(sourceEnd, "sourceEnd", 0, this.length);
    if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    return host.compare(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
  },

  copy(target, targetStart, sourceStart, sourceEnd) {
    if (!isArrayBufferView(target)) throw new ERR_INVALID_ARG_TYPE("target", ["Buffer", "Uint8Array"], target);
    const to = integerOr(targetStart, 0);
    const from = integerOr(sourceStart, 0);
    const end = integerOr(sourceEnd, this.length);
    if (to < 0) throw new ERR_OUT_OF_RANGE("targetStart", ">= 0", to);
    if (from < 0 || from > this.length) throw new ERR_OUT_OF_RANGE("sourceStart", `>= 0 && <= ${this.length}`, from);
    if (end < 0) throw new ERR_OUT_OF_RANGE("sourceEnd", ">= 0", end);
    const count = Math.min(end, this.length) - from;
    const room = Math.min(count, target.byteLength - to);
    if (room <= 0) return 0;
    const bytes = isBytes(target) ? target : new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    bytes.set(new Uint8Array(this.buffer, this.byteOffset + from, room), to);
    return room;
  },

  fill(value, offset, end, encoding) {
    return fillBuffer(this, value, offset, end, encoding);
  },

  // Functions as Node has them, which `new` can be called on.
  indexOf: function indexOf(value, byteOffset, encoding) {
    return search(this, value, byteOffset, encoding, true);
  },

  lastIndexOf: function lastIndexOf(value, byteOffset, encoding) {
    return search(this, value, byteOffset, encoding, false);
  },

  includes(value, byteOffset, encoding) {
    return search(this, value, byteOffset, encoding, true) !== -1;
  },

  [customInspect](depth, options) {
    const max = BufferSettings.INSPECT_MAX_BYTES;
    const shown = Math.min(max, this.length);
    let text = host.decode(this.subarray(0, shown), "hex").replace(/(.{2})/g, "$1 ").trim();
    const remaining = this.length - shown;
    if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? "s" : ""}`;
    const extras = Object.keys(this).filter((key) => !/^\d+$/.test(key));
    if (extras.length > 0) {
      const own = Object.fromEntries(extras.map((key) => [key, this[key]]));
      if (this.length !== 0) text += ", ";
      text += inspect(own, { ...options, breakLength: Infinity, compact: true }).slice(2, -2);
    }
    const name = this.constructor?.name ?? "Buffer";
    return `<${name} ${text}>`;
  },
};
methods.subarray = methods.slice;
methods.toLocaleString = methods.toString;

export const BufferSettings = { INSPECT_MAX_BYTES: 50 };

/** A string or a view is searched for as bytes, a number as one byte. */
function search(buffer, value, byteOffset, encoding, forward) {
  validateBuffer(buffer);
  if (typeof byteOffset === "string") {
    encoding = byteOffset;
    byteOffset = undefined;
  }
  let from = +byteOffset;
  if (from !== from) from = forward ? 0 : buffer.length;
  from = Math.trunc(Math.max(Math.min(from, 0x7fffffff), -0x80000000));
  if (typeof value === "number") return searchByte(buffer, value & 255, from, forward);
  const { needle, step } = needleOf(value, encoding);
  let start = from < 0 ? from + buffer.length : from;
  if (start < 0) {
    if (!forward) return -1;
    start = 0;
  }
  if (needle.length === 0) return Math.min(start, buffer.length);
  return host.indexOf(buffer, needle, Math.min(start, buffer.length), forward, step);
}

function searchByte(buffer, byte, from, forward) {
  const { indexOf, lastIndexOf } = Uint8Array.prototype;
  if (forward) return indexOf.call(buffer, byte, from);
  return from < -buffer.length ? -1 : lastIndexOf.call(buffer, byte, from);
}

function needleOf(value, encoding) {
  if (typeof value === "string") {
    const known = requireEncoding(encoding);
    return { needle: host.encode(value, known), step: known === "utf16le" ? 2 : 1 };
  }
  if (isBytes(value)) return { needle: value, step: knownEncoding(encoding) === "utf16le" ? 2 : 1 };
  throw new ERR_INVALID_ARG_TYPE("value", ["number", "string", "Buffer", "Uint8Array"], value);
}

for (const [name, value] of Object.entries(methods)) Buffer.prototype[name] = value;
Buffer.prototype[customInspect] = methods[customInspect];
Buffer.prototype.inspect = methods[customInspect];
addTextMethods(Buffer.prototype);
addNumberMethods(Buffer.prototype);

/** Kept for what was once created with it. */
export function SlowBuffer(length) {
  validateNumber(length, "size", 0, kMaxLength);
  return Buffer.allocUnsafeSlow(length);
}

