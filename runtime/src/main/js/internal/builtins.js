// The built-in modules, by the name that programs import them under (without "node:"). Each is loaded when it is
// first asked for: a program pays for what it uses.
import { requireModule, withHeadroom } from "host:isolate";
import { Map, mapDelete, mapGet, mapSet } from "internal:primordials";

let names = [];

/** The names of all that programs can import, separated by spaces: the build knows them. */
export function nameBuiltins(list) {
  names = list.split(" ");
}

/** A module that fails once has failed for good, so the first use may be at the end of the stack. */
const requirePart = withHeadroom(requireModule);
const loaded = new Map();
const firstUses = new Map();

/** fn() runs once, before a program first gets that module: for exports that must not be made earlier. */
export function onFirstUse(name, fn) {
  mapSet(firstUses, name, fn);
}

/** The namespace of a built-in module, or undefined. */
export function builtin(name) {
  const namespace = names.includes(name) ? load(name) : undefined;
  const prepare = mapGet(firstUses, name);
  if (prepare !== undefined) {
    mapDelete(firstUses, name);
    prepare();
  }
  return namespace;
}

/** The namespace of a module that we use ourselves; no program has got it by that. */
export function load(name) {
  let namespace = mapGet(loaded, name);
  if (namespace === undefined) {
    namespace = requirePart(`internal:boot/${partOf(name)}`);
    mapSet(loaded, name, namespace);
  }
  return namespace;
}

/** As the build names the files. */
function partOf(name) {
  return name.replace(/[:/]/g, ".");
}

/** Those whose bare names are packages'; Builtins.java has the same. */
const WITH_SCHEME_ONLY = ["sea", "sqlite", "test", "test/reporters"];

/** The names that programs import, without "node:" where that may be left out. */
export function builtinNames() {
  return names.filter((name) => !name.includes(":")).map((name) => (WITH_SCHEME_ONLY.includes(name) ? `node:${name}` : name));
}
