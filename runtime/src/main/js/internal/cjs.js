// CommonJS: require, module and their cache - https://nodejs.org/api/modules.html
// Java resolves and reads (host:modules); the engine evaluates the wrapper.
import { evaluate, requireModule } from "host:isolate";
import * as host from "host:modules";
import { builtin } from "internal:builtins";
import { isHeard } from "internal:errors";
import { codes } from "internal:node_errors";
import { program } from "internal:program";
import { dirname } from "internal:posix_path";
import { validateString } from "internal:validators";

const { ERR_INVALID_ARG_VALUE } = codes;

/** What Node passes to every CommonJS file. */
const WRAPPER = ["(function (exports, require, module, __filename, __dirname) { ", "\n});"];
/** Two lines before a file's own first: no engine has to know a line 0. */
const WRAPPER_LINE = -1;

/** file → Module; programs may delete entries to load a file again. */
export const cache = { __proto__: null };

export const extensions = {
  __proto__: null,
  ".js"(module, filename) {
    compile(module, host.read(filename), filename);
  },
  ".json"(module, filename) {
    module.exports = parseJson(host.read(filename), filename);
  },
};

export class Module {
  constructor(id = "", parent = undefined) {
    this.id = id;
    this.path = dirname(id);
    this.exports = {};
    this.filename = null;
    this.loaded = false;
    this.children = [];
    Object.defineProperty(this, "parent", { value: parent, writable: true, configurable: true, enumerable: false });
    parent?.children?.push(this);
  }

  get paths() {
    return nodeModulesPaths(this.path);
  }

  require(specifier) {
    validateString(specifier, "id");
    if (specifier === "") throw new ERR_INVALID_ARG_VALUE("id", specifier, "must be a non-empty string");
    return requireFrom(specifier, this);
  }

  load(filename) {
    this.filename = filename;
    extensions[endingOf(filename)](this, filename);
    this.loaded = true;
  }

  _compile(text, filename) {
    compile(this, text, filename);
  }
}

function endingOf(filename) {
  const ending = /\.[^./]+$/.exec(filename)?.[0];
  return ending !== undefined && ending in extensions ? ending : ".js";
}

function parseJson(text, filename) {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
}

function compile(module, text, filename) {
  const source = text.startsWith("#!") ? `//${text}` : text;
  // The file's first line keeps its columns when the wrapper is not on it.
  const run = evaluate(filename, `${WRAPPER[0]}\n\n${source}${WRAPPER[1]}`, WRAPPER_LINE);
  run.call(module.exports, module.exports, makeRequire(module), module, filename, dirname(filename));
}

export function wrap(source) {
  return WRAPPER[0] + source + WRAPPER[1];
}

let main;

/** The exports of a CommonJS file, by the name that the loader knows it by. */
export function load(filename, parent = undefined) {
  const cached = cache[filename];
  if (cached !== undefined) return cached.exports;
  const isMain = main === undefined && filename === program.entry;
  const module = new Module(filename, parent);
  if (isMain) {
    main = module;
    module.id = ".";
  }
  cache[filename] = module;
  let done = false;
  try {
    module.load(filename);
    done = true;
  } catch (error) {
    // What a main file throws is uncaught as any other error: a listener of the process may deal with it.
    if (!isMain || !isHeard(error)) throw error;
  } finally {
    if (!done) delete cache[filename];
  }
  return module.exports;
}

function requireFrom(specifier, module) {
  const name = resolveFrom(specifier, module);
  const cached = cache[name];
  if (cached !== undefined) return cached.exports;
  switch (host.kind(name)) {
    case "builtin":
      return builtinExports(name);
    case "esm":
      return exportsOfEsModule(requireModule(name));
    default:
      return load(name, module);
  }
}

export function builtinExports(name) {
  const namespace = builtin(name.startsWith("node:") ? name.slice(5) : name);
  return namespace.default ?? namespace;
}

/** An ES module may say what require() gets by an export called "module.exports". */
function exportsOfEsModule(namespace) {
  return "module.exports" in namespace ? namespace["module.exports"] : namespace;
}

function resolveFrom(specifier, module) {
  try {
    return host.resolve(specifier, module.filename ?? module.id, "require");
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND") throw notFound(error, specifier, module);
    throw error;
  }
}

/** As Node words it for require. */
function notFound(error, specifier, module) {
  const requireStack = [];
  for (let each = module; each; each = each.parent) requireStack.push(each.filename ?? each.id);
  error.message = `Cannot find module '${specifier}'\nRequire stack:\n- ${requireStack.join("\n- ")}`;
  error.code = "MODULE_NOT_FOUND";
  error.requireStack = requireStack;
  return error;
}

export function makeRequire(module) {
  function require(specifier) {
    return module.require(specifier);
  }
  require.resolve = function resolve(specifier, options) {
    validateString(specifier, "request");
    const name = options?.paths ? resolveInPaths(specifier, options.paths, module) : resolveFrom(specifier, module);
    return host.kind(name) === "builtin" ? specifier : name;
  };
  require.resolve.paths = function paths(specifier) {
    validateString(specifier, "request");
    return /^\.{1,2}(\/|$)/.test(specifier) ? [module.path] : nodeModulesPaths(module.path);
  };
  Object.defineProperty(require, "main", { get: () => main, enumerable: true, configurable: true });
  require.cache = cache;
  require.extensions = extensions;
  return require;
}

function resolveInPaths(specifier, paths, module) {
  let failure;
  for (const path of paths) {
    try {
      return host.resolve(specifier, `${path}/_`, "require");
    } catch (error) {
      failure = error;
    }
  }
  throw notFound(failure ?? new Error(), specifier, module);
}

export function nodeModulesPaths(from) {
  const paths = [];
  for (let path = from; ; path = dirname(path)) {
    if (!path.endsWith("/node_modules")) paths.push(path === "/" ? "/node_modules" : `${path}/node_modules`);
    if (path === "/" || path === ".") return paths;
  }
}

/** require() for a file that isn't CommonJS itself. */
export function requireFor(filename) {
  const module = new Module(filename);
  module.filename = filename;
  return makeRequire(module);
}

export function resolveFilename(specifier, parent) {
  return resolveFrom(specifier, parent ?? new Module(program.entry));
}

export function mainModule() {
  return main;
}
