// What the engine asks when it meets an import: which module is meant, and what is in it - ProgramModules.java.
import builtins from "generated:builtins";
import { driver } from "./driver.js";
import { looksAfter } from "./loop.js";
import { isListed, namesIn } from "./name_list.js";
import { coded, dirname, packageAround, readText, resolveFile } from "./resolver.js";
import { commonJsExports, isModule } from "./syntax.js";
import { apiNamed, completed, notSupported } from "./unsupported.js";

const BOOT = "internal:boot";
const PART = `${BOOT}/`;
const EVALUATE = "engine:evaluate";
const ALIASES = { std: "std:std", "qjs:std": "std:std", "qjs:os": "std:os", wasi_net: "std:wasi_net", wasi_http: "std:wasi_http" };
const FULFILLED = 1;
const REJECTED = 2;

/** The program: { kind, root, entry }. */
export let program = { kind: "node", root: "/", entry: "/" };
export const setProgram = (given) => void (program = given);

/** Bytecode of the program's own modules, by name: { code, isModule }. */
export const packed = Object.create(null);

const { parts } = driver;
const hosts = new Map();
const stubs = new Set();

/** The functions of a host module. */
export function provide(name, functions) {
  hosts.set(name, functions);
}

/** Text of what was loaded, by name, while a program's modules are only looked at. */
let recording = null;
let isEmpty = false;

/** From now on all modules are empty: what imports them is compiled, not run. */
export function loadNothing() {
  isEmpty = true;
}

// ---- Which one ----

let resolved = null;

export function normalize(specifier, referrer) {
  if (isEmpty) return `empty:${specifier}`;
  if (resolved !== null) {
    const name = resolved;
    resolved = null;
    return name;
  }
  if (isOwn(referrer) && specifier.startsWith("./")) return PART + specifier.slice(2).replace(/\.mjs$/, "");
  if (/^(host|internal):/.test(specifier)) return resolvePrivate(specifier, referrer);
  return builtinNamed(specifier) ?? programFile(specifier, referrer, "import");
}

const isOwn = (name) => name === BOOT || name.startsWith(PART);

function resolvePrivate(specifier, referrer) {
  if (isOwn(referrer) || (specifier === BOOT && stubs.has(referrer))) return specifier;
  throw coded("ERR_MODULE_NOT_FOUND", `Cannot find module '${specifier}': programs can't import it.`);
}

function builtinNamed(specifier) {
  if (Object.hasOwn(ALIASES, specifier)) return ALIASES[specifier];
  if (specifier.startsWith("cloudflare:") && isListed(builtins, specifier)) return specifier;
  const bare = specifier.replace(/^node:/, "");
  if (isListed(builtins, bare) && !bare.includes(":")) return `node:${bare}`;
  if (/^(node|cloudflare):/.test(specifier)) throw coded("ERR_UNKNOWN_BUILTIN_MODULE", `Runnel does not have the module '${specifier}'.`);
  return undefined;
}

function programFile(specifier, referrer, mode) {
  const from = referrer.startsWith("/") ? referrer : program.entry;
  // What was packed is found without looking for files that may not be there any more.
  const key = `${mode} ${specifier} ${from}`;
  return (packedNames[key] ??= resolveFile(specifier, from, { ...program, mode }));
}

/** What each import of the program's meant when it was packed. */
const packedNames = Object.create(null);

export const isBuiltin = (name) => /^(node|std|cloudflare):/.test(name);

export function resolveFor(specifier, referrer, mode) {
  if (/^(host|internal):/.test(specifier)) return resolvePrivate(specifier, "");
  return builtinNamed(specifier) ?? programFile(specifier, referrer, mode);
}

// ---- What is in it ----

