// node:vm - https://nodejs.org/api/vm.html
// An isolate has one realm: internal:vm_context has what a context can be without one of its own.
import { evaluate } from "host:isolate";
import { codes, notSupported } from "internal:node_errors";
import { contextify, isContext as isContextified, runIn } from "internal:vm_context";
import { validateArray, validateObject, validateString, validateStringArray } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;
const ONE_REALM = "an isolate has one realm";

function fileOf(options) {
  if (typeof options === "string") return options;
  if (options !== undefined) validateObject(options, "options");
  const name = options?.filename ?? "evalmachine.<anonymous>";
  validateString(name, "options.filename");
  return name;
}

function lineOf(options) {
  return Number.isInteger(options?.lineOffset) ? options.lineOffset + 1 : 1;
}

export class Script {
  #code;
  #name;
  #line;

  constructor(code, options = {}) {
    this.#code = `${code}`;
    this.#name = fileOf(options);
    this.#line = lineOf(options);
    // A mistake is told of when the script is made: as the body of a function it is compiled and not run.
    evaluate(this.#name, `(function () {${this.#code}\n})`, this.#line);
    this.cachedDataRejected = undefined;
    this.sourceMapURL = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(this.#code)?.[1];
  }

  runInThisContext() {
    return evaluate(this.#name, this.#code, this.#line);
  }

  runInContext(context, options = {}) {
    validateContext(context, "contextifiedObject");
    validateOptions(options);
    return runIn(context, this.#code, this.#name, this.#line);
  }

  runInNewContext(object = {}, options = {}) {
    return this.runInContext(createContext(object, contextOptions(options)), options);
  }

  createCachedData() {
    throw notSupported("script.createCachedData()");
  }
}

export function createScript(code, options) {
  return new Script(code, options);
}

export function runInThisContext(code, options) {
  return new Script(code, options).runInThisContext();
}

/** A function with that body; contextExtensions are objects whose properties it sees as variables. */
export function compileFunction(code, params = [], options = {}) {
  validateString(code, "code");
  validateStringArray(params, "params");
  const { contextExtensions = [], parsingContext } = options;
  validateArray(contextExtensions, "options.contextExtensions");
  if (parsingContext !== undefined) throw notSupported("The option parsingContext of vm.compileFunction()", ONE_REALM);
  const names = contextExtensions.map((_, i) => `runnelExtension${i}`);
  const body = `(function (${params.join(",")}) {${code}\n})`;
  if (names.length === 0) return evaluate(fileOf(options), body, lineOf(options));
  const scoped = names.reduceRight((inner, name) => `with (${name}) { ${inner} }`, `return ${body};`);
  return evaluate(fileOf(options), `(function (${names.join(",")}) { ${scoped} })`, lineOf(options))(...contextExtensions);
}

export function isContext(object) {
  if (typeof object !== "object" || object === null) throw new ERR_INVALID_ARG_TYPE("object", "Object", object);
  return isContextified(object);
}

function validateContext(value, name) {
  if (typeof value !== "object" || value === null || !isContextified(value)) {
    throw new ERR_INVALID_ARG_TYPE(name, "vm.Context", value);
  }
}

function validateOptions(options) {
  if (options?.timeout !== undefined) throw notSupported("The option timeout of node:vm", "a program's limits hold for all of it");
}

function contextOptions(options) {
  if (typeof options !== "object" || options === null) return {};
  return { name: options.contextName, origin: options.contextOrigin, codeGeneration: options.contextCodeGeneration };
}

export function createContext(object = {}, options = {}) {
  const target = object === constants.DONT_CONTEXTIFY ? {} : object;
  if (typeof target !== "object" && typeof target !== "function") throw new ERR_INVALID_ARG_TYPE("contextObject", "Object", object);
  validateObject(options, "options");
  for (const name of ["name", "origin"]) if (options[name] !== undefined) validateString(options[name], `options.${name}`);
  const { strings = true, wasm = true } = options.codeGeneration ?? {};
  if (!strings || !wasm) throw notSupported("The option codeGeneration of vm.createContext()", ONE_REALM);
  return contextify(target);
}

export function runInContext(code, context, options) {
  validateContext(context, "contextifiedObject");
  return new Script(code, options).runInContext(context, typeof options === "string" ? {} : options);
}

export function runInNewContext(code, object, options) {
  return new Script(code, options).runInNewContext(object, typeof options === "string" ? {} : options);
}

export function measureMemory() {
  throw notSupported("vm.measureMemory()", ONE_REALM);
}

export const constants = { USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol("vm_dynamic_import_main_context_default"), DONT_CONTEXTIFY: Symbol("vm_context_no_contextify") };

export default {
  compileFunction, constants, createContext, createScript, isContext, measureMemory, runInContext, runInNewContext,
  runInThisContext, Script,
};
