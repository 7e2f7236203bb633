// node:timers - https://nodejs.org/api/timers.html
// The globals are these same functions, so that a program's own patch of one is seen by both.
import * as promises from "node:timers/promises";
import { customPromisify } from "internal:custom_promisify";

export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;

customPromisify(setTimeout, promises.setTimeout);
customPromisify(setImmediate, promises.setImmediate);

export { promises };
export default {
  setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate,
  promises: promises.default,
};
