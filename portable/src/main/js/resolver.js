// Where Node finds a module: files, package.json's exports and imports, node_modules - NodeResolver.java's rules.
// https://nodejs.org/api/esm.html#resolution-algorithm-specification
import * as files from "./files.js";
import { decode } from "./wasi.js";

const REQUIRE_ENDINGS = ["", ".js", ".json", ".cjs", ".mjs"];
const PACKAGE_ENDINGS = ["", ".js", ".json", "/index.js", "/index.json"];
const IMPORT = {
  worker: ["workerd", "edge-light", "worker", "import", "module-sync"],
  node: ["node", "import", "module-sync"],
};
const REQUIRE = ["node", "require", "module-sync"];

export const dirname = (path) => path.slice(0, path.lastIndexOf("/")) || "/";
const join = (folder, path) => files.normalize(path.startsWith("/") ? path : `${folder}/${path}`);
const isFile = (path) => files.kindOf(path) === "file";
const isFolder = (path) => files.kindOf(path) === "directory";
const isPath = (specifier) => /^(\.{0,2}\/|\.{1,2}$)/.test(specifier);

export const readText = (path) => decode(files.readFile(path));

/** By folder: what its package.json says, or undefined. */
const packages = new Map();

/** Other files may stand there from now on. */
export function forgetPackages() {
  packages.clear();
}

function packageIn(folder) {
  if (!packages.has(folder)) {
    const file = join(folder, "package.json");
    packages.set(folder, isFile(file) ? { folder, ...parse(file) } : undefined);
  }
  return packages.get(folder);
}

function parse(file) {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    throw coded("ERR_INVALID_PACKAGE_CONFIG", `Invalid package config ${file}: ${error.message}`);
  }
}

/** The package that a file belongs to. */
export function packageAround(path) {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = packageIn(folder);
    if (found !== undefined || folder === "/") return found;
  }
}

export function coded(code, message) {
  const error = new Error(message);
  error.code = code;
  return error;
}

/** The file that is meant. kind: of program; mode: "import" or "require"; root: the program's folder. */
export function resolveFile(specifier, referrer, { kind, mode, root }) {
  const conditions = mode === "import" ? IMPORT[kind] : REQUIRE;
  const found = find(specifier, referrer, { conditions, isImport: mode === "import", root });
  if (found !== undefined) return found;
  if (mode === "require") {
    throw coded("MODULE_NOT_FOUND", `Cannot find module '${specifier}'\nRequire stack:\n- ${referrer}`);
  }
  const what = isPath(specifier) ? "module" : "package";
  throw coded("ERR_MODULE_NOT_FOUND", `Cannot find ${what} '${specifier}' imported from ${referrer}`);
}

function find(specifier, referrer, options) {
  if (specifier.startsWith("file:")) return fileAt(decodeURIComponent(specifier.replace(/^file:(\/\/)?/, "")), options);
  if (specifier.startsWith("#")) return packageImport(specifier, referrer, options);
  if (isPath(specifier)) {
    const path = options.isImport ? decodeURIComponent(specifier.replace(/\?.*$/s, "")) : specifier;
    return fileAt(join(dirname(referrer), path), options);
  }
  return bare(specifier, referrer, options);
}

function fileAt(path, { isImport }) {
  if (isImport) return isFile(path) ? path : undefined;
  return firstOf(path, REQUIRE_ENDINGS) ?? folderAt(path);
}

function firstOf(path, endings) {
  return endings.map((ending) => path + ending).find(isFile);
}

function folderAt(path) {
  if (!isFolder(path)) return undefined;
  const main = packageIn(path)?.main;
  return (
    (typeof main === "string" ? firstOf(join(path, main), PACKAGE_ENDINGS) : undefined) ??
    firstOf(join(path, "index"), [".js", ".json", ".cjs"])
  );
}

function packageImport(specifier, referrer, options) {
  const json = packageAround(referrer);
  const target = json?.imports && targetIn(json.imports, specifier, options.conditions);
  if (target === undefined) return undefined;
  return target.startsWith("./") ? fileAt(join(json.folder, target), { isImport: true }) : bare(target, referrer, options);
}

function bare(specifier, referrer, options) {
  const [, name, rest] = /^((?:@[^/]*\/)?[^/]*)(\/.*)?$/s.exec(specifier);
  const subpath = `.${rest ?? ""}`;
  const own = packageAround(referrer);
  if (own?.name === name && own.exports !== undefined) return exported(own, subpath, options);
  for (let folder = dirname(referrer); ; folder = dirname(folder)) {
    const candidate = join(folder, `node_modules/${name}`);
    if (!folder.endsWith("/node_modules") && isFolder(candidate)) return inPackage(candidate, subpath, options);
    if (folder === "/") break;
  }
  // Programs for wasmedge-quickjs keep packages as ./modules/NAME.js.
  return firstOf(join(options.root, `modules/${specifier}`), [".js", ".mjs", "/index.js"]);
}

function inPackage(folder, subpath, options) {
  const json = packageIn(folder);
  if (json?.exports !== undefined && json.exports !== null) return exported(json, subpath, options);
  return subpath === "." ? folderAt(folder) : fileAt(join(folder, subpath), options);
}

function exported(json, subpath, { conditions }) {
  const target = targetIn(json.exports, subpath, conditions);
  if (target === undefined) {
    const file = `${json.folder}/package.json`;
    throw coded("ERR_PACKAGE_PATH_NOT_EXPORTED", `Package subpath '${subpath}' is not defined by "exports" in ${file}.`);
  }
  return fileAt(join(json.folder, target), { isImport: true });
}

/** The target of "." or "./x" or "#x" in a map, relative to the package or a specifier. */
function targetIn(map, subpath, conditions) {
  const isMapOfPaths = typeof map === "object" && map !== null && !Array.isArray(map) && Object.keys(map).some((key) => /^[.#]/.test(key));
  if (!isMapOfPaths) return subpath === "." ? choose(map, "", conditions) : undefined;
  if (Object.hasOwn(map, subpath) && !subpath.includes("*")) return choose(map[subpath], "", conditions);
  const patterns = Object.keys(map).filter((key) => matches(key, subpath));
  const best = patterns.sort((a, b) => b.indexOf("*") - a.indexOf("*"))[0];
  if (best === undefined) return undefined;
  const star = best.indexOf("*");
  return choose(map[best], subpath.slice(star, subpath.length - (best.length - star - 1)), conditions);
}

function matches(key, subpath) {
  const [front, back] = key.split("*");
  return back !== undefined && subpath.length >= key.length && subpath.startsWith(front) && subpath.endsWith(back);
}

function choose(target, part, conditions) {
  if (typeof target === "string") return target.replaceAll("*", part);
  if (Array.isArray(target)) return firstDefined(target, (choice) => choose(choice, part, conditions));
  const fitting = Object.entries(target ?? {}).filter(([name]) => name === "default" || conditions.includes(name));
  return firstDefined(fitting, ([, inner]) => choose(inner, part, conditions));
}

function firstDefined(list, map) {
  for (const each of list) {
    const found = map(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
