// What every function of node:fs does with its arguments and its errors.
import { Buffer } from "internal:buffer/class";
import { codes } from "internal:node_errors";
import { flagName } from "internal:fs/constants";
import { resolve } from "internal:posix_path";
import { systemError } from "internal:system_errors";
import { validateAbortSignal, validateFunction, validateInteger, validateUint32 } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

/** A string, a Buffer or a file: URL → the path as given, for messages, and absolute, for Java. */
export function pathOf(path, name = "path") {
  let text = path;
  if (path instanceof Uint8Array) text = Buffer.from(path).toString();
  else if (typeof path === "object" && path !== null && path.href !== undefined && path.protocol !== undefined) {
    text = fromUrl(path);
  }
  if (typeof text !== "string") throw new ERR_INVALID_ARG_TYPE(name, ["string", "Buffer", "URL"], path);
  if (text.includes("\0")) throw new ERR_INVALID_ARG_VALUE(name, path, "must be a string, Uint8Array, or URL without null bytes");
  return text;
}

function fromUrl(url) {
  if (url.protocol !== "file:") throw new codes.ERR_INVALID_URL_SCHEME("file");
  if (url.hostname !== "") throw new codes.ERR_INVALID_FILE_URL_HOST("linux");
  if (/%2f/i.test(url.pathname)) throw new codes.ERR_INVALID_FILE_URL_PATH("must not include encoded / characters");
  return decodeURIComponent(url.pathname);
}

/** Permission bits: a number, or an octal string. */
export function modeOf(mode, name = "mode", fallback = undefined) {
  let value = mode ?? fallback;
  if (typeof value === "string") {
    if (!/^[0-7]+$/.test(value)) throw new ERR_INVALID_ARG_VALUE(name, mode, MODE);
    value = parseInt(value, 8);
  }
  validateUint32(value, name);
  return value & 0o777;
}

/** The mode of copyFile() and cp(). */
export function modeOfCopy(mode) {
  validateInteger(mode ?? 0, "mode", 0, 7);
  return mode ?? 0;
}

const MODE = "must be a 32-bit unsigned integer or an octal string";
const LARGEST_ID = 2 ** 32 - 1;

/** A user's or group's number; -1 leaves it. */
export function validateOwner(uid, gid) {
  validateInteger(uid, "uid", -1, LARGEST_ID);
  validateInteger(gid, "gid", -1, LARGEST_ID);
}

/** A Date, or seconds as a number or numeric string → seconds. */
export function secondsOf(time, name = "time") {
  if (typeof time === "string" && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ["Date", "Time in seconds"], time);
}

export function absolute(path) {
  return resolve(path);
}

/** { encoding, flag, signal, … } from options that may be an encoding alone. */
export function optionsOf(options, defaults = {}) {
  if (options === null || options === undefined || typeof options === "function") return defaults;
  if (typeof options === "string") return { ...defaults, encoding: checkedEncoding(options) };
  if (typeof options !== "object") throw new ERR_INVALID_ARG_TYPE("options", ["string", "Object"], options);
  if (options.encoding !== undefined && options.encoding !== null && options.encoding !== "buffer") checkedEncoding(options.encoding);
  validateAbortSignal(options.signal, "options.signal");
  return { ...defaults, ...options };
}

function checkedEncoding(encoding) {
  if (encoding !== "buffer" && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE("encoding", encoding, "is invalid encoding");
  }
  return encoding;
}

export function callbackOf(args) {
  const callback = args.at(-1);
  if (typeof callback !== "function") validateFunction(args.length > 1 ? callback : undefined, "cb");
  return callback;
}

export function flagsOf(flags, fallback = "r") {
  const name = flagName(flags ?? fallback);
  if (name === undefined) throw new ERR_INVALID_ARG_VALUE("flags", flags);
  return name;
}

/** Bytes as the caller wants them: a Buffer, or text. */
export function decoded(bytes, encoding) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== "buffer" ? buffer.toString(encoding) : buffer;
}

/** Strings, bytes and views → bytes. */
export function bytesOf(data, encoding, name = "data") {
  if (typeof data === "string") return Buffer.from(data, encoding && encoding !== "buffer" ? encoding : "utf8");
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new ERR_INVALID_ARG_TYPE(name, ["string", "Buffer", "TypedArray", "DataView"], data);
}

/** Runs a host call; its bare code becomes Node's whole error. */
export function sync(syscall, path, dest, call) {
  try {
    return call();
  } catch (error) {
    throw shaped(error, syscall, path, dest);
  }
}

export function shaped(error, syscall, path, dest) {
  return /^E[A-Z0-9]+$/.test(error?.code ?? "") ? systemError(error.code, syscall, path, dest) : error;
}
