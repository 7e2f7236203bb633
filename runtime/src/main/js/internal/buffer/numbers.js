// Buffer's readInt8 … writeDoubleBE. The integer methods of one to six bytes differ only in width, sign and
// order, so they are made from one table.
import { codes } from "internal:node_errors";
import { validateNumber } from "internal:validators";

const { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;

function failBounds(offset, last, type = "offset") {
  if (Math.floor(offset) !== offset) {
    validateNumber(offset, type);
    throw new ERR_OUT_OF_RANGE(type, "an integer", offset);
  }
  if (last < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  throw new ERR_OUT_OF_RANGE(type, `>= ${type === "offset" ? 0 : 1} and <= ${last}`, offset);
}

function checkOffset(buffer, offset, width) {
  if (typeof offset !== "number") throw new ERR_INVALID_ARG_TYPE("offset", "number", offset);
  if (buffer[offset] === undefined || buffer[offset + width - 1] === undefined) {
    failBounds(offset, buffer.length - width);
  }
}

function checkValue(value, min, max, width, n = "") {
  if (value <= max && value >= min) return;
  if (value !== value && n === "") return;
  const bits = width * 8;
  let range;
  if (width > 4) {
    range = min === 0 || min === 0n
      ? `>= 0${n} and < 2${n} ** ${bits}${n}`
      : `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
  } else {
    range = `>= ${min}${n} and <= ${max}${n}`;
  }
  throw new ERR_OUT_OF_RANGE("value", range, value);
}

function readUnsigned(buffer, offset, width, littleEndian) {
  let result = 0;
  if (littleEndian) for (let i = offset + width - 1; i >= offset; i--) result = result * 256 + buffer[i];
  else for (let i = offset; i < offset + width; i++) result = result * 256 + buffer[i];
  return result;
}

function writeUnsigned(buffer, value, offset, width, littleEndian) {
  if (littleEndian) {
    for (let i = offset; i < offset + width; i++) {
      buffer[i] = value;
      value = Math.floor(value / 256);
    }
  } else {
    for (let i = offset + width - 1; i >= offset; i--) {
      buffer[i] = value;
      value = Math.floor(value / 256);
    }
  }
}

function reader(width, signed, littleEndian) {
  const limit = 2 ** (width * 8 - 1);
  return function (offset = 0) {
    checkOffset(this, offset, width);
    const value = readUnsigned(this, offset, width, littleEndian);
    return signed && value >= limit ? value - 2 * limit : value;
  };
}

function writer(width, signed, littleEndian) {
  const max = signed ? 2 ** (width * 8 - 1) - 1 : 2 ** (width * 8) - 1;
  const min = signed ? -(2 ** (width * 8 - 1)) : 0;
  return function (value, offset = 0) {
    value = +value;
    checkValue(value, min, max, width);
    checkOffset(this, offset, width);
    const whole = value !== value ? 0 : Math.trunc(value);
    writeUnsigned(this, whole < 0 ? whole + 2 ** (width * 8) : whole, offset, width, littleEndian);
    return offset + width;
  };
}

function checkWidth(byteLength) {
  if (byteLength === undefined) throw new ERR_INVALID_ARG_TYPE("byteLength", "number", byteLength);
  if (!(byteLength >= 1 && byteLength <= 6) || Math.floor(byteLength) !== byteLength) failBounds(byteLength, 6, "byteLength");
}

function variableReader(signed, littleEndian) {
  const readers = [1, 2, 3, 4, 5, 6].map((width) => reader(width, signed, littleEndian));
  return function (offset, byteLength) {
    if (offset === undefined) throw new ERR_INVALID_ARG_TYPE("offset", "number", offset);
    checkWidth(byteLength);
    return readers[byteLength - 1].call(this, offset);
  };
}

function variableWriter(signed, littleEndian) {
  const writers = [1, 2, 3, 4, 5, 6].map((width) => writer(width, signed, littleEndian));
  return function (value, offset, byteLength) {
    if (offset === undefined) throw new ERR_INVALID_ARG_TYPE("offset", "number", offset);
    checkWidth(byteLength);
    return writers[byteLength - 1].call(this, value, offset);
  };
}

function bigReader(signed, littleEndian) {
  return function (offset = 0) {
    checkOffset(this, offset, 8);
    const [low, high] = littleEndian ? [offset, offset + 4] : [offset + 4, offset];
    const value = (BigInt(readUnsigned(this, high, 4, littleEndian)) << 32n) + BigInt(readUnsigned(this, low, 4, littleEndian));
    return signed ? BigInt.asIntN(64, value) : value;
  };
}

function bigWriter(signed, littleEndian) {
  const max = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  const min = signed ? -(2n ** 63n) : 0n;
  return function (value, offset = 0) {
    if (typeof value !== "bigint") throw new ERR_INVALID_ARG_TYPE("value", "bigint", value);
    checkValue(value, min, max, 8, "n");
    checkOffset(this, offset, 8);
    const bits = BigInt.asUintN(64, value);
    const [low, high] = littleEndian ? [offset, offset + 4] : [offset + 4, offset];
    writeUnsigned(this, Number(bits & 0xffffffffn), low, 4, littleEndian);
    writeUnsigned(this, Number(bits >> 32n), high, 4, littleEndian);
    return offset + 8;
  };
}

const float64 = new Float64Array(1);
const float32 = new Float32Array(1);
const bytesOf = new Map([[4, new Uint8Array(float32.buffer)], [8, new Uint8Array(float64.buffer)]]);

function floatReader(width, littleEndian) {
  const slot = width === 4 ? float32 : float64;
  const bytes = bytesOf.get(width);
  return function (offset = 0) {
    checkOffset(this, offset, width);
    for (let i = 0; i < width; i++) bytes[littleEndian ? i : width - 1 - i] = this[offset + i];
    return slot[0];
  };
}

function floatWriter(width, littleEndian) {
  const slot = width === 4 ? float32 : float64;
  const bytes = bytesOf.get(width);
  return function (value, offset = 0) {
    slot[0] = +value;
    checkOffset(this, offset, width);
    for (let i = 0; i < width; i++) this[offset + i] = bytes[littleEndian ? i : width - 1 - i];
    return offset + width;
  };
}

function swapper(width) {
  return function () {
    if (this.length % width !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE(`${width * 8}-bits`);
    for (let start = 0; start < this.length; start += width) {
      for (let i = start, j = start + width - 1; i < j; i++, j--) {
        const byte = this[i];
        this[i] = this[j];
        this[j] = byte;
      }
    }
    return this;
  };
}

/** Adds every method, with Node's lower-case "Uint" aliases, to the prototype. */
export function addNumberMethods(proto) {
  const add = (name, value) => {
    Object.defineProperty(value, "name", { value: name, configurable: true });
    proto[name] = value;
    if (name.includes("UInt")) proto[name.replace("UInt", "Uint")] = value;
  };
  for (const littleEndian of [true, false]) {
    const order = littleEndian ? "LE" : "BE";
    for (const [word, signed] of [["Int", true], ["UInt", false]]) {
      for (const bits of [16, 32]) {
        add(`read${word}${bits}${order}`, reader(bits / 8, signed, littleEndian));
        add(`write${word}${bits}${order}`, writer(bits / 8, signed, littleEndian));
      }
      add(`read${word}${order}`, variableReader(signed, littleEndian));
      add(`write${word}${order}`, variableWriter(signed, littleEndian));
      add(`readBig${word}64${order}`, bigReader(signed, littleEndian));
      add(`writeBig${word}64${order}`, bigWriter(signed, littleEndian));
    }
    add(`readFloat${order}`, floatReader(4, littleEndian));
    add(`readDouble${order}`, floatReader(8, littleEndian));
    add(`writeFloat${order}`, floatWriter(4, littleEndian));
    add(`writeDouble${order}`, floatWriter(8, littleEndian));
  }
  for (const [word, signed] of [["Int", true], ["UInt", false]]) {
    add(`read${word}8`, reader(1, signed, true));
    add(`write${word}8`, writer(1, signed, true));
  }
  for (const width of [2, 4, 8]) add(`swap${width * 8}`, swapper(width));
}
