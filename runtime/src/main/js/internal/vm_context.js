// Contexts of node:vm, as far as an isolate with one realm has them: a script sees the properties of its context's
// object and the language's own globals, and nothing else of the program; what it declares with var or function, or
// assigns without declaring, becomes a property of the object. Object, Array and their like are the program's own, and
// top-level let, const and class last as long as their script.
import { evaluate } from "host:isolate";

/** ECMAScript's globals, and those that a context of Node's has besides. */
const LANGUAGE = new Set([
  "AggregateError", "Array", "ArrayBuffer", "Atomics", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean", "DataView",
  "Date", "Error", "EvalError", "FinalizationRegistry", "Float16Array", "Float32Array", "Float64Array", "Function",
  "Infinity", "Int16Array", "Int32Array", "Int8Array", "Intl", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object",
  "Promise", "Proxy", "RangeError", "ReferenceError", "Reflect", "RegExp", "Set", "SharedArrayBuffer", "String", "Symbol",
  "SyntaxError", "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray", "WeakMap",
  "WeakRef", "WeakSet", "WebAssembly", "console", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent",
  "escape", "isFinite", "isNaN", "parseFloat", "parseInt", "undefined", "unescape",
]);
const CODE = "runnelCode";
const DECLARE = "runnelDeclare";
/** What the frame around the script needs itself. */
const OWN = new Set(["eval", CODE, DECLARE]);

const contexts = new WeakMap();

export function isContext(object) {
  return contexts.has(object);
}

export function contextify(object) {
  if (!contexts.has(object)) contexts.set(object, globalOf(object));
  return object;
}

/** What globalThis is inside. */
function globalOf(object) {
  const global = new Proxy(object, {
    get: (target, name) => (name in target ? target[name] : name === "globalThis" ? global : language(name)),
    has: (target, name) => name in target || isLanguage(name),
    getOwnPropertyDescriptor: Reflect.getOwnPropertyDescriptor,
  });
  return global;
}

function isLanguage(name) {
  return name === "globalThis" || (LANGUAGE.has(name) && name in globalThis);
}

function language(name) {
  return LANGUAGE.has(name) ? globalThis[name] : undefined;
}

/** The scope of one script: every name is found here, so none reaches the program's own globals. */
function scopeOf(object, code) {
  const global = contexts.get(object);
  const asked = new Set(Array.from(code.matchAll(/\btypeof\s*\(?\s*([\w$]+)/g), ([, name]) => name));
  const scope = {
    declaring: "",
    proxy: new Proxy(object, {
      has: (target, name) => typeof name === "symbol" || (!OWN.has(name) && (name !== scope.declaring || name in target)),
      get(target, name) {
        if (name === Symbol.unscopables) return undefined;
        if (name in target) return target[name];
        if (isLanguage(name)) return global[name];
        if (asked.has(name)) return undefined;
        throw new ReferenceError(`${name} is not defined`);
      },
    }),
  };
  return scope;
}

/**
 * Functions that the script declares are variables of the function around it; they are made properties before its first
 * statement runs, as a script's functions are.
 */
function prologue(code) {
  const names = new Set(Array.from(code.matchAll(/\bfunction\s*\*?\s*([A-Za-z_$][\w$]*)/g), ([, name]) => name));
  return Array.from(names, (name) => `${DECLARE}(${JSON.stringify(name)}, () => ${name});`).join("");
}

export function runIn(object, code, name, line) {
  const scope = scopeOf(object, code);
  const declare = (declared, value) => {
    scope.declaring = declared;
    let found;
    try {
      found = value();
    } catch {
      // It is declared further inside.
    }
    scope.declaring = "";
    if (typeof found === "function" && found !== globalThis[declared]) object[declared] = found;
  };
  const frame = `(function (${DECLARE}, ${CODE}) { with (arguments[2]) { return eval(${CODE}); } })`;
  const run = evaluate(name, frame, line);
  return run.call(contexts.get(object), declare, `${prologue(code)}${code}\n//# sourceURL=${name}`, scope.proxy);
}
