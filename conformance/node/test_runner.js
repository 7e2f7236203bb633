// node:test: what is declared runs in order, and is reported as TAP with an exit code.
import assert from "node:assert";
import test, { after, afterEach, before, beforeEach, describe, it, mock, run, suite } from "node:test";
import { tap } from "node:test/reporters";

// Times and stacks differ from run to run: the report is printed without them at the end.
const write = process.stdout.write;
const written = [];
process.stdout.write = (text) => written.push(text);
process.on("exit", (code) => {
  process.stdout.write = write;
  const lines = written.join("").split("\n").filter((line) => !/duration_ms|^ *at |stack: |^ *(Error|AssertionError|AbortError)\b/.test(line));
  console.log(lines.join("\n"));
  console.log("exit code", code, order.join(" "));
  process.exitCode = 0;
});

const order = [];
before(() => order.push("before all"));
after(() => order.push("after all"));

test("passes", () => order.push("first"));
test("awaits", async (t) => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  order.push("second");
  t.diagnostic("a word # with a sign");
});
test("has subtests", async (t) => {
  t.beforeEach(() => order.push("each"));
  await t.test("inner", { skip: false }, (inner) => {
    inner.plan(2);
    inner.assert.ok(true);
    inner.assert.strictEqual(1, 1);
  });
  await t.test("plans too much", (inner) => inner.plan(1));
});
test("fails", () => assert.strictEqual(1, 2));
test("done", (t, done) => setImmediate(done));
test("done with an error", (t, done) => done(new Error("told to done")));
test("is skipped", { skip: "for a reason" }, () => order.push("never"));
test.todo("is to do", () => {
  throw new Error("not yet");
});
test("skips itself", (t) => t.skip("later"));

describe("a suite", () => {
  before(() => order.push("before"));
  after(() => order.push("after"));
  beforeEach(() => order.push("beforeEach"));
  afterEach(() => order.push("afterEach"));
  it("one", () => order.push("one"));
  it("two", async () => order.push("two"));
  suite("inside", () => it("three", () => order.push("three")));
});
describe("a suite that fails to be declared", () => {
  throw new Error("declared wrongly");
});
describe("a suite whose hook fails", () => {
  before(() => Promise.reject(new Error("hook")));
  it("does not run", () => order.push("never"));
});

test("takes too long", { timeout: 5 }, () => new Promise((resolve) => setTimeout(resolve, 60_000).unref()));
test("throws later", () => new Promise(() => setTimeout(() => { throw new Error("nobody caught it"); })));
test("is aborted", { signal: AbortSignal.abort() }, () => order.push("never"));
test("waits for a condition", async (t) => {
  let times = 0;
  await t.waitFor(() => assert.ok(++times > 2), { interval: 1, timeout: 60_000 });
  assert.strictEqual(times, 3);
});

test("mocks", (t) => {
  class Counter {
    #count = 0;
    get value() { return this.#count; }
    add(n) { return (this.#count += n); }
  }
  const counter = new Counter();
  const add = t.mock.method(counter, "add", (n) => -n);
  assert.strictEqual(counter.add(5), -5);
  add.mock.mockImplementationOnce(() => "once");
  assert.strictEqual(counter.add(1), "once");
  assert.deepStrictEqual(add.mock.calls.map((call) => [call.arguments, call.result]), [[[5], -5], [[1], "once"]]);
  t.mock.getter(counter, "value", () => 7);
  assert.strictEqual(counter.value, 7);
  t.mock.restoreAll();
  assert.strictEqual(counter.add(2), 2);
  assert.strictEqual(counter.value, 2);

  const twice = mock.fn((n) => n * 2, (n) => n * 3, { times: 1 });
  assert.deepStrictEqual([twice(1), twice(1), twice.mock.callCount()], [3, 2, 2]);
  const thrower = mock.fn(() => { throw new TypeError("mocked"); });
  assert.throws(() => thrower(), TypeError);
  assert.strictEqual(thrower.mock.calls[0].error.message, "mocked");
  const Made = mock.fn(function () { this.made = true; });
  assert.ok(new Made().made);
  assert.strictEqual(Made.mock.calls[0].target, Made);
});

test("says what it hasn't", (t) => {
  for (const use of [run, tap, () => mock.timers, () => t.mock.module("x"), () => t.assert.snapshot(1), () => test.snapshot.setResolveSnapshotPath(), () => test.assert.register("x", () => {})]) {
    assert.throws(use, { code: "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", message: /is not supported/ });
  }
  for (const [use, code] of [[() => test("x", 1, 2), "ERR_INVALID_ARG_TYPE"], [() => test("x", { timeout: "1" }, () => {}), "ERR_INVALID_ARG_TYPE"], [() => t.mock.method({}, "x"), "ERR_INVALID_ARG_VALUE"]]) {
    assert.throws(use, { code });
  }
});
test("hangs", () => new Promise(() => {}));
