// Prints the names that Node has, as a module: of its globals, their members, its modules' exports.
import { builtinModules } from "node:module";
import { winterTC } from "./apis.mjs";
import { exportsOf, membersOf } from "./members.mjs";

const languages = new Set(
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error
  AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math Intl ArrayBuffer
  Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array
  Uint8ClampedArray Float16Array Float32Array Float64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy
  Reflect FinalizationRegistry decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite
  isNaN SharedArrayBuffer SuppressedError DisposableStack AsyncDisposableStack`.split(/\s+/),
);

/** What Node has there against the standards. */
const slips = ["Event prototype.isTrusted", "Request prototype.attribute"];

const listed = winterTC.filter((name) => !name.includes(".") && name !== "globalThis" && name !== "self");
const members = Object.fromEntries(
  listed.map((name) => [name, membersOf(globalThis[name]).filter((member) => !slips.includes(`${name} ${member}`))]),
);
const globals = Object.getOwnPropertyNames(globalThis)
  .filter((name) => !languages.has(name) && !winterTC.includes(name))
  .sort();
const modules = {};
for (const name of builtinModules.map((name) => name.replace("node:", "")).sort()) {
  if (!name.startsWith("_")) {
    modules[`node:${name}`] = exportsOf(await import(`node:${name}`));
  }
}

console.log(`// Names that Node ${process.versions.node} has. Written by \`./dev golden\`.`);
for (const [name, value] of Object.entries({ globals, members, modules })) {
  console.log(`export const ${name} = ${JSON.stringify(value, null, 1).replace(/\n\s\s+|\n\s(?=\])/g, " ")};`);
}
