// node:timers - https://nodejs.org/api/timers.html
// The globals are these same functions, so that a program's own patch of one is seen by both.
import * as promises from "node:timers/promises";
import { customPromisify } from "internal:custom_promisify";
import { Refusal } from "internal:refused";

export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;

customPromisify(setTimeout, promises.setTimeout);
customPromisify(setImmediate, promises.setImmediate);

const refused = new Refusal("timers", "Node has deprecated it; setTimeout() and timeout.refresh() do its work");
export const active = refused.of("active");
export const enroll = refused.of("enroll");
export const unenroll = refused.of("unenroll");

export { promises };
export default {
  active, enroll, unenroll,
  setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate,
  promises: promises.default,
};
