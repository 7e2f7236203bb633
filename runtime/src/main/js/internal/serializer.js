// Values as bytes, for other isolates of the program: the types and the order of V8's format, version 15.
// https://chromium.googlesource.com/v8/v8/+/main/src/objects/value-serializer.cc
import { carriedBy, streamOf } from "internal:stream_transfer";
import { isArrayBuffer } from "internal:webidl";
import { clonePlatformObject, cloneWithTransfer } from "../web/structured_clone.js";

const VERSION = 15;
const ASCII_TAG = (letter) => letter.charCodeAt(0);
const VIEW_TAGS = {
  b: Int8Array, B: Uint8Array, C: Uint8ClampedArray, w: Int16Array, W: Uint16Array, d: Int32Array, D: Uint32Array,
  h: Float16Array, f: Float32Array, F: Float64Array, q: BigInt64Array, Q: BigUint64Array, "?": DataView,
};
const ERROR_TAGS = { E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };
const STREAM_TAGS = { readable: "(", writable: ")", transform: "%" };
const REGEXP_FLAGS = { g: 1, i: 2, m: 4, y: 8, u: 16, s: 32, d: 128, v: 256 };
const MAX_INDEX = 2 ** 32 - 2;

/**
 * A structured clone of the value as bytes, and the ports among what was transferred, those of streams too, which
 * stand in the bytes by their place in that list; throws what structuredClone throws.
 */
export function serialize(value, transferList = []) {
  // What is left after that has its class's own prototype and no accessors.
  const { value: copy, transferred } = cloneWithTransfer(value, transferList);
  const ports = transferred.flatMap((item) => (isArrayBuffer(item) ? [] : (carriedBy(item)?.ports ?? item)));
  const writer = new Writer(ports);
  writer.value(copy);
  return { bytes: writer.bytes(), ports };
}

/** What serialize() made these of. */
export function deserialize(bytes, ports = []) {
  return new Reader(bytes, ports).value();
}

class Writer {
  #bytes = new Uint8Array(256);
  #length = 0;
  #ids = new Map();
  #ports;

  constructor(ports) {
    this.#ports = ports;
    this.#byte(0xff);
    this.#byte(VERSION);
  }

  bytes() {
    return this.#bytes.subarray(0, this.#length);
  }

  value(value) {
    switch (typeof value) {
      case "undefined":
        return this.#tag("_");
      case "boolean":
        return this.#tag(value ? "T" : "F");
      case "number":
        return this.#number(value);
      case "bigint":
        this.#tag("Z");
        return this.#bigint(value);
      case "string":
        return this.#string(value);
      default:
        return value === null ? this.#tag("0") : this.#object(value);
    }
  }

  #object(value) {
    if (ArrayBuffer.isView(value) && !this.#ids.has(value)) this.#object(value.buffer);
    const id = this.#ids.get(value);
    if (id !== undefined) {
      this.#tag("^");
      this.#varint(id);
      return;
    }
    this.#ids.set(value, this.#ids.size);
    if (Array.isArray(value)) this.#array(value);
    else if (ArrayBuffer.isView(value)) this.#view(value);
    else if (isArrayBuffer(value)) this.#buffer(value);
    else if (value instanceof Map) this.#entries(";", ":", [...value].flat(1));
    else if (value instanceof Set) this.#entries("'", ",", [...value]);
    else if (value instanceof DOMException) this.#strings("\\", value.name, value.message, value.stack);
    else if (Error.isError(value)) this.#error(value);
    else if (value instanceof RegExp) this.#regExp(value);
    else if (this.#ports.includes(value)) this.#port("&", value);
    else if (carriedBy(value) !== undefined) this.#stream(carriedBy(value));
    else if (clonePlatformObject in value) throw notSent(value);
    else if (!this.#wrapper(value)) this.#properties("o", value, Object.keys(value), "{");
  }

  #port(tag, ...ports) {
    this.#tag(tag);
    for (const port of ports) this.#varint(this.#ports.indexOf(port));
  }

  #stream({ kind, ports }) {
    this.#port(STREAM_TAGS[kind], ...ports);
  }

