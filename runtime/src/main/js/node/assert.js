// node:assert - https://nodejs.org/api/assert.html
import { Refusal } from "internal:refused";
import { AssertionError } from "internal:assertion_error";
import { isDeepEqual, isDeepStrictEqual } from "internal:deep_equal";
import { inspect } from "internal:inspect";
import { codes } from "internal:node_errors";
import { isPromise, isRegExp } from "internal:types";
import { validateFunction } from "internal:validators";

const { ERR_AMBIGUOUS_ARGUMENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS } = codes;

const NOTHING = Symbol("nothing was thrown");

/** Throws a given Error as it is, anything else as an AssertionError. */
function failWith(details) {
  if (details.message instanceof Error) throw details.message;
  throw new AssertionError(details);
}

function requireTwo(args) {
  if (args.length < 2) throw new ERR_MISSING_ARGS("actual", "expected");
}

function truthy(fn, args, operator) {
  if (args[0]) return;
  let message = args[1];
  let generatedMessage = false;
  if (args.length === 0) {
    generatedMessage = true;
    message = "No value argument passed to `assert.ok()`";
  } else if (message === undefined || message === null) {
    generatedMessage = true;
    message = "The expression evaluated to a falsy value";
  } else if (message instanceof Error) {
    throw message;
  }
  const error = new AssertionError({ actual: args[0], expected: true, message, operator, stackStartFn: fn });
  error.generatedMessage = generatedMessage;
  throw error;
}

function assert(...args) {
  truthy(assert, args, "==");
}

export function ok(...args) {
  truthy(ok, args, "==");
}

export function fail(message) {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ message: message ?? "Failed", operator: "fail", stackStartFn: fail });
  error.generatedMessage = message === undefined;
  throw error;
}

function comparison(operator, holds, symbol = operator) {
  const check = {
    [operator](actual, expected, message) {
      requireTwo(arguments);
      if (!holds(actual, expected)) failWith({ actual, expected, message, operator: symbol, stackStartFn: check });
    },
  }[operator];
  return check;
}

const looselyEqual = (a, b) => a == b || (a !== a && b !== b); // eslint-disable-line eqeqeq

export const equal = comparison("equal", looselyEqual, "==");
export const notEqual = comparison("notEqual", (a, b) => !looselyEqual(a, b), "!=");
export const deepEqual = comparison("deepEqual", isDeepEqual);
export const notDeepEqual = comparison("notDeepEqual", (a, b) => !isDeepEqual(a, b));
export const deepStrictEqual = comparison("deepStrictEqual", isDeepStrictEqual);
export const notDeepStrictEqual = comparison("notDeepStrictEqual", (a, b) => !isDeepStrictEqual(a, b));
export const strictEqual = comparison("strictEqual", Object.is);
export const notStrictEqual = comparison("notStrictEqual", (a, b) => !Object.is(a, b));