/** The module's number. */
export function load(name) {
  if (isEmpty) return driver.compile(name, "");
  if (name.startsWith("host:")) return loadHost(name);
  if (isOwn(name)) return loadPart(name);
  const known = packed[name];
  if (known !== undefined) return loadPacked(name, known);
  const source = sourceOf(name);
  if (recording !== null) recording.push({ name, ...source });
  return withMeta(driver.compile(name, source.text), name, source.isModule);
}

function loadHost(name) {
  const functions = hosts.get(name.slice(5)) ?? completed(name.slice(5));
  const text = Object.keys(functions).map((key, i) => `const f${i} = f.${key}; export { f${i} as ${key} };`);
  const module = driver.compile(name, `const f = import.meta.functions;\n${text.join("\n")}`);
  driver.importMeta(module).functions = functions;
  return module;
}

/** Each is loaded once, and its bytecode not needed any more then. */
function loadPart(name) {
  const code = parts[name];
  if (code === undefined) throw missing(name);
  const module = driver.load(driver.address(code.buffer), code.byteLength);
  delete parts[name];
  code.buffer.transfer(0);
  return module;
}

function missing(name) {
  const api = apiNamed(name.slice(PART.length).replace(/^internal\.(web\.)?/, ""));
  return notSupported(`${api} (unless the program's text names it, by which what is needed is found)`);
}

function loadPacked(name, { code, isModule: hasMeta }) {
  delete packed[name];
  if (!hasMeta) stubs.add(name);
  return withMeta(driver.load(driver.address(code.buffer), code.byteLength), name, hasMeta);
}

function withMeta(module, name, hasMeta) {
  if (hasMeta) {
    const url = `file://${encodeURI(name).replaceAll("?", "%3F").replaceAll("#", "%23")}`;
    Object.assign(driver.importMeta(module), { dirname: dirname(name), filename: name, url });
  }
  return module;
}

/** { text, isModule }: of built-ins, CommonJS and JSON files a small module that stands for them. */
function sourceOf(name) {
  if (isBuiltin(name)) {
    stubs.add(name);
    return { text: builtinStub(name), isModule: false };
  }
  const text = readText(name);
  switch (formatOf(name, text)) {
    case "esm":
      return { text, isModule: true };
    case "json":
      return { text: `export default JSON.parse(${JSON.stringify(text)});`, isModule: false };
    default:
      stubs.add(name);
      return { text: commonJsStub(name, text), isModule: false };
  }
}

/** "esm", "cjs" or "json" */
export function formatOf(name, text = undefined) {
  if (name in formats) return formats[name];
  const ending = /\.([^./]+)$/.exec(name)?.[1];
  if (ending === "mjs") return "esm";
  if (ending === "cjs" || ending === "json") return ending;
  if (["ts", "tsx", "mts", "cts", "jsx"].includes(ending)) {
    throw coded("ERR_UNKNOWN_FILE_EXTENSION", `Cannot run ${name} as it is: bundle it to JavaScript first, with esbuild for example.`);
  }
  if (ending === "wasm" || ending === "node") {
    throw coded("ERR_UNKNOWN_FILE_EXTENSION", `Unknown file extension ".${ending}" for ${name}`);
  }
  const type = packageAround(name)?.type;
  if (type === "module") return "esm";
  return type !== "commonjs" && isModule(text ?? readText(name)) ? "esm" : "cjs";
}

/** For require(). */
export const readModule = (name) => texts[name] ?? readText(name);

export const formatOfEntry = () => formatOf(program.entry);

/** Of what was packed: the text of CommonJS and JSON files, and every file's format, by name. */
const texts = Object.create(null);
const formats = Object.create(null);

const REQUIRED = /\brequire\s*\(\s*["']([^"'\n]+)["']\s*\)/g;

/** All that a program imports, or requires by a name that stands in its text. */
export function lookAt(entry) {
  recording = [];
  load(entry);
  for (let i = 0; i < recording.length; i++) {
    const { name } = recording[i];
    if (!isBuiltin(name)) gather(name);
  }
  return { modules: recording, given: { texts, formats, names: packedNames } };
}

