import assert, { AssertionError, strict } from "node:assert";

const fails = (fn) => {
  try {
    fn();
    console.log("passed");
  } catch (error) {
    console.log(error.name, error.code, error.generatedMessage, error.operator, JSON.stringify(error.message));
  }
};
assert(true);
assert.ok(1);
assert.equal(1, "1");
assert.deepEqual({ a: 1 }, { a: "1" });
strict.deepEqual([1, { a: new Map([[1, 2]]) }], [1, { a: new Map([[1, 2]]) }]);
fails(() => assert(false, "said"));
fails(() => assert.equal(1, 2));
fails(() => assert.strictEqual(1, 2));
fails(() => assert.strictEqual("1", 1));
fails(() => assert.notStrictEqual(1, 1));
fails(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }));
fails(() => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }));
fails(() => assert.deepEqual([1], [2]));
fails(() => assert.throws(() => {}));
fails(() => assert.throws(() => { throw new TypeError("bad"); }, RangeError));
fails(() => assert.throws(() => { throw new TypeError("bad"); }, { message: "good" }));
fails(() => assert.doesNotThrow(() => { throw new Error("oops"); }));
fails(() => assert.match("abc", /x/));
fails(() => assert.ifError(new Error("e")));
fails(() => assert.fail("failed"));
await assert.rejects(1).catch((error) => console.log(error.code));
assert.throws(() => { throw new TypeError("bad"); }, { name: "TypeError", message: /ba/ });
assert.throws(() => { throw new TypeError("bad"); }, /bad/);
await assert.rejects(Promise.reject(new Error("async")), Error);
await assert.doesNotReject(async () => 1);
console.log(new AssertionError({ actual: 1, expected: 2, operator: "strictEqual" }).message, assert.strict === strict);
