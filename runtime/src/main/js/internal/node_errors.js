// Node's error codes - https://nodejs.org/api/errors.html#nodejs-error-codes
// Programs test for `code` and often for the message too, so both are Node's, word for word.
import { load } from "internal:builtins";
import { describeReceived } from "internal:received";

/** Where error_compat.js finds the code for the first line of the stack: "TypeError [ERR_X]: …". */
export const kErrorCode = Symbol.for("runnel.errorCode");

// Where the stack can't be shaped, as on V8, its first line is written while the name has the code in it.
const writesStackAtOnce = !Object.getOwnPropertyDescriptor(Error, "prepareStackTrace")?.set;

/** code → constructor. */
export const codes = Object.create(null);

function define(code, message, Base, ...others) {
  codes[code] = constructorFor(code, message, Base);
  for (const Other of others) codes[code][Other.name] = constructorFor(code, message, Other);
}

function constructorFor(code, message, Base) {
  class NodeError extends Base {
    constructor(...args) {
      super(typeof message === "function" ? message(...args) : message);
      if (writesStackAtOnce) {
        hidden(this, "name", `${Base.name} [${code}]`);
        void this.stack;
        delete this.name;
      }
      this.code = code;
    }

    toString() {
      return `${this.name} [${code}]: ${this.message}`;
    }
  }
  hidden(NodeError.prototype, "constructor", Base);
  hidden(NodeError.prototype, kErrorCode, code);
  hidden(NodeError, "name", Base.name);
  return NodeError;
}

