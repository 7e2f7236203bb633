// node:test - https://nodejs.org/api/test.html
// Tests that a program declares, run in it and reported as TAP on its standard output. Finding files, watching them,
// coverage and snapshots are a command's work, and fail with an error that says so.
import { notSupported } from "internal:node_errors";
import { MockTracker } from "internal:test/mock";
import { declaration, declare, hook } from "internal:test/test";

export const mock = new MockTracker();

/** test(), describe() and it() with their .skip, .todo and .only; without --test-only, `only` means nothing, as on Node. */
function runner(kind, name) {
  const run = (options) => (title, given, fn) => declare(kind, { ...declaration(title, given, fn), ...options });
  const fn = run({});
  Object.defineProperty(fn, "name", { value: name });
  return Object.assign(fn, { skip: run({ skip: true }), todo: run({ todo: true }), only: run({ only: true }) });
}

export const test = runner("test", "test");
export const it = runner("test", "it");
export const suite = runner("suite", "suite");
export const describe = runner("suite", "describe");
export const { only, skip, todo } = test;

export function before(fn, options) {
  hook("before", fn, options);
}

export function after(fn, options) {
  hook("after", fn, options);
}

export function beforeEach(fn, options) {
  hook("beforeEach", fn, options);
}

export function afterEach(fn, options) {
  hook("afterEach", fn, options);
}

export function run() {
  throw notSupported("run() of node:test", "a program's tests run in it, when it is run");
}

function refused(name) {
  return {
    [name]() {
      throw notSupported(`${name}() of node:test`, "tests here keep no snapshots and assertions of their own");
    },
  }[name];
}

export const assert = { register: refused("assert.register") };
export const snapshot = {
  setDefaultSnapshotSerializers: refused("setDefaultSnapshotSerializers"),
  setResolveSnapshotPath: refused("setResolveSnapshotPath"),
};

Object.assign(test, { after, afterEach, assert, before, beforeEach, describe, it, mock, run, snapshot, suite, test });
export default test;
