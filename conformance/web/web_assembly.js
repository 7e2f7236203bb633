// WebAssembly's JavaScript API, on fixtures/web_assembly.wat.
import { readFileSync } from "node:fs";

const bytes = readFileSync(new URL("./fixtures/web_assembly.wasm", import.meta.url));

async function show(name, run) {
  try {
    console.log(name, await run());
  } catch (error) {
    console.log(name, "threw", error instanceof Error, error.name);
  }
}

const shared = new WebAssembly.Table({ element: "anyfunc", initial: 4 });
const counter = new WebAssembly.Global({ value: "i64", mutable: true }, 5n);
const seen = [];
const js = {
  log: (...values) => seen.push(...values),
  echo: (value) => value,
  pair: (value) => [value, 10n],
  limit: 7,
  counter,
  table: shared,
};

console.log("validate", WebAssembly.validate(bytes), WebAssembly.validate(bytes.subarray(1)));
const { module, instance } = await WebAssembly.instantiate(bytes, { js });
const x = instance.exports;
console.log("imports", WebAssembly.Module.imports(module).map(({ module, name, kind }) => `${module}.${name}:${kind}`).join(" "));
console.log("exports", WebAssembly.Module.exports(module).map(({ name, kind }) => `${name}:${kind}`).join(" "));
console.log("exports object", Object.getPrototypeOf(x), Object.isFrozen(x), x.double.name, x.double.length);

// Numbers
console.log("i32", x.double(21), x.double("4"), x.double(2 ** 31), x.double());
console.log("i64", x.bump(3n), counter.value, x.bump(-(2n ** 63n)), x.answer.value, x.answer.valueOf());
await show("a number for an i64", () => x.bump(1));
await show("a BigInt for an i32", () => x.double(1n));
console.log("several results", x.swap(1, 0.1), x.pairs(-3));
x.report();
console.log("arguments of imports", seen);
console.log("imported constant", x.limited(3), x.limited(9));
await show("an immutable global", () => (x.answer.value = 1n));

// Memory
const memory = new Uint8Array(x.memory.buffer);
console.log("data", new TextDecoder().decode(memory.subarray(16, 21)), x.memory instanceof WebAssembly.Memory);
console.log("grow", x.memory.grow(1), memory.byteLength, x.memory.buffer.byteLength);
await show("grow too far", () => x.memory.grow(9));

// References
const thing = { name: "thing" };
for (const value of [thing, undefined, null, 1.5, "text", Symbol.iterator]) {
  x.keep(0, value);
  console.log("externref", x.recall(0) === value, x.kept.get(0) === value);
}
await show("outside of a table", () => x.keep(2, thing));
console.log("externref table", x.kept.length, x.kept.grow(1, "new"), x.kept.get(2), x.recall(2));

// Functions are the same objects wherever they come from.
console.log("identity", shared.get(1) === x.double, x.fn.value === x.double, x.pass(x.double) === x.double, x.getShared(1) === x.double);
const other = (await WebAssembly.instantiate(module, { js: { ...js, echo: x.double, table: new WebAssembly.Table({ element: "anyfunc", initial: 4 }) } }).catch((error) => error));
console.log("wrong type", other instanceof WebAssembly.LinkError);
const second = new WebAssembly.Instance(module, { js: { ...js, table: new WebAssembly.Table({ element: "anyfunc", initial: 4 }) } }).exports;
console.log("another instance's", second.double !== x.double, second.pass(x.double) === x.double);
second.putShared(0, x.double);
second.setFn(x.callShared);
console.log("called through another table", second.callShared(0, 8), second.getShared(0) === x.double, second.getFn() === x.callShared);
shared.set(2, second.limited);
console.log("called through ours", x.callShared(2, 100), x.callShared(2, -1));
await show("an empty element", () => x.callShared(3, 1));
shared.set(3, x.bump);
await show("another type", () => x.callShared(3, 1));
await show("outside of the table", () => x.callShared(4, 1));
await show("no function of WebAssembly", () => shared.set(0, () => 1));