function gather(name) {
  if (name in formats) return;
  const text = readText(name);
  const format = formatOf(name, text);
  formats[name] = format;
  if (format === "esm") return;
  texts[name] = text;
  if (format === "json") return;
  for (const [, specifier] of text.matchAll(REQUIRED)) gatherRequired(specifier, name);
}

/** What isn't found may never be asked for; if it is, that fails then. */
function gatherRequired(specifier, referrer) {
  let name;
  try {
    name = resolveFor(specifier, referrer, "require");
    if (isBuiltin(name) || name in formats) return;
    if (formatOf(name) === "esm" && !recording.some((each) => each.name === name)) load(name);
  } catch {
    return;
  }
  gather(name);
}

export function takePacked(given) {
  Object.assign(texts, given.texts);
  Object.assign(formats, given.formats);
  Object.assign(packedNames, given.names);
}

function builtinStub(name) {
  const key = name.replace(/^node:/, "");
  const lines = [`import { builtin } from "${BOOT}";`, `const module = builtin(${JSON.stringify(key)});`];
  for (const each of namesIn(builtins, key)) {
    lines.push(
      each === "default" ? "export default module.default;" : `const $${each} = module.${each}; export { $${each} as ${each} };`,
    );
  }
  return lines.join("\n");
}

function commonJsStub(name, text) {
  const lines = [
    `import { loadCommonJs } from "${BOOT}";`,
    `const module = loadCommonJs(${JSON.stringify(name)});`,
    'export default module; export { module as "module.exports" };',
  ];
  [...commonJsNames(name, text, new Set())].forEach((each, i) => {
    const quoted = JSON.stringify(each);
    lines.push(`const e${i} = module?.[${quoted}]; export { e${i} as ${quoted} };`);
  });
  return lines.join("\n");
}

function commonJsNames(name, text, visited) {
  visited.add(name);
  const { names, reexports } = commonJsExports(text);
  for (const specifier of reexports) {
    for (const more of reexportedNames(specifier, name, visited)) names.add(more);
  }
  return names;
}

/** A guess: running the file reports what is wrong with it. */
function reexportedNames(specifier, referrer, visited) {
  try {
    if (builtinNamed(specifier) !== undefined) return [];
    const file = programFile(specifier, referrer, "require");
    const text = readText(file);
    return visited.has(file) || formatOf(file, text) !== "cjs" ? [] : commonJsNames(file, text, visited);
  } catch {
    return [];
  }
}

// ---- Evaluating ----

/** By name: [promise of the evaluation, namespaces]. QuickJS never lets go of a module whose imports it has found. */
const started = new Map();

/** Begins to evaluate a module, or joins its evaluation. The loader looks after the promise. */
export function start(name) {
  let evaluation = started.get(name);
  if (evaluation === undefined) {
    resolved = name;
    try {
      const [promise, exports] = driver.start(EVALUATE, `export * as namespace from ${JSON.stringify(name)};`);
      evaluation = { promise, exports };
    } finally {
      resolved = null;
    }
    started.set(name, evaluation);
  }
  looksAfter(evaluation.promise);
  return evaluation;
}

/** { state: "pending" | "fulfilled" | "rejected", value } */
export function stateOf({ promise, exports }) {
  const [state, result] = driver.promiseDetails(promise);
  if (state === FULFILLED) return { state: "fulfilled", value: exports.namespace };
  return state === REJECTED ? { state: "rejected", value: result } : { state: "pending" };
}

/** The namespace, at once. */
export function requireModule(name) {
  const { state, value } = stateOf(start(name));
  if (state === "fulfilled") return value;
  if (state === "rejected") throw value;
  throw coded(
    "ERR_REQUIRE_ASYNC_MODULE",
    `require() cannot be used on an ES module with top-level await. Use import() instead. It is ${name}.`,
  );
}
