// util.promisify and util.callbackify.
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction } from "internal:validators";

const { ERR_FALSY_VALUE_REJECTION } = codes;

const kCustom = Symbol.for("nodejs.util.promisify.custom");
/** An array of names makes the promise resolve with an object: fs.read's bytesRead and buffer. */
export const customPromisifyArgs = Symbol("customPromisifyArgs");

export function promisify(original) {
  validateFunction(original, "original");
  const custom = original[kCustom];
  if (custom) {
    validateFunction(custom, "util.promisify.custom");
    return Object.defineProperty(custom, kCustom, { value: custom, enumerable: false, writable: false, configurable: true });
  }
  const names = original[customPromisifyArgs];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) reject(error);
        else resolve(names && values.length > 1 ? named(names, values) : values[0]);
      }]);
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, kCustom, { value: fn, enumerable: false, writable: false, configurable: true });
  return Object.defineProperties(fn, Object.getOwnPropertyDescriptors(original));
}

promisify.custom = kCustom;

function named(names, values) {
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

export function callbackify(original) {
  validateFunction(original, "original");
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, "last argument");
    const bound = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => nextTick(bound, null, value),
      (reason) => nextTick(rejected, reason, bound),
    );
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length?.value === "number") descriptors.length.value++;
  if (typeof descriptors.name?.value === "string") descriptors.name.value += "Callbackified";
  return Object.defineProperties(callbackified, descriptors);
}

function rejected(reason, callback) {
  if (reason) return callback(reason);
  const error = new ERR_FALSY_VALUE_REJECTION();
  error.reason = reason;
  return callback(error);
}
