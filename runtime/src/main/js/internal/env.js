// env: the variables and bindings that a program was given, by name.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/
import { load } from "internal:builtins";
import { program } from "internal:program";
import * as host from "host:bindings";

/** By kind, what stands under a name. */
const MAKE = {
  text: (name) => host.text(name),
  json: (name) => JSON.parse(host.text(name)),
  kv: (name) => load("internal:kv").namespaceNamed(name),
  service: (name) => load("internal:service").serviceNamed(name),
};

let made;

/** One object for all of the program's handlers. */
export function env() {
  made ??= makeEnv();
  return made;
}

function makeEnv() {
  program.reads?.("all");
  const values = Object.fromEntries(program.env);
  for (const [name, kind] of program.bindings) {
    defineLazily(values, name, () => MAKE[kind](name));
  }
  return values;
}

/** A binding's value is made when it is first used: until then the program's heap hasn't got it. */
export function defineLazily(object, name, make) {
  const define = (value) =>
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(object, name, {
    get() {
      const value = make();
      define(value);
      return value;
    },
    set: define,
    enumerable: true,
    configurable: true,
  });
}