function hidden(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

/** An error with Node's code for which no row stands below. */
export function nodeError(code, message, Base = Error) {
  return new (constructorFor(code, message, Base))();
}

/** For what the sandbox doesn't offer: fails on use and names what was asked for. */
export function notSupported(what, why = "it isn't available in Runnel") {
  return nodeError("ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", `${what} is not supported: ${why}.`, TypeError);
}

/** Node's AbortError, which is an Error and not a DOMException. */
export class AbortError extends Error {
  constructor(message = "The operation was aborted", options = undefined) {
    super(message, options);
    this.code = "ABORT_ERR";
    this.name = "AbortError";
  }
}

/** "a, b, or c" */
export function listOf(words, conjunction = "or") {
  if (words.length < 2) return words.join("");
  if (words.length === 2) return `${words[0]} ${conjunction} ${words[1]}`;
  return `${words.slice(0, -1).join(", ")}, ${conjunction} ${words.at(-1)}`;
}

const PRIMITIVES = new Set(["string", "function", "number", "object", "Function", "Object", "boolean", "bigint", "symbol"]);

/** "of type string or an instance of Buffer", in the order Node puts it. */
function expectation(expected) {
  const all = Array.isArray(expected) ? expected : [expected];
  const types = all.filter((word) => PRIMITIVES.has(word)).map((word) => word.toLowerCase());
  const instances = all.filter((word) => !PRIMITIVES.has(word) && /^[A-Z][a-zA-Z0-9]*$/.test(word));
  const others = all.filter((word) => !PRIMITIVES.has(word) && !/^[A-Z][a-zA-Z0-9]*$/.test(word));
  const object = types.indexOf("object");
  if (instances.length > 0 && object !== -1) {
    types.splice(object, 1);
    instances.push("Object");
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? "one of type" : "of type"} ${listOf(types)}`);
  if (instances.length > 0) parts.push(`an instance of ${listOf(instances)}`);
  if (others.length > 1) parts.push(`one of ${listOf(others)}`);
  if (others.length === 1) parts.push(others[0].toLowerCase() !== others[0] ? `an ${others[0]}` : others[0]);
  return parts.join(" or ");
}

function subject(name) {
  if (name.endsWith(" argument")) return `The ${name}`;
  return `The "${name}" ${name.includes(".") ? "property" : "argument"}`;
}

define("ERR_INVALID_ARG_TYPE", (name, expected, actual) =>
  `${subject(name)} must be ${expectation(expected)}.${describeReceived(actual)}`, TypeError);
define("ERR_INVALID_ARG_VALUE", (name, value, reason = "is invalid") =>
  `The ${name.includes(".") ? "property" : "argument"} '${name}' ${reason}. Received ${shortInspect(value)}`,
TypeError, RangeError);
define("ERR_OUT_OF_RANGE", (name, range, value) =>
  `The value of "${name}" is out of range. It must be ${range}. Received ${receivedNumber(value)}`, RangeError);
define("ERR_INVALID_RETURN_VALUE", (input, name, value) =>
  `Expected ${input} to be returned from the "${name}" function but got ${returned(value)}.`, TypeError);
define("ERR_MISSING_ARGS", (...names) => {
  const quoted = names.map((n) => (Array.isArray(n) ? n.map((x) => `"${x}"`).join(" or ") : `"${n}"`));
  return `The ${listOf(quoted, "and")} argument${names.length > 1 ? "s" : ""} must be specified`;
}, TypeError);

define("ERR_ASYNC_CALLBACK", (name) => `${name} must be a function`, TypeError);
define("ERR_ASYNC_TYPE", (name) => `Invalid name for async "type": ${name}`, TypeError);
define("ERR_AMBIGUOUS_ARGUMENT", (name, why) => `The "${name}" argument is ambiguous. ${why}`, TypeError);
define("ERR_BROTLI_INVALID_PARAM", (key) => `${key} is not a valid Brotli parameter`, RangeError);
define("ERR_BUFFER_OUT_OF_BOUNDS", (name) =>
  name ? `"${name}" is outside of buffer bounds` : "Attempt to access memory outside buffer bounds", RangeError);
define("ERR_BUFFER_TOO_LARGE", (bytes) => `Cannot create a Buffer larger than ${bytes} bytes`, RangeError);
define("ERR_CONSOLE_WRITABLE_STREAM", (name) => `Console expects a writable stream instance for ${name}`, TypeError);
define("ERR_CRYPTO_HASH_FINALIZED", "Digest already called", Error);
define("ERR_CRYPTO_HASH_UPDATE_FAILED", "Hash update failed", Error);
define("ERR_CRYPTO_INVALID_DIGEST", (digest) => `Invalid digest: ${digest}`, TypeError);
define("ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length", RangeError);
define("ERR_DUPLICATE_STARTUP_SNAPSHOT_MAIN_FUNCTION", "Deserialize main function is already configured.", Error);
define("ERR_EVENT_RECURSION", (type) => `The event "${type}" is already being dispatched`, Error);
define("ERR_FALSY_VALUE_REJECTION", "Promise was rejected with falsy value", Error);
define("ERR_FS_FILE_TOO_LARGE", (size) => `File size (${size}) is greater than 2 GiB`, RangeError);
define("ERR_STRING_TOO_LONG", (most) => `Cannot create a string longer than 0x${most.toString(16)} characters`, Error);
define("ERR_FS_WATCH_QUEUE_OVERFLOW", (count) => `fs.watch() queued more than ${count} events`, Error);
define("ERR_HTTP_BODY_NOT_ALLOWED", "Adding content for this request method or response status is not allowed.", Error);
define("ERR_HTTP_CONTENT_LENGTH_MISMATCH", (body, header) =>
  `Response body's content-length of ${body} byte(s) does not match the content-length of ${header} byte(s) set in header`, Error);
define("ERR_HTTP_HEADERS_SENT", (verb) => `Cannot ${verb} headers after they are sent to the client`, Error);
define("ERR_HTTP_INVALID_HEADER_VALUE", (value, name) => `Invalid value "${value}" for header "${name}"`, TypeError);
define("ERR_HTTP_INVALID_STATUS_CODE", (status) => `Invalid status code: ${status}`, RangeError);
define("ERR_HTTP_SOCKET_ASSIGNED", "Socket already assigned", Error);
define("ERR_HTTP_TRAILER_INVALID", "Trailers are invalid with this transfer encoding", Error);
define("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor", TypeError);
define("ERR_INCOMPATIBLE_OPTION_PAIR", (a, b) =>
  `Option "${a}" cannot be used in combination with option "${b}"`, TypeError);
define("ERR_INVALID_BUFFER_SIZE", (size) => `Buffer size must be a multiple of ${size}`, RangeError);
define("ERR_INVALID_CHAR", (name, field) =>
  `Invalid character in ${name}${field === undefined ? "" : ` ["${field}"]`}`, TypeError);
define("ERR_INVALID_CURSOR_POS", "Cannot set cursor row without setting its column", TypeError);
define("ERR_USE_AFTER_CLOSE", (what) => `${what} was closed`, Error);
define("ERR_INVALID_FILE_URL_HOST", (platform) =>
  `File URL host must be "localhost" or empty on ${platform}`, TypeError);
define("ERR_INVALID_FILE_URL_PATH", (why) => `File URL path ${why}`, TypeError);
define("ERR_INVALID_HTTP_TOKEN", (name, field) => `${name} must be a valid HTTP token ["${field}"]`, TypeError);
define("ERR_INVALID_STATE", (what) => `Invalid state: ${what}`, Error, TypeError, RangeError);
define("ERR_INVALID_THIS", (type) => `Value of "this" must be of type ${type}`, TypeError);
define("ERR_INVALID_URI", "URI malformed", URIError);
define("ERR_INVALID_URL_SCHEME", (expected) => {
  const schemes = Array.isArray(expected) ? expected : [expected];
  return `The URL must be ${schemes.length === 2 ? "one of scheme " + schemes.join(" or ") : `of scheme ${schemes[0]}`}`;
}, TypeError);
define("ERR_METHOD_NOT_IMPLEMENTED", (name) => `The ${name} method is not implemented`, Error);
define("ERR_MODULE_NOT_FOUND", (path, base, type = "package") => `Cannot find ${type} '${path}' imported from ${base}`, Error);
define("ERR_MULTIPLE_CALLBACK", "Callback called multiple times", Error);
define("ERR_OPERATION_FAILED", (what) => `Operation failed: ${what}`, Error, TypeError);
define("ERR_PARSE_ARGS_INVALID_OPTION_VALUE", (what) => what, TypeError);
define("ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL", (value) =>
  `Unexpected argument '${value}'. This command does not take positional arguments`, TypeError);
define("ERR_PARSE_ARGS_UNKNOWN_OPTION", (option, positionals) =>
  `Unknown option '${option}'${positionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(option)}` : ""}`, TypeError);
define("ERR_PROCESS_EXIT", (code) => `The program called process.exit(${code})`, Error);
define("ERR_REQUIRE_ASYNC_MODULE",
  "require() cannot be used on an ESM graph with top-level await. Use import() instead.", Error);
define("ERR_SERVER_ALREADY_LISTEN", "Listen method has been called more than once without closing.", Error);
define("ERR_SERVER_NOT_RUNNING", "Server is not running.", Error);
define("ERR_INVALID_PROTOCOL", (protocol, expected) => `Protocol "${protocol}" not supported. Expected "${expected}"`, TypeError);
define("ERR_INVALID_URL", "Invalid URL", TypeError);
define("ERR_UNESCAPED_CHARACTERS", (what) => `${what} contains unescaped characters`, TypeError);
define("ERR_INVALID_ADDRESS", "Invalid address", Error);
define("ERR_INVALID_IP_ADDRESS", (address) => `Invalid IP address: ${address}`, TypeError);
define("ERR_SOCKET_CLOSED", "Socket is closed", Error);
define("ERR_SOCKET_CLOSED_BEFORE_CONNECTION", "Socket closed before the connection was established", Error);
define("ERR_SOCKET_BAD_PORT", (name, port, zero) =>
  `${name} should be ${zero ? ">=" : ">"} 0 and < 65536. Received ${receivedText(port)}.`, RangeError);
define("ERR_STREAM_ALREADY_FINISHED", (name) => `Cannot call ${name} after a stream was finished`, Error);
define("ERR_STREAM_CANNOT_PIPE", "Cannot pipe, not readable", Error);
define("ERR_STREAM_DESTROYED", (name) => `Cannot call ${name} after a stream was destroyed`, Error);
define("ERR_STREAM_NULL_VALUES", "May not write null values to stream", TypeError);
define("ERR_STREAM_PREMATURE_CLOSE", "Premature close", Error);
define("ERR_STREAM_WRITE_AFTER_END", "write after end", Error);
define("ERR_TLS_INVALID_PROTOCOL_VERSION", (version, which) => `"${version}" is not a valid ${which} TLS protocol version`, TypeError);
define("ERR_UNHANDLED_ERROR", (err) => (err === undefined ? "Unhandled error." : `Unhandled error. (${err})`), Error);
define("ERR_UNKNOWN_BUILTIN_MODULE", (name) => `No such built-in module: ${name}`, Error);
define("ERR_UNKNOWN_ENCODING", (encoding) => `Unknown encoding: ${encoding}`, TypeError);
define("ERR_UNKNOWN_SIGNAL", (signal) => `Unknown signal: ${signal}`, TypeError);
define("ERR_ZLIB_INITIALIZATION_FAILED", (why = "Initialization failed") => why, Error);
define("ERR_ZSTD_INVALID_PARAM", (key) => `${key} is not a valid zstd parameter`, RangeError);
define("ERR_INVALID_MODULE_SPECIFIER", (specifier, why) => `Invalid module "${specifier}" ${why}`, TypeError);

const inspect = (value) => load("internal:inspect").inspect(value);

export function shortInspect(value) {
  const text = inspect(value);
  return text.length > 128 ? `${text.slice(0, 128)}...` : text;
}

function receivedText(value) {
  return describeReceived(value).trim().replace(/^Received /, "");
}

/** Large numbers are grouped with underscores: 4_294_967_296. */
function receivedNumber(value) {
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) return grouped(String(value));
  if (typeof value === "bigint") {
    const text = String(value);
    return `${value > 2n ** 32n || value < -(2n ** 32n) ? grouped(text) : text}n`;
  }
  return inspect(value);
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, "_");
}

function returned(value) {
  if (value?.constructor?.name) return `an instance of ${value.constructor.name}`;
  return `type ${typeof value}`;
}
