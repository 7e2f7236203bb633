// A FinalizationRegistry tells of what was collected, in a turn of its own, and its jobs run like others.
import * as std from "std";

const seen = [];
const registry = new FinalizationRegistry((held) => {
  seen.push(held);
  Promise.resolve().then(() => seen.push(`job of ${held}`));
});
// A function of its own: what stands on this stack might be kept by the engine.
function register() {
  for (const name of ["a", "b"]) {
    const object = { name };
    object.self = object;
    registry.register(object, name);
  }
  registry.register(globalThis, "never");
}
register();

for (let turn = 0; turn < 1000 && seen.length < 4; turn++) {
  std.gc();
  await new Promise((next) => setTimeout(next, 1));
}
console.log(seen.sort().join(", "));