  #array(array) {
    const keys = Object.keys(array);
    const { length } = array;
    const isDense = length === 0 || keys[length - 1] === String(length - 1);
    this.#tag(isDense ? "A" : "a");
    this.#varint(length);
    if (isDense) for (let i = 0; i < length; i++) this.value(array[i]);
    const others = isDense ? keys.slice(length) : keys;
    this.#members(array, others, isDense ? "$" : "@");
    this.#varint(length);
  }

  #properties(tag, object, keys, end) {
    this.#tag(tag);
    this.#members(object, keys, end);
  }

  #members(object, keys, end) {
    for (const key of keys) {
      const index = Number(key);
      this.value(String(index) === key && index >= 0 && index <= MAX_INDEX ? index : key);
      this.value(object[key]);
    }
    this.#tag(end);
    this.#varint(keys.length);
  }

  #entries(tag, end, items) {
    this.#tag(tag);
    for (const item of items) this.value(item);
    this.#tag(end);
    this.#varint(items.length);
  }

  #buffer(buffer) {
    this.#tag(buffer.resizable ? "~" : "B");
    this.#varint(buffer.byteLength);
    if (buffer.resizable) this.#varint(buffer.maxByteLength);
    this.#raw(new Uint8Array(buffer));
  }

  #view(view) {
    this.#tag("V");
    this.#tag(Object.keys(VIEW_TAGS).find((tag) => view instanceof VIEW_TAGS[tag]));
    this.#varint(view.byteOffset);
    this.#varint(view.byteLength);
    this.#varint(view.buffer.resizable ? 2 : 0);
  }

  #error(error) {
    this.#tag("r");
    const tag = Object.keys(ERROR_TAGS).find((letter) => error instanceof ERROR_TAGS[letter]);
    if (tag !== undefined) this.#tag(tag);
    if (Object.hasOwn(error, "message")) this.#strings("m", error.message);
    if (Object.hasOwn(error, "cause")) {
      this.#tag("c");
      this.value(error.cause);
    }
    this.#strings("s", error.stack);
    this.#tag(".");
  }

  #regExp(regExp) {
    this.#strings("R", regExp.source);
    this.#varint([...regExp.flags].reduce((bits, flag) => bits | REGEXP_FLAGS[flag], 0));
  }

  /** False when the value is an ordinary object. */
  #wrapper(value) {
    if (value instanceof Date) {
      this.#tag("D");
      this.#double(value.getTime());
    } else if (value instanceof Boolean) {
      this.#tag(value.valueOf() ? "y" : "x");
    } else if (value instanceof Number) {
      this.#tag("n");
      this.#double(value.valueOf());
    } else if (value instanceof BigInt) {
      this.#tag("z");
      this.#bigint(value.valueOf());
    } else if (value instanceof String) {
      this.#strings("s", value.valueOf());
    } else {
      return false;
    }
    return true;
  }

  #number(value) {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.#tag("I");
      this.#varint(((value << 1) ^ (value >> 31)) >>> 0);
    } else {
      this.#tag("N");
      this.#double(value);
    }
  }

  #double(value) {
    this.#raw(new Uint8Array(Float64Array.of(value).buffer));
  }

  /** Whole 64-bit words, as V8 keeps them. */
  #bigint(value) {
    const hex = (value < 0n ? -value : value).toString(16);
    const words = value === 0n ? 0 : Math.ceil(hex.length / 16);
    this.#varint(words * 8 * 2 + (value < 0n ? 1 : 0));
    if (words > 0) this.#raw(Uint8Array.fromHex(hex.padStart(words * 16, "0")).reverse());
  }

  #strings(tag, ...texts) {
    this.#tag(tag);
    for (const text of texts) this.#string(text);
  }

  #string(text) {
    const { length } = text;
    let isLatin1 = true;
    for (let i = 0; i < length && isLatin1; i++) isLatin1 = text.charCodeAt(i) < 256;
    this.#tag(isLatin1 ? '"' : "c");
    this.#varint(isLatin1 ? length : length * 2);
    const start = this.#reserve(isLatin1 ? length : length * 2);
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (isLatin1) {
        this.#bytes[start + i] = unit;
      } else {
        this.#bytes[start + 2 * i] = unit & 0xff;
        this.#bytes[start + 2 * i + 1] = unit >> 8;
      }
    }
  }

  #tag(letter) {
    this.#byte(ASCII_TAG(letter));
  }

  #varint(value) {
    let rest = value;
    while (rest >= 0x80) {
      this.#byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#byte(rest);
  }

  #byte(byte) {
    // Reserving may put other bytes in the place of these.
    const at = this.#reserve(1);
    this.#bytes[at] = byte;
  }

  #raw(bytes) {
    const start = this.#reserve(bytes.length);
    this.#bytes.set(bytes, start);
  }

  #reserve(count) {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return start;
  }
}

