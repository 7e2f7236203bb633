// Argument checks with Node's messages, shared by every node: module.
import { AbortError, codes } from "internal:node_errors";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE, ERR_SOCKET_BAD_PORT, ERR_UNKNOWN_SIGNAL } = codes;

export function validateString(value, name) {
  if (typeof value !== "string") throw new ERR_INVALID_ARG_TYPE(name, "string", value);
}

export function validateBoolean(value, name) {
  if (typeof value !== "boolean") throw new ERR_INVALID_ARG_TYPE(name, "boolean", value);
}

export function validateFunction(value, name) {
  if (typeof value !== "function") throw new ERR_INVALID_ARG_TYPE(name, "Function", value);
}

export function validateNumber(value, name, min, max) {
  if (typeof value !== "number") throw new ERR_INVALID_ARG_TYPE(name, "number", value);
  if (value < min || value > max || ((min !== undefined || max !== undefined) && Number.isNaN(value))) {
    throw new ERR_OUT_OF_RANGE(name, range(min, max), value);
  }
}

function range(min, max) {
  const low = min === undefined ? "" : `>= ${min}`;
  const high = max === undefined ? "" : `<= ${max}`;
  return low && high ? `${low} && ${high}` : low + high;
}

export function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== "number") throw new ERR_INVALID_ARG_TYPE(name, "number", value);
  if (!Number.isInteger(value)) throw new ERR_OUT_OF_RANGE(name, "an integer", value);
  if (value < min || value > max) throw new ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
}

export function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  validateInteger(value, name, min, max);
}

export function validateUint32(value, name, positive = false) {
  validateInteger(value, name, positive ? 1 : 0, 4294967295);
}

export function validateObject(value, name, { allowArray = false, allowFunction = false, nullable = false } = {}) {
  if (value === null && nullable) return;
  if (typeof value === "object" && value !== null && (allowArray || !Array.isArray(value))) return;
  if (allowFunction && typeof value === "function") return;
  throw new ERR_INVALID_ARG_TYPE(name, "Object", value);
}

export function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) throw new ERR_INVALID_ARG_TYPE(name, "Array", value);
  if (value.length < minLength) throw new ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${minLength}`);
}

export function validateStringArray(value, name) {
  validateArray(value, name);
  value.forEach((item, i) => validateString(item, `${name}[${i}]`));
}

export function validateOneOf(value, name, allowed) {
  if (allowed.includes(value)) return;
  const words = allowed.map((word) => (typeof word === "string" ? `'${word}'` : String(word)));
  throw new ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${words.join(", ")}`);
}

export function validateAbortSignal(signal, name) {
  if (signal === undefined) return;
  if (signal === null || typeof signal !== "object" || !("aborted" in signal)) {
    throw new ERR_INVALID_ARG_TYPE(name, "AbortSignal", signal);
  }
}

export function validateBuffer(value, name = "buffer") {
  if (!ArrayBuffer.isView(value)) throw new ERR_INVALID_ARG_TYPE(name, ["Buffer", "TypedArray", "DataView"], value);
}

export function validatePort(port, name = "Port", allowZero = true) {
  const text = typeof port === "string" ? port.trim() : port;
  const valid = (typeof text === "number" || (typeof text === "string" && text !== "")) &&
    +text === +text >>> 0 && text <= 65535 && (text !== 0 || allowZero);
  if (!valid) throw new ERR_SOCKET_BAD_PORT(name, port, allowZero);
  return text | 0;
}

export function validateSignalName(signal, names) {
  validateString(signal, "signal");
  if (!(signal in names)) throw new ERR_UNKNOWN_SIGNAL(signal);
}

export function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}
