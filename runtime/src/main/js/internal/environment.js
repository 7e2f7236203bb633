// process.env: what was granted, as an object whose values are always strings.
import { program } from "internal:program";

export function environment() {
  const values = Object.create(Object.prototype);
  for (const [name, value] of program.env) values[name] = value;
  return new Proxy(values, {
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
