import util from "node:util";

console.log(util.format("%s %d %i %f %j %o %O %%", "a", 1.5, 2.7, "3.1", { x: 1 }, [1], { y: { z: {} } }), util.format("%s", null, undefined));
class Point { constructor() { this.x = 1; } }
class Sub extends Map {}
const circular = { name: "c", list: [1] };
circular.self = circular;
for (const value of [
  circular, new Point(), Point, Object.create(null), new Map([["k", { a: [] }]]), new Set([1, "2"]), new Sub([[1, 2]]),
  [1, , 3], Array.from({ length: 101 }, (_, i) => i), { a: { b: { c: { d: 1 } } } }, new Date(0), /x/g, Symbol("s"), 10n, -0,
  function named() {}, () => {}, async () => {}, function* gen() {}, new Proxy({ p: 1 }, {}), Promise.resolve(7), new Promise(() => {}),
  new Uint8Array(3), new ArrayBuffer(2), "it's", ["it's \"both\""], "line\nbreak", { get g() { return 1; }, set s(v) {} },
  { [Symbol("key")]: 1, "a-b": 2 }, [undefined, null], new WeakMap(), Object.assign(() => {}, { prop: 1 }), new (class Foo extends Point {})(),
  { [util.inspect.custom]: (depth, options) => `custom ${depth} ${options.depth}` }, [["a", "b"], ["c"]], new Boolean(true), [new String("s")],
]) console.log(util.inspect(value));
console.log(util.inspect({ a: 1, b: "x" }, { colors: true }), util.inspect({ a: { b: 1 } }, { depth: 0 }));
console.log(util.inspect({ long: "x".repeat(100), other: ["y".repeat(50), "z".repeat(50)] }));
console.log(util.inspect(new Map([[{ a: 1 }, new Set([[1]])]]), { showHidden: true, compact: false }));

const sleep = util.promisify((ms, cb) => setTimeout(cb, ms, null, "slept"));
console.log(await sleep(1));
util.callbackify(async () => "value")((error, value) => console.log(error, value));
await new Promise((resolve) => setTimeout(resolve, 2));
console.log(util.isDeepStrictEqual({ a: [1, new Set([1])] }, { a: [1, new Set([1])] }), util.isDeepStrictEqual([1], ["1"]));
console.log(util.types.isPromise(Promise.resolve()), util.types.isMap(new Sub()), util.types.isRegExp(/a/), util.types.isProxy(new Proxy({}, {})), util.types.isDate({}));
console.log(util.parseArgs({ args: ["-v", "--name=x", "p"], options: { v: { type: "boolean", short: "v" }, name: { type: "string" } }, allowPositionals: true }));
console.log(util.stripVTControlCharacters("\u001b[31mred\u001b[0m"), JSON.stringify(util.styleText("red", "x")), util.inspect("a".repeat(5), { maxStringLength: 2 }));
function Old() {}
util.inherits(Old, Point);
console.log(Object.getPrototypeOf(Old.prototype) === Point.prototype, Old.super_ === Point, String(new util.MIMEType("text/html; charset=utf-8")));
console.log(util.types.isNativeError(new TypeError("t")), util.inspect(Object.assign(new Error("e"), { stack: "Error: e\n    at f (x.js:1:2)", code: "C" })));
