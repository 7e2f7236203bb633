// structuredClone: types, identity, cycles, transfer, and what can't be cloned.
const log = (...values) => console.log(values.join(" "));
const source = {
  number: -0,
  date: new Date(0),
  pattern: /a+b/giu,
  map: new Map([[{ k: 1 }, new Set([1, "x"])]]),
  bytes: new Uint16Array([1, 2, 3]).subarray(1),
  view: new DataView(new ArrayBuffer(4), 1, 2),
  sparse: [, 1, , 2],
  big: 10n ** 20n,
  boxed: Object("s"),
  error: new RangeError("far", { cause: "c" }),
  __proto__: { inherited: true },
};
source.self = source;
source.again = source.map;
const copy = structuredClone(source);
log(Object.is(copy.number, -0), copy.date.getTime(), String(copy.pattern), copy.pattern.lastIndex);
log(copy !== source, copy.self === copy, copy.again === copy.map, "inherited" in copy);
const [[key, value]] = copy.map;
log(JSON.stringify(key), [...value], copy.bytes.constructor.name, [...copy.bytes], copy.bytes.byteOffset);
log(copy.view.byteLength, copy.view.byteOffset, copy.sparse.length, 0 in copy.sparse, copy.sparse[3]);
log(copy.big, typeof copy.boxed, copy.boxed instanceof String);
log(copy.error instanceof RangeError, copy.error.message, copy.error.cause, copy.error.stack === source.error.stack);

const buffer = new ArrayBuffer(8);
const moved = structuredClone({ buffer, view: new Uint8Array(buffer, 2) }, { transfer: [buffer] });
log(buffer.byteLength, moved.buffer.byteLength, moved.view.buffer === moved.buffer, moved.view.byteOffset);

class Point {
  x = 1;
  get y() {
    return 2;
  }
}
log(JSON.stringify(structuredClone(new Point())), structuredClone(new Point()) instanceof Point);

const blob = structuredClone(new Blob(["hi"], { type: "text/x" }));
log(blob instanceof Blob, blob.size, blob.type);

for (const wrong of [() => {}, Symbol("s"), new WeakMap(), Promise.resolve(), { deep: [() => {}] }]) {
  try {
    structuredClone(wrong);
    log("cloned");
  } catch (error) {
    log(error.name, error.code, error instanceof DOMException);
  }
}
