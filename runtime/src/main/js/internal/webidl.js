// Conversions from JavaScript values to Web IDL types.
// https://webidl.spec.whatwg.org/#js-type-mapping

const NOT_A_BYTE = /[^\x00-\xff]/;

/** Throws as every Web IDL operation does when it gets fewer arguments than it requires; the code is Node's. */
export function requireArguments(given, required, where) {
  if (given < required) {
    const plural = required === 1 ? "" : "s";
    const error = new TypeError(`${where}: ${required} argument${plural} required, but only ${given} present.`);
    error.code = "ERR_MISSING_ARGS";
    throw error;
  }
}

export function toDOMString(value) {
  if (typeof value === "string") {
    return value;
  }
  if (typeof value === "symbol") {
    throw new TypeError("Cannot convert a Symbol value to a string");
  }
  return String(value);
}

/** Lone surrogates become U+FFFD. */
export function toUSVString(value) {
  return toDOMString(value).toWellFormed();
}

export function toByteString(value, where) {
  const text = toDOMString(value);
  if (NOT_A_BYTE.test(text)) {
    throw new TypeError(`${where}: a character has a value greater than 255.`);
  }
  return text;
}

/** `unsigned long` and smaller: modulo 2^bits. */
export function toUnsigned(value, bits = 32) {
  const number = Math.trunc(Number(value));
  if (!Number.isFinite(number)) {
    return 0;
  }
  const modulus = 2 ** bits;
  const rest = number % modulus;
  return rest < 0 ? rest + modulus : rest + 0;
}

/** `[EnforceRange] unsigned long long` and smaller. */
export function toEnforcedRange(value, where, max = Number.MAX_SAFE_INTEGER) {
  const number = Math.trunc(Number(value));
  if (!Number.isFinite(number) || number < 0 || number > max) {
    throw new TypeError(`${where}: the value is outside the range 0 to ${max}.`);
  }
  return number + 0;
}

/** `[Clamp] long long`. */
export function toClampedInteger(value) {
  const number = Number(value);
  if (Number.isNaN(number)) {
    return 0;
  }
  const clamped = Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  const floor = Math.floor(clamped);
  const distance = clamped - floor;
  const even = distance === 0.5 ? floor % 2 === 0 : distance < 0.5;
  return (even ? floor : floor + 1) + 0;
}

/** A dictionary argument: undefined and null stand for an empty one. */
export function toDictionary(value, where) {
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== "object" && typeof value !== "function") {
    throw new TypeError(`${where}: the value is not an object.`);
  }
  return value;
}

export function toEnum(value, allowed, where) {
  const text = toDOMString(value);
  if (!allowed.includes(text)) {
    throw new TypeError(`${where}: '${text}' is not one of ${allowed.map((name) => `'${name}'`).join(", ")}.`);
  }
  return text;
}

export function isObject(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** `sequence<T>`: each element is converted as soon as it has been read. */
export function toSequence(value, where, convert = (element) => element) {
  const method = isObject(value) ? value[Symbol.iterator] : undefined;
  if (typeof method !== "function") {
    throw new TypeError(`${where}: the value is not iterable.`);
  }
  return sequenceFrom(value, method, convert);
}

/** The same for a value whose @@iterator was already read. */
export function sequenceFrom(value, method, convert = (element) => element) {
  const elements = [];
  for (const element of { [Symbol.iterator]: () => method.call(value) }) {
    elements.push(convert(element));
  }
  return elements;
}

export function isBufferSource(value) {
  return ArrayBuffer.isView(value) || isArrayBuffer(value);
}

const byteLengthOf = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength").get;

export function isArrayBuffer(value) {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  try {
    byteLengthOf.call(value);
    return true;
  } catch {
    return false;
  }
}

/** The bytes behind an ArrayBuffer or a view of one, not copied; none when it is detached. */
export function bytesOf(source) {
  if (source.byteLength === 0) {
    return new Uint8Array(0);
  }
  if (source instanceof Uint8Array) {
    return source;
  }
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
