// Deep equality of node:assert and util.isDeepStrictEqual - https://nodejs.org/api/assert.html#comparison-details
import * as types from "internal:types";

export function isDeepStrictEqual(a, b) {
  return equal(a, b, true, undefined);
}

export function isDeepEqual(a, b) {
  return equal(a, b, false, undefined);
}

/** seen: Map of objects of the left side to those of the right side they are being compared with. */
function equal(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict ? typeof a !== "object" : a === null || typeof a !== "object") {
    if (strict) return Number.isNaN(a) && Number.isNaN(b);
    return (b === null || typeof b !== "object") && (a == b || (a !== a && b !== b)); // eslint-disable-line eqeqeq
  }
  if (a === null || b === null || typeof b !== "object") return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Object.prototype.toString.call(a) !== Object.prototype.toString.call(b)) return false;
  return sameKind(a, b, strict) && sameContents(a, b, strict, seen ?? new Map());
}

/** Compares what isn't in properties: times, patterns, bytes, boxed values. */
function sameKind(a, b, strict) {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length;
  if (Array.isArray(b)) return false;
  if (types.isDate(a)) return types.isDate(b) && Object.is(a.getTime(), b.getTime());
  if (types.isRegExp(a)) {
    return types.isRegExp(b) && a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
  }
  if (types.isNativeError(a) || a instanceof Error) {
    return b instanceof Error && a.message === b.message && a.name === b.name;
  }
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameBytes(a, b, strict);
  if (types.isAnyArrayBuffer(a)) return types.isAnyArrayBuffer(b) && sameNumbers(new Uint8Array(a), new Uint8Array(b));
  if (types.isSet(a)) return types.isSet(b) && a.size === b.size;
  if (types.isMap(a)) return types.isMap(b) && a.size === b.size;
  if (types.isBoxedPrimitive(a)) return types.isBoxedPrimitive(b) && sameBoxed(a, b);
  if (types.isPromise(a) || types.isWeakMap(a) || types.isWeakSet(a)) return false;
  return ![types.isDate, types.isRegExp, types.isSet, types.isMap, types.isBoxedPrimitive, ArrayBuffer.isView].some((is) => is(b));
}

function sameBytes(a, b, strict) {
  if (a.byteLength !== b.byteLength) return false;
  const isFloat = types.isFloat32Array(a) || types.isFloat64Array(a);
  if (isFloat && !strict) return a.length === b.length && a.every((value, i) => value === b[i]);
  const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return sameNumbers(bytes(a), bytes(b));
}

function sameNumbers(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameBoxed(a, b) {
  const [x, y] = [a.valueOf(), b.valueOf()];
  return typeof x === typeof y && Object.is(x, y);
}

function sameContents(a, b, strict, seen) {
  if (seen.has(a)) return seen.get(a) === b;
  seen.set(a, b);
  const result = sameProperties(a, b, strict, seen) &&
    (!types.isSet(a) || sameSets(a, b, strict, seen)) && (!types.isMap(a) || sameMaps(a, b, strict, seen));
  seen.delete(a);
  return result;
}

function ownKeys(value, strict) {
  let keys = Object.keys(value);
  if (ArrayBuffer.isView(value)) keys = keys.filter((key) => !/^\d+$/.test(key));
  if (!strict) return keys;
  const symbols = Object.getOwnPropertySymbols(value);
  return [...keys, ...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))];
}

function sameProperties(a, b, strict, seen) {
  const keys = ownKeys(a, strict);
  if (keys.length !== ownKeys(b, strict).length) return false;
  for (const key of keys) {
    if (!Object.prototype.propertyIsEnumerable.call(b, key) || !equal(a[key], b[key], strict, seen)) return false;
  }
  if (a instanceof Error && strict) {
    for (const key of ["cause", "errors"]) {
      if (Object.hasOwn(a, key) !== Object.hasOwn(b, key)) return false;
      if (Object.hasOwn(a, key) && !equal(a[key], b[key], strict, seen)) return false;
    }
  }
  return true;
}

function isPrimitive(value) {
  return value === null || typeof value !== "object";
}

/** Members without an identical partner are paired off one by one. */
function sameSets(a, b, strict, seen) {
  const unmatched = [];
  for (const item of a) {
    if (b.has(item)) continue;
    if (strict && isPrimitive(item)) return false;
    unmatched.push(item);
  }
  const candidates = [...b].filter((item) => !a.has(item));
  return unmatched.every((item) => takeMatch(candidates, (other) => equal(item, other, strict, seen)));
}

function sameMaps(a, b, strict, seen) {
  const unmatched = [];
  for (const [key, value] of a) {
    if (b.has(key) && equal(value, b.get(key), strict, seen)) continue;
    if (strict && isPrimitive(key)) return false;
    unmatched.push([key, value]);
  }
  const candidates = [...b];
  return unmatched.every(([key, value]) =>
    takeMatch(candidates, ([otherKey, other]) => equal(key, otherKey, strict, seen) && equal(value, other, strict, seen)));
}

function takeMatch(candidates, matches) {
  const position = candidates.findIndex(matches);
  if (position < 0) return false;
  candidates.splice(position, 1);
  return true;
}
