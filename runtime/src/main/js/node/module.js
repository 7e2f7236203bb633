// node:module - https://nodejs.org/api/module.html
import { builtinNames } from "internal:builtins";
import * as cjs from "internal:cjs";
import { codes, notSupported } from "internal:node_errors";
import { onStart } from "internal:program";
import { fileURLToPath } from "node:url";

const { ERR_INVALID_ARG_VALUE } = codes;

/** Filled when the program starts: this file is one of those it lists. */
export const builtinModules = [];
onStart(() => {
  if (builtinModules.length === 0) builtinModules.push(...builtinNames());
});

export function isBuiltin(name) {
  return builtinModules.includes(`${name}`) || builtinModules.includes(`${name}`.replace(/^node:/, ""));
}

export function createRequire(filename) {
  let path = filename;
  if (filename instanceof URL || (typeof filename === "string" && filename.startsWith("file:"))) {
    path = fileURLToPath(filename);
  } else if (typeof filename !== "string" || !filename.startsWith("/")) {
    throw new ERR_INVALID_ARG_VALUE("filename", filename, "must be a file URL object, file URL string, or absolute path string");
  }
  return cjs.requireFor(path.endsWith("/") ? `${path}noop.js` : path);
}

export function findSourceMap() {
  return undefined;
}

export function syncBuiltinESMExports() {
  // Named exports of built-ins are fixed when they are imported.
}

export function register() {
  throw notSupported("module.register()");
}

export class SourceMap {
  constructor() {
    throw notSupported("module.SourceMap");
  }
}

const { Module } = cjs;

Object.assign(Module, {
  Module, builtinModules, createRequire, findSourceMap, isBuiltin, register, SourceMap, syncBuiltinESMExports,
  wrap: cjs.wrap,
  globalPaths: [],
  _cache: cjs.cache,
  _extensions: cjs.extensions,
  _pathCache: { __proto__: null },
  _load: (specifier, parent) => cjs.requireFor(parent?.filename ?? "/noop.js")(specifier),
  _nodeModulePaths: cjs.nodeModulesPaths,
  _resolveFilename: (specifier, parent) => cjs.resolveFilename(specifier, parent),
  runMain() {
    throw notSupported("module.runMain()");
  },
});

export const { _cache, _extensions, _load, _nodeModulePaths, _pathCache, _resolveFilename, globalPaths, runMain, wrap } = Module;
export { Module };
export default Module;
