// process.env: what was granted, as an object whose values are always strings.
import { onRestart, program } from "internal:program";

export function environment() {
  const values = Object.create(Object.prototype);
  const fill = () => {
    for (const [name, value] of program.env) values[name] = value;
  };
  fill();
  onRestart(() => {
    for (const name of Object.keys(values)) delete values[name];
    fill();
  });
  return new Proxy(values, {
    ...(program.reads === undefined ? {} : noticing),
    set(target, key, value) {
      if (typeof key === "symbol" || typeof value === "symbol") throw new TypeError("Cannot convert a Symbol value to a string");
      target[key] = `${value}`;
      return true;
    },
    defineProperty(target, key, descriptor) {
      if ("value" in descriptor) descriptor = { ...descriptor, value: `${descriptor.value}` };
      return Reflect.defineProperty(target, key, { configurable: true, enumerable: true, writable: true, ...descriptor });
    },
  });
}

/** Where it matters which variables a program has seen. */
const noticing = {
  get(target, key) {
    program.reads?.(key);
    return target[key];
  },
  has(target, key) {
    program.reads?.(key);
    return key in target;
  },
  ownKeys(target) {
    program.reads?.("all");
    return Reflect.ownKeys(target);
  },
};
