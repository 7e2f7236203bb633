// node:path for POSIX - https://nodejs.org/api/path.html
import { program } from "internal:program";
import { validateObject, validateString } from "internal:validators";

export const sep = "/";
export const delimiter = ":";

/** The current directory, until process.js knows better. */
let cwd = () => program.cwd;

export function setCwd(fn) {
  cwd = fn;
}

/** Removes "." and resolves ".." among the segments; ".." at the front stays only in relative paths. */
function normalizeSegments(path, isAbsolute) {
  const kept = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!isAbsolute) kept.push("..");
  }
  return kept.join("/");
}

export function resolve(...paths) {
  let resolved = "";
  let isAbsolute = false;
  for (let i = paths.length - 1; i >= -1 && !isAbsolute; i--) {
    const path = i >= 0 ? paths[i] : cwd();
    if (i >= 0) validateString(path, `paths[${i}]`);
    if (path.length === 0) continue;
    resolved = resolved === "" ? path : `${path}/${resolved}`;
    isAbsolute = path[0] === "/";
  }
  const normal = normalizeSegments(resolved, isAbsolute);
  if (isAbsolute) return `/${normal}`;
  return normal === "" ? "." : normal;
}

export function normalize(path) {
  validateString(path, "path");
  if (path.length === 0) return ".";
  const isAbsolute = path[0] === "/";
  const isFolder = path.endsWith("/");
  const normal = normalizeSegments(path, isAbsolute);
  if (normal === "") return isAbsolute ? "/" : isFolder ? "./" : ".";
  return (isAbsolute ? "/" : "") + normal + (isFolder ? "/" : "");
}

export function isAbsolute(path) {
  validateString(path, "path");
  return path[0] === "/";
}

export function join(...paths) {
  for (const path of paths) validateString(path, "path");
  const joined = paths.filter((path) => path.length > 0).join("/");
  return joined === "" ? "." : normalize(joined);
}

export function relative(from, to) {
  validateString(from, "from");
  validateString(to, "to");
  if (from === to) return "";
  const [start, end] = [resolve(from), resolve(to)];
  if (start === end) return "";
  const fromParts = start.split("/").filter(Boolean);
  const toParts = end.split("/").filter(Boolean);
  let common = 0;
  while (common < fromParts.length && common < toParts.length && fromParts[common] === toParts[common]) common++;
  return [...fromParts.slice(common).map(() => ".."), ...toParts.slice(common)].join("/");
}

export function toNamespacedPath(path) {
  return path;
}

export function dirname(path) {
  validateString(path, "path");
  if (path.length === 0) return ".";
  const end = trimmedEnd(path);
  const slash = path.lastIndexOf("/", end - 1);
  if (slash < 0 || end === 0) return path[0] === "/" ? "/" : ".";
  if (slash === 0) return "/";
  if (slash === 1 && path[0] === "/") return "//";
  return path.slice(0, slash);
}

/** The end of the path without its trailing slashes. */
function trimmedEnd(path) {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return end;
}

export function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, "suffix");
  validateString(path, "path");
  const end = trimmedEnd(path);
  const base = path.slice(path.lastIndexOf("/", end - 1) + 1, end);
  // Node's own quirk: nothing but slashes comes back whole when there is a suffix.
  if (base === "" && suffix && suffix.length <= path.length && suffix !== path) return path;
  if (suffix === undefined || suffix === "" || suffix.length > base.length || !base.endsWith(suffix)) return base;
  return base === suffix ? (path === suffix ? "" : base) : base.slice(0, -suffix.length);
}

export function extname(path) {
  validateString(path, "path");
  const base = basename(path);
  const dot = base.lastIndexOf(".");
  return dot <= 0 || base === ".." ? "" : base.slice(dot);
}

export function format(pathObject) {
  validateObject(pathObject, "pathObject");
  const dir = pathObject.dir || pathObject.root;
  const extension = pathObject.ext && pathObject.ext[0] !== "." ? `.${pathObject.ext}` : pathObject.ext || "";
  const base = pathObject.base || `${pathObject.name || ""}${extension}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}/${base}`;
}

export function parse(path) {
  validateString(path, "path");
  const root = path[0] === "/" ? "/" : "";
  const base = basename(path);
  const ext = extname(path);
  const end = trimmedEnd(path);
  const slash = path.lastIndexOf("/", end - 1);
  const dir = slash > 0 ? path.slice(0, slash) : slash === 0 || end === 0 ? root : "";
  return { root, dir, base, ext, name: ext === "" ? base : base.slice(0, -ext.length) };
}

/** As a shell pattern: *, ?, [abc], ** across folders. */
export function matchesGlob(path, pattern) {
  validateString(path, "path");
  validateString(pattern, "pattern");
  return globExpression(pattern).test(path);
}

function globExpression(pattern) {
  const source = pattern.replace(/\*\*\/?|[*?]|\[!?[^\]]*\]|[.+^${}()|\\]/g, (token) => {
    if (token.startsWith("**")) return token.endsWith("/") ? "(?:.*/)?" : ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token[0] === "[" && token.length > 1) return token[1] === "!" ? `[^${token.slice(2)}` : token;
    return `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}

export { toNamespacedPath as _makeLong };
