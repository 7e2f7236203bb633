// The globals process and Buffer, made when they are first used - https://nodejs.org/api/globals.html
import { load } from "internal:builtins";

function defineLazily(name, get) {
  const define = (value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(globalThis, name, {
    get() {
      const value = get();
      define(value);
      return value;
    },
    set: define,
    enumerable: false,
    configurable: true,
  });
}

defineLazily("process", () => load("process").default);
defineLazily("Buffer", () => load("buffer").Buffer);