function thrownBy(fn) {
  validateFunction(fn, "fn");
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

async function rejectionOf(promiseFn) {
  let promise = promiseFn;
  if (typeof promiseFn === "function") {
    promise = promiseFn();
    if (!isThenable(promise)) throw new ERR_INVALID_RETURN_VALUE("instance of Promise", "promiseFn", promise);
  } else if (!isThenable(promiseFn)) {
    throw new ERR_INVALID_ARG_TYPE("promiseFn", ["Function", "Promise"], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

function isThenable(value) {
  return isPromise(value) ||
    (value !== null && typeof value === "object" && typeof value.then === "function" && typeof value.catch === "function");
}

export function throws(fn, ...args) {
  expectError(throws, thrownBy(fn), args);
}

export async function rejects(promiseFn, ...args) {
  expectError(rejects, await rejectionOf(promiseFn), args);
}

export function doesNotThrow(fn, ...args) {
  expectNoError(doesNotThrow, thrownBy(fn), args);
}

export async function doesNotReject(fn, ...args) {
  expectNoError(doesNotReject, await rejectionOf(fn), args);
}

function expectError(check, actual, [expected, message]) {
  if (typeof expected === "string") {
    if (message !== undefined) throw new ERR_INVALID_ARG_TYPE("error", ["Object", "Error", "Function", "RegExp"], expected);
    if (actual !== NOTHING && (actual?.message ?? actual) === expected) {
      const what = typeof actual === "object" ? `error message "${actual.message}"` : `error "${actual}"`;
      throw new ERR_AMBIGUOUS_ARGUMENT("error/message", `The ${what} is identical to the message.`);
    }
    message = expected;
    expected = undefined;
  } else if (expected != null && typeof expected !== "object" && typeof expected !== "function") {
    throw new ERR_INVALID_ARG_TYPE("error", ["Object", "Error", "Function", "RegExp"], expected);
  }
  if (actual === NOTHING) missingError(check, expected, message);
  if (expected !== undefined && expected !== null) matchError(check, actual, expected, message);
}

function missingError(check, expected, message) {
  let details = expected?.name ? ` (${expected.name})` : "";
  details += message ? `: ${message}` : ".";
  const kind = check === rejects ? "rejection" : "exception";
  failWith({
    actual: undefined, expected, operator: check.name, message: `Missing expected ${kind}${details}`, stackStartFn: check,
  });
}

function matchError(check, actual, expected, message) {
  if (typeof expected === "function") matchFunction(check, actual, expected, message);
  else if (isRegExp(expected)) matchPattern(check, actual, expected, message);
  else matchObject(check, actual, expected, message);
}

function matchPattern(check, actual, expected, message) {
  const text = String(actual);
  if (expected.test(text)) return;
  failWith({
    actual, expected, operator: check.name, stackStartFn: check,
    message: message ?? `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`,
  });
}

function matchFunction(check, actual, expected, message) {
  if (expected.prototype !== undefined && actual instanceof expected) return;
  const isClass = Object.prototype.isPrototypeOf.call(Error, expected) || expected === Error;
  const complaint = isClass ? wrongClass(actual, expected) : refusal(actual, expected);
  if (complaint !== undefined) failGenerated({ actual, expected, operator: check.name, stackStartFn: check }, message, complaint);
}

function wrongClass(actual, expected) {
  const got = actual instanceof Error
    ? `"${actual.constructor.name}"\n\nError message:\n\n${actual.message}`
    : `"${inspect(actual, { depth: -1 })}"`;
  return `The error is expected to be an instance of "${expected.name}". Received ${got}`;
}

/** What a validation function's answer other than true means; undefined when it agrees. */
function refusal(actual, expected) {
  const result = Reflect.apply(expected, {}, [actual]);
  if (result === true) return undefined;
  const name = expected.name ? `"${expected.name}" ` : "";
  const caught = actual instanceof Error ? `\n\nCaught error:\n\n${actual}` : "";
  return `The ${name}validation function is expected to return "true". Received ${inspect(result)}${caught}`;
}

/** Our own words, unless the caller has some. */
function failGenerated(details, message, generated) {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ ...details, message: message ?? generated });
  error.generatedMessage = message === undefined || message === null;
  throw error;
}

/** Shows of two objects only what is compared. */
class Comparison {
  constructor(source, keys) {
    for (const key of keys) if (key in Object(source)) this[key] = source[key];
  }
}

function matchObject(check, actual, expected, message) {
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push("name", "message");
  else if (keys.length === 0) throw new ERR_INVALID_ARG_VALUE("error", expected, "may not be an empty object");
  for (const key of keys) {
    const matches = typeof actual === "object" && actual !== null && key in actual &&
      (isRegExp(expected[key]) && typeof actual[key] === "string"
        ? expected[key].test(actual[key])
        : isDeepStrictEqual(actual[key], expected[key]));
    if (matches) continue;
    if (message instanceof Error) throw message;
    const error = new AssertionError({
      actual: new Comparison(actual, keys), expected: new Comparison(expected, keys), operator: "deepStrictEqual", message, stackStartFn: check,
    });
    throw Object.assign(error, { actual, expected, operator: check.name });
  }
}

function expectNoError(check, actual, [expected, message]) {
  if (actual === NOTHING) return;
  if (typeof expected === "string") {
    message = expected;
    expected = undefined;
  }
  const concerns = expected === undefined || (typeof expected === "function" ? actual instanceof expected : isRegExp(expected) && expected.test(String(actual)));
  if (!concerns) throw actual;
  const kind = check === doesNotReject ? "rejection" : "exception";
  failWith({
    actual, expected, operator: check.name, stackStartFn: check,
    message: `Got unwanted ${kind}${message ? `: ${message}` : "."}\nActual message: "${actual?.message}"`,
  });
}

export function ifError(error) {
  if (error === null || error === undefined) return;
  let message = "ifError got unwanted exception: ";
  if (typeof error === "object" && typeof error.message === "string") {
    message += error.message === "" && error.constructor ? error.constructor.name : error.message;
  } else {
    message += inspect(error);
  }
  throw new AssertionError({ actual: error, expected: null, operator: "ifError", message, stackStartFn: ifError });
}

function matching(name, wanted, words) {
  const check = {
    [name](string, regexp, message) {
      if (!isRegExp(regexp)) throw new ERR_INVALID_ARG_TYPE("regexp", "RegExp", regexp);
      if (typeof string === "string" && regexp.test(string) === wanted) return;
      if (message instanceof Error) throw message;
      const generated = typeof string === "string"
        ? `The input ${words} the regular expression ${inspect(regexp)}. Input:\n\n${inspect(string)}\n`
        : `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`;
      const error = new AssertionError({ actual: string, expected: regexp, message: message ?? generated, operator: name, stackStartFn: check });
      error.generatedMessage = message === undefined;
      throw error;
    },
  }[name];
  return check;
}

export const match = matching("match", true, "did not match");
export const doesNotMatch = matching("doesNotMatch", false, "was expected to not match");

function strictAssert(...args) {
  truthy(strictAssert, args, "==");
}

export const CallTracker = new Refusal("assert", "Node has deprecated it; the mocks of node:test do its work").of("CallTracker");

const methods = {
  fail, AssertionError, CallTracker, ok, equal, notEqual, deepEqual, notDeepEqual, deepStrictEqual, notDeepStrictEqual, strictEqual,
  notStrictEqual, throws, rejects, doesNotThrow, doesNotReject, ifError, match, doesNotMatch,
};

Object.assign(assert, methods);
export const strict = Object.assign(strictAssert, methods, {
  equal: strictEqual, deepEqual: deepStrictEqual, notEqual: notStrictEqual, notDeepEqual: notDeepStrictEqual,
});
assert.strict = strict;
strict.strict = strict;

export { AssertionError };
export default assert;
