// The built-in modules, by the name that programs import them under (without "node:").
import { Map, mapDelete, mapGet, mapSet } from "internal:primordials";

const builtins = new Map();

export function addBuiltin(name, namespace) {
  mapSet(builtins, name, namespace);
}

const firstUses = new Map();

/** fn() runs once, before a program first gets that module: for exports that must not be made earlier. */
export function onFirstUse(name, fn) {
  mapSet(firstUses, name, fn);
}

/** The namespace of a built-in module, or undefined. */
export function builtin(name) {
  const prepare = mapGet(firstUses, name);
  if (prepare !== undefined) {
    mapDelete(firstUses, name);
    prepare();
  }
  return mapGet(builtins, name);
}

/** The names that programs import, in the order of the bundle. */
export function builtinNames() {
  return [...builtins.keys()].filter((name) => !name.startsWith("std:"));
}
