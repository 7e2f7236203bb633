// The small globals and how they are defined.
const log = (...values) => console.log(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" "));
log(atob(" aGVs bG8= "), btoa("h\u00ff"), typeof performance.timeOrigin, performance.now() > 0);
for (const wrong of [() => atob("a"), () => btoa("€"), () => atob(), () => queueMicrotask(1)]) {
  try {
    wrong();
  } catch (error) {
    log(error.name);
  }
}
queueMicrotask(() => log("microtask"));
await null;
const before = new Uint8Array(8);
log(crypto.getRandomValues(before) === before, before.some((byte) => byte !== 0));
log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
for (const wrong of [() => crypto.getRandomValues(new Float32Array(1)), () => crypto.getRandomValues(new Uint8Array(65537))]) {
  try {
    wrong();
  } catch (error) {
    log(error.name, error.code);
  }
}
performance.mark("a", { detail: { x: 1 } });
const measure = performance.measure("m", "a");
log(performance.getEntriesByName("a")[0].detail, measure.duration >= 0, performance.getEntriesByType("measure").length);
performance.clearMarks();
log(performance.getEntriesByType("mark").length);
for (const name of ["URL", "Event", "fetch", "structuredClone", "queueMicrotask", "crypto", "performance", "console"]) {
  const { enumerable, configurable, writable, get } = Object.getOwnPropertyDescriptor(globalThis, name);
  log(name, configurable, get === undefined ? writable : "accessor", name === "console" ? "" : enumerable);
}
for (const type of [TextEncoder, Blob, Response, ReadableStream, AbortController]) {
  log(type.name, type.length, Object.getOwnPropertyDescriptor(type.prototype, Symbol.toStringTag));
}
