// util.deprecate: warns once per code, or once per function without a code.
import { validateString } from "internal:validators";

const warned = new Set();

export function deprecate(fn, message, code) {
  if (code !== undefined) validateString(code, "code");
  let done = false;
  function deprecated(...args) {
    if (!done) {
      done = true;
      warn(message, code, deprecated);
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  Object.defineProperty(deprecated, "length", { ...Object.getOwnPropertyDescriptor(fn, "length") });
  return deprecated;
}

function warn(message, code, origin) {
  if (code !== undefined) {
    if (warned.has(code)) return;
    warned.add(code);
  }
  if (globalThis.process?.noDeprecation === true) return;
  globalThis.process?.emitWarning(message, "DeprecationWarning", code, origin);
}