// What can't be linked or compiled
await show("no imports", () => new WebAssembly.Instance(module));
await show("a missing import", () => new WebAssembly.Instance(module, { js: {} }));
await show("a wrong global", () => new WebAssembly.Instance(module, { js: { ...js, counter: 5n } }));
await show("a small table", () => new WebAssembly.Instance(module, { js: { ...js, table: new WebAssembly.Table({ element: "anyfunc", initial: 3 }) } }));
await show("no bytes", () => new WebAssembly.Module("text"));
await show("garbage", () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 1])));
await show("called as a function", () => WebAssembly.Memory({ initial: 1 }));
await show("too many pages", () => new WebAssembly.Memory({ initial: 65537 }));

// Errors
const error = new WebAssembly.RuntimeError("why", { cause: 1 });
console.log("error", `${error}`, error.cause, error instanceof Error, Object.keys(error), WebAssembly.CompileError("x") instanceof WebAssembly.CompileError);

// Exceptions: (try_table (catch $t) (call $f)) with an imported tag.
const throwing = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0,
  1, 12, 3, 96, 1, 127, 0, 96, 0, 1, 127, 96, 0, 0,
  2, 14, 2, 1, 109, 1, 116, 4, 0, 0, 1, 109, 1, 102, 0, 2,
  3, 3, 2, 1, 2,
  7, 15, 2, 5, 99, 97, 116, 99, 104, 0, 1, 3, 114, 117, 110, 0, 2,
  10, 26, 2,
  17, 0, 2, 127, 31, 64, 1, 0, 0, 0, 16, 0, 11, 65, 127, 15, 11, 11,
  6, 0, 65, 9, 8, 0, 11,
]);
const tag = new WebAssembly.Tag({ parameters: ["i32"] });
const another = new WebAssembly.Tag({ parameters: ["i32"] });
let action = () => {};
const caught = new WebAssembly.Instance(new WebAssembly.Module(throwing), { m: { t: tag, f: () => action() } }).exports;
console.log("no exception", caught.catch());
action = () => {
  throw new WebAssembly.Exception(tag, [33]);
};
console.log("caught", caught.catch());
action = () => {
  throw new WebAssembly.Exception(another, [33]);
};
await show("another tag", () => caught.catch());
action = caught.run;
console.log("its own", caught.catch());
try {
  caught.run();
} catch (thrown) {
  console.log("thrown", thrown instanceof WebAssembly.Exception, thrown.is(tag), thrown.is(another), thrown.getArg(tag, 0));
}

// Streaming
const answer = (type, init) => new Response(bytes, { headers: type === undefined ? {} : { "content-type": type }, ...init });
await show("compileStreaming", async () => String(await WebAssembly.compileStreaming(answer("application/wasm"))));
await show("instantiateStreaming", async () => (await WebAssembly.instantiateStreaming(Promise.resolve(answer(" APPLICATION/wasm ")), { js })).instance.exports.double(4));
for (const type of [undefined, "text/javascript", "application/wasm;charset=utf-8"]) {
  await show(`of type ${type}`, () => WebAssembly.compileStreaming(answer(type)));
}
await show("not ok", () => WebAssembly.compileStreaming(answer("application/wasm", { status: 404 })));
await show("used", async () => {
  const used = answer("application/wasm");
  await used.text();
  return WebAssembly.compileStreaming(used);
});
await show("no response", () => WebAssembly.compileStreaming(bytes));

// Shared memory has a buffer that growth leaves alone.
const common = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
const before = common.buffer;
console.log("shared", before.constructor.name, Object.isFrozen(before), common.grow(1), before.byteLength, common.buffer.byteLength);

// What structured clone makes of them
for (const value of [module, instance, x.memory, shared, counter, tag]) {
  await show("structuredClone", () => structuredClone(value));
}
console.log("of a buffer", structuredClone(x.memory.buffer).byteLength);
await show("transfer of a memory's buffer", () => structuredClone(x.memory.buffer, { transfer: [x.memory.buffer] }));
console.log("still there", x.memory.buffer.byteLength);
