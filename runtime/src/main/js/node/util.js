// node:util - https://nodejs.org/api/util.html
import { format, formatWithOptions, inspect } from "internal:inspect";
import { colors, stripColors } from "internal:inspect/text";
import { codes } from "internal:node_errors";
import { isDeepStrictEqual } from "internal:deep_equal";
import { deprecate } from "internal:deprecate";
import { diff } from "internal:diff";
import { parseArgs } from "internal:parse_args";
import { parseEnv } from "internal:parse_env";
import { MIMEParams, MIMEType } from "internal:mime";
import { callbackify, promisify } from "internal:promisify";
import types from "node:util/types";
import * as uv from "internal:system_errors";
import { validateAbortSignal, validateInteger, validateOneOf, validateString } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;

export { types };

export function inherits(constructor, superConstructor) {
  if (constructor === undefined || constructor === null) throw new ERR_INVALID_ARG_TYPE("ctor", "Function", constructor);
  if (superConstructor === undefined || superConstructor === null) {
    throw new ERR_INVALID_ARG_TYPE("superCtor", "Function", superConstructor);
  }
  if (superConstructor.prototype === undefined) {
    throw new ERR_INVALID_ARG_TYPE("superCtor.prototype", "Object", superConstructor.prototype);
  }
  Object.defineProperty(constructor, "super_", { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

export function stripVTControlCharacters(text) {
  validateString(text, "str");
  return stripColors(text);
}

export function styleText(format, text, { validateStream = true, stream = globalThis.process.stdout } = {}) {
  validateString(text, "text");
  const plain = validateStream && !stream?.isTTY;
  let [open, close] = ["", ""];
  for (const name of Array.isArray(format) ? format : [format]) {
    const codesOf = colors[name];
    if (codesOf === undefined) validateOneOf(name, "format", Object.keys(colors));
    open += `\u001b[${codesOf[0]}m`;
    close = `\u001b[${codesOf[1]}m${close}`;
  }
  return plain ? text : open + text + close;
}

export function toUSVString(text) {
  return `${text}`.toWellFormed();
}

const enabledSections = () => `${globalThis.process?.env?.NODE_DEBUG ?? ""}`.toUpperCase().split(",");

/** Writes to stderr when NODE_DEBUG names the section; asked at the first call. */
export function debuglog(section, callback) {
  const name = `${section}`.toUpperCase();
  let enabled;
  const isEnabled = () => (enabled ??= enabledSections().some((each) => matches(each.trim(), name)));
  const log = (...args) => {
    if (isEnabled()) globalThis.process.stderr.write(`${name} ${globalThis.process.pid}: ${format(...args)}\n`);
  };
  Object.defineProperty(log, "enabled", { get: isEnabled, configurable: true, enumerable: true });
  callback?.(log);
  return log;
}

function matches(pattern, name) {
  if (!pattern.includes("*")) return pattern === name;
  const parts = pattern.split("*");
  if (!name.startsWith(parts[0]) || !name.endsWith(parts.at(-1))) return false;
  let position = 0;
  return parts.every((part) => {
    const found = name.indexOf(part, position);
    position = found + part.length;
    return found >= 0;
  });
}

export function getSystemErrorName(number) {
  validateInteger(number, "err");
  if (number >= 0) throw new codes.ERR_OUT_OF_RANGE("err", "a negative integer", number);
  return uv.nameOf(number);
}

export function getSystemErrorMap() {
  return uv.errorMap();
}

/** Resolves when the signal aborts, for as long as the resource is alive. */
export async function aborted(signal, resource) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE("signal", "AbortSignal", signal);
  validateAbortSignal(signal, "signal");
  if (resource === null || (typeof resource !== "object" && typeof resource !== "function")) {
    throw new ERR_INVALID_ARG_TYPE("resource", "Object", resource);
  }
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

export function getCallSites(count = 8) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = count + 1;
  Error.prepareStackTrace = (_, sites) => sites;
  const sites = new Error("sites").stack.slice(1);
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return sites.map((site) => ({
    functionName: site.getFunctionName() ?? "",
    scriptName: site.getFileName() ?? "",
    lineNumber: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
  }));
}

export function transferableAbortController() {
  return new AbortController();
}

export function transferableAbortSignal(signal) {
  validateAbortSignal(signal, "signal");
  return signal;
}

function _extend(target, source) {
  if (source === null || typeof source !== "object") return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

/** Kept from Node's early days; each has a plain replacement. */
const legacy = {
  _extend,
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === "boolean",
  isBuffer: (value) => value instanceof Uint8Array && globalThis.Buffer?.isBuffer(value),
  isDate: types.isDate,
  isError: (value) => types.isNativeError(value) || value instanceof Error,
  isFunction: (value) => typeof value === "function",
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === "number",
  isObject: (value) => value !== null && typeof value === "object",
  isPrimitive: (value) => value === null || (typeof value !== "object" && typeof value !== "function"),
  isRegExp: types.isRegExp,
  isString: (value) => typeof value === "string",
  isSymbol: (value) => typeof value === "symbol",
  isUndefined: (value) => value === undefined,
  log: (...args) => globalThis.console.log("%s - %s", timestamp(), format(...args)),
};

function timestamp() {
  const now = new Date();
  const two = (number) => `${number}`.padStart(2, "0");
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][now.getMonth()];
  return `${now.getDate()} ${month} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}

export const {
  isArray, isBoolean, isBuffer, isDate, isError, isFunction, isNull, isNullOrUndefined, isNumber, isObject,
  isPrimitive, isRegExp, isString, isSymbol, isUndefined, log,
} = legacy;

export function _errnoException(errno, syscall, original) {
  return uv.systemError(uv.nameOf(errno), syscall, original ? `${original}` : undefined);
}

export { diff, parseEnv };
export const TextEncoder = globalThis.TextEncoder;
export const TextDecoder = globalThis.TextDecoder;

export {
  callbackify, debuglog as debug, deprecate, _extend, format, formatWithOptions, inspect, isDeepStrictEqual,
  MIMEParams, MIMEType, parseArgs, promisify,
};

export default {
  ...legacy,
  _errnoException, aborted, callbackify, debug: debuglog, debuglog, deprecate, diff, format, formatWithOptions, getCallSites,
  getSystemErrorMap, getSystemErrorName, inherits, inspect, isDeepStrictEqual, MIMEParams, MIMEType, parseArgs,
  parseEnv, promisify, stripVTControlCharacters, styleText, TextDecoder, TextEncoder, toUSVString, transferableAbortController,
  transferableAbortSignal, types,
};