class Reader {
  #bytes;
  #at = 0;
  #objects = [];
  #ports;

  constructor(bytes, ports) {
    this.#bytes = bytes;
    this.#ports = ports;
    if (this.#byte() !== 0xff || this.#byte() !== VERSION) throw unreadable();
  }

  value() {
    const value = this.#untyped();
    if (isArrayBuffer(value) && this.#peek() === "V") {
      this.#at++;
      return this.#view(value);
    }
    return value;
  }

  #untyped() {
    const tag = this.#tag();
    switch (tag) {
      case "_":
        return undefined;
      case "0":
        return null;
      case "T":
      case "F":
        return tag === "T";
      case "I": {
        const bits = this.#varint();
        return (bits >>> 1) ^ -(bits & 1);
      }
      case "N":
        return this.#double();
      case "Z":
        return this.#bigint();
      case '"':
      case "c":
        return this.#text(tag);
      case "^":
        return this.#known(this.#varint());
      default:
        return this.#object(tag);
    }
  }

  #object(tag) {
    switch (tag) {
      case "o":
        return this.#members(this.#remember({}), "{");
      case "A":
      case "a":
        return this.#array(tag);
      case ";":
        return this.#map();
      case "'":
        return this.#set();
      case "B":
      case "~":
        return this.#buffer(tag);
      case "D":
        return this.#remember(new Date(this.#double()));
      case "y":
      case "x":
        return this.#remember(Object(tag === "y"));
      case "n":
        return this.#remember(Object(this.#double()));
      case "z":
        return this.#remember(Object(this.#bigint()));
      case "s":
        return this.#remember(Object(this.#string()));
      case "R":
        return this.#regExp();
      case "r":
        return this.#error();
      case "\\":
        return this.#domException();
      case "&":
        return this.#remember(this.#ports[this.#varint()]);
      case "(":
      case ")":
      case "%":
        return this.#stream(tag);
      default:
        throw unreadable();
    }
  }

  #stream(tag) {
    const kind = Object.keys(STREAM_TAGS).find((key) => STREAM_TAGS[key] === tag);
    const ports = [this.#ports[this.#varint()]];
    if (kind === "transform") ports.push(this.#ports[this.#varint()]);
    if (ports.includes(undefined)) throw unreadable();
    return this.#remember(streamOf(kind, ports));
  }

  #array(tag) {
    const length = this.#varint();
    if (tag === "A" && length > this.#bytes.length - this.#at) throw unreadable();
    const array = this.#remember(new Array(length));
    if (tag === "A") for (let i = 0; i < length; i++) array[i] = this.value();
    this.#members(array, tag === "A" ? "$" : "@");
    this.#varint();
    return array;
  }

  #members(object, end) {
    while (this.#peek() !== end) {
      const key = this.value();
      const value = this.value();
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
    this.#at++;
    this.#varint();
    return object;
  }

  #map() {
    const map = this.#remember(new Map());
    while (this.#peek() !== ":") {
      const key = this.value();
      map.set(key, this.value());
    }
    this.#at++;
    this.#varint();
    return map;
  }

  #set() {
    const set = this.#remember(new Set());
    while (this.#peek() !== ",") set.add(this.value());
    this.#at++;
    this.#varint();
    return set;
  }

  #buffer(tag) {
    const length = this.#varint();
    const options = tag === "~" ? { maxByteLength: this.#varint() } : undefined;
    const bytes = this.#raw(length);
    const buffer = this.#remember(new ArrayBuffer(length, options));
    new Uint8Array(buffer).set(bytes);
    return buffer;
  }

  #view(buffer) {
    const type = VIEW_TAGS[this.#tag()];
    const [offset, byteLength] = [this.#varint(), this.#varint()];
    this.#varint();
    if (type === undefined) throw unreadable();
    return this.#remember(new type(buffer, offset, byteLength / (type.BYTES_PER_ELEMENT ?? 1)));
  }

  #regExp() {
    const source = this.#string();
    const bits = this.#varint();
    const flags = Object.keys(REGEXP_FLAGS).filter((flag) => bits & REGEXP_FLAGS[flag]);
    return this.#remember(new RegExp(source, flags.join("")));
  }

  #error() {
    const type = ERROR_TAGS[this.#peek()];
    if (type !== undefined) this.#at++;
    const error = this.#remember(new (type ?? Error)());
    for (let part = this.#tag(); part !== "."; part = this.#tag()) {
      const key = { m: "message", c: "cause", s: "stack" }[part];
      if (key === undefined) throw unreadable();
      Object.defineProperty(error, key, { value: this.value(), writable: true, enumerable: false, configurable: true });
    }
    return error;
  }

  #domException() {
    const [name, message, stack] = [this.#string(), this.#string(), this.#string()];
    const exception = this.#remember(new DOMException(message, name));
    Object.defineProperty(exception, "stack", { value: stack, writable: true, enumerable: false, configurable: true });
    return exception;
  }

  #double() {
    return new Float64Array(this.#raw(8).slice().buffer)[0];
  }

  #bigint() {
    const bits = this.#varint();
    const length = Math.floor(bits / 2);
    const magnitude = length === 0 ? 0n : BigInt(`0x${this.#raw(length).slice().reverse().toHex()}`);
    return bits % 2 === 1 ? -magnitude : magnitude;
  }

  #string() {
    return this.#text(this.#tag());
  }

  #text(tag) {
    if (tag !== '"' && tag !== "c") throw unreadable();
    const bytes = this.#raw(this.#varint());
    const units = tag === '"' ? bytes : new Uint16Array(bytes.slice().buffer);
    const PART = 8192;
    let text = "";
    for (let i = 0; i < units.length; i += PART) text += String.fromCharCode(...units.subarray(i, i + PART));
    return text;
  }

  #remember(object) {
    this.#objects.push(object);
    return object;
  }

  #known(id) {
    if (id >= this.#objects.length) throw unreadable();
    return this.#objects[id];
  }

  #peek() {
    return String.fromCharCode(this.#bytes[this.#at]);
  }

  #tag() {
    return String.fromCharCode(this.#byte());
  }

  #varint() {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  #byte() {
    if (this.#at >= this.#bytes.length) throw unreadable();
    return this.#bytes[this.#at++];
  }

  #raw(count) {
    if (count > this.#bytes.length - this.#at) throw unreadable();
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}

function unreadable() {
  return new DOMException("The message can't be read.", "DataCloneError");
}

function notSent(value) {
  const shown = Object.prototype.toString.call(value).replace("[object ", "#<").replace("]", ">");
  return new DOMException(`${shown} could not be cloned for another isolate.`, "DataCloneError");
}
