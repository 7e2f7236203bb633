// The built-in modules, by the name that programs import them under (without "node:").
import { Map, mapGet, mapSet } from "internal:primordials";

const builtins = new Map();

export function addBuiltin(name, namespace) {
  mapSet(builtins, name, namespace);
}

/** The namespace of a built-in module, or undefined. */
export function builtin(name) {
  return mapGet(builtins, name);
}

/** The names that programs import, in the order of the bundle. */
export function builtinNames() {
  return [...builtins.keys()].filter((name) => !name.startsWith("std:"));
}
