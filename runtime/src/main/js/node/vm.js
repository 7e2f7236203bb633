// node:vm - https://nodejs.org/api/vm.html
// Scripts run in the program's own context: an isolate has one.
import { evaluate } from "host:isolate";
import { codes, notSupported } from "internal:node_errors";
import { validateArray, validateObject, validateString, validateStringArray } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;
const ONE_CONTEXT = "an isolate has one context";

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

  runInContext() {
    throw notSupported("script.runInContext()", ONE_CONTEXT);
  }

  runInNewContext() {
    throw notSupported("script.runInNewContext()", ONE_CONTEXT);
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
  if (parsingContext !== undefined) throw notSupported("The option parsingContext of vm.compileFunction()", ONE_CONTEXT);
  const names = contextExtensions.map((_, i) => `runnelExtension${i}`);
  const body = `(function (${params.join(",")}) {${code}\n})`;
  if (names.length === 0) return evaluate(fileOf(options), body, lineOf(options));
  const scoped = names.reduceRight((inner, name) => `with (${name}) { ${inner} }`, `return ${body};`);
  return evaluate(fileOf(options), `(function (${names.join(",")}) { ${scoped} })`, lineOf(options))(...contextExtensions);
}

export function isContext(object) {
  if (typeof object !== "object" || object === null) throw new ERR_INVALID_ARG_TYPE("object", "Object", object);
  return false;
}

function refused(name) {
  return {
    [name]() {
      throw notSupported(`vm.${name}()`, ONE_CONTEXT);
    },
  }[name];
}

export const createContext = refused("createContext");
export const runInContext = refused("runInContext");
export const runInNewContext = refused("runInNewContext");
export const measureMemory = refused("measureMemory");
export const constants = { USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol("vm_dynamic_import_main_context_default"), DONT_CONTEXTIFY: Symbol("vm_context_no_contextify") };

export default {
  compileFunction, constants, createContext, createScript, isContext, measureMemory, runInContext, runInNewContext,
  runInThisContext, Script,
};
