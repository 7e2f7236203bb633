// path.win32: the paths of Windows, for programs that handle them as text - https://nodejs.org/api/path.html#windows-vs-posix
import { resolve as resolvePosix } from "internal:posix_path";
import { validateObject, validateString } from "internal:validators";

const SLASHES = /[\\/]/;
const DRIVE = /^[A-Za-z]:/;

function isSlash(char) {
  return char === "\\" || char === "/";
}

/** { device: "C:" or "\\\\server\\share", isAbsolute, rest } */
function split(path) {
  if (isSlash(path[0]) && isSlash(path[1])) {
    const unc = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
    if (unc !== null && unc[1] !== "." && unc[1] !== "?") {
      return { device: `\\\\${unc[1]}\\${unc[2]}`, length: unc[0].length, isAbsolute: true, isUnc: true, rest: path.slice(unc[0].length) };
    }
    if (unc !== null) {
      return { device: `\\\\${unc[1]}`, length: 3, isAbsolute: true, isUnc: true, rest: path.slice(3) };
    }
  }
  if (isSlash(path[0])) return { device: "", length: 0, isAbsolute: true, rest: path };
  if (DRIVE.test(path)) {
    return { device: path.slice(0, 2), length: 2, isAbsolute: isSlash(path[2]), rest: path.slice(2) };
  }
  return { device: "", length: 0, isAbsolute: false, rest: path };
}

function normalizeSegments(path, isAbsolute) {
  const kept = [];
  for (const segment of path.split(SLASHES)) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!isAbsolute) kept.push("..");
  }
  return kept.join("\\");
}

function resolve(...paths) {
  let device = "";
  let tail = "";
  let isAbsolute = false;
  for (let i = paths.length - 1; i >= -1; i--) {
    const path = i >= 0 ? paths[i] : resolvePosix();
    if (i >= 0) validateString(path, `paths[${i}]`);
    if (path.length === 0 || (i < 0 && isAbsolute && device !== "")) continue;
    const parts = split(path);
    if (parts.device !== "") {
      if (device !== "" && device.toLowerCase() !== parts.device.toLowerCase()) continue;
      device = device || parts.device;
    }
    if (!isAbsolute) {
      tail = `${parts.rest}\\${tail}`;
      isAbsolute = parts.isAbsolute;
    }
    if (isAbsolute && device !== "") break;
  }
  const normal = normalizeSegments(tail, isAbsolute);
  return isAbsolute ? `${device}\\${normal}` : `${device}${normal}` || ".";
}

function normalize(path) {
  validateString(path, "path");
  if (path.length === 0) return ".";
  const { device, isAbsolute, isUnc, rest } = split(path);
  let tail = normalizeSegments(rest, isAbsolute);
  if (tail === "" && !isAbsolute) tail = ".";
  if (tail !== "" && isSlash(path.at(-1))) tail += "\\";
  if (!isAbsolute && device === "" && namesDevice(path, tail)) return `.\\${tail}`;
  if (isUnc) return `${device}\\${tail}`;
  return isAbsolute ? `${device}\\${tail}` : `${device}${tail}`;
}

/** What was relative stays relative when ".." has taken away all before a drive's name. */
function namesDevice(path, tail) {
  return path.includes(":") && (DRIVE.test(tail) || /:(?:[\\/]|$)/.test(path));
}

function isAbsolute(path) {
  validateString(path, "path");
  return isSlash(path[0]) || (DRIVE.test(path) && isSlash(path[2]));
}

function join(...paths) {
  for (const path of paths) validateString(path, "path");
  const used = paths.filter((path) => path.length > 0);
  if (used.length === 0) return ".";
  let joined = used.join("\\");
  // Two slashes at the front mean a server only when the first part itself names one.
  const isUnc = isSlash(used[0][0]) && isSlash(used[0][1]) && used[0].length > 2 && !isSlash(used[0][2]);
  if (!isUnc && isSlash(joined[0])) joined = joined.replace(/^[\\/]{2,}/, "\\");
  return normalize(joined);
}

function relative(from, to) {
  validateString(from, "from");
  validateString(to, "to");
  if (from === to) return "";
  const [start, end] = [resolve(from), resolve(to)];
  if (start.toLowerCase() === end.toLowerCase()) return "";
  const [a, b] = [start.split("\\").filter(Boolean), end.split("\\").filter(Boolean)];
  let common = 0;
  while (common < a.length && common < b.length && a[common].toLowerCase() === b[common].toLowerCase()) common++;
  if (common === 0) return end;
  return [...a.slice(common).map(() => ".."), ...b.slice(common)].join("\\");
}

function rootOf(path) {
  const share = /^[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]?/.exec(path);
  if (share !== null) return share[0];
  const { device, length, isAbsolute: absolute } = split(path);
  return absolute ? path.slice(0, length + 1) : device;
}

function trimmedEnd(path, start) {
  let end = path.length;
  while (end > start && isSlash(path[end - 1])) end--;
  return end;
}

function lastSlash(path, end) {
  for (let i = end - 1; i >= 0; i--) if (isSlash(path[i])) return i;
  return -1;
}

function dirname(path) {
  validateString(path, "path");
  if (path.length === 0) return ".";
  const root = rootOf(path);
  const end = trimmedEnd(path, root.length);
  const slash = lastSlash(path, end);
  if (slash < root.length) return root === "" ? "." : root;
  return path.slice(0, Math.max(slash, root.length));
}

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, "suffix");
  validateString(path, "path");
  const start = DRIVE.test(path) ? 2 : 0;
  const end = trimmedEnd(path, start);
  const base = path.slice(Math.max(lastSlash(path, end) + 1, start), end);
  if (!suffix || !base.endsWith(suffix)) return base;
  return base === suffix ? (path === suffix ? "" : base) : base.slice(0, -suffix.length);
}

function extname(path) {
  const base = basename(path);
  const dot = base.lastIndexOf(".");
  return dot <= 0 || base === ".." ? "" : base.slice(dot);
}

function format(pathObject) {
  validateObject(pathObject, "pathObject");
  const dir = pathObject.dir || pathObject.root;
  const extension = pathObject.ext && pathObject.ext[0] !== "." ? `.${pathObject.ext}` : pathObject.ext || "";
  const base = pathObject.base || `${pathObject.name || ""}${extension}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}\\${base}`;
}

function parse(path) {
  validateString(path, "path");
  const root = rootOf(path);
  const base = path.length > root.length ? basename(path.slice(root.length)) : "";
  const ext = base === "" ? "" : extname(base);
  const end = trimmedEnd(path, root.length);
  const slash = lastSlash(path, end);
  const dir = slash >= root.length ? path.slice(0, slash) : root;
  return { root, dir, base, ext, name: ext === "" ? base : base.slice(0, -ext.length) };
}

function toNamespacedPath(path) {
  if (typeof path !== "string" || path.length === 0) return path;
  const resolved = resolve(path);
  if (resolved.length <= 2) return path;
  if (resolved.startsWith("\\\\")) {
    return resolved[2] === "?" || resolved[2] === "." ? resolved : `\\\\?\\UNC\\${resolved.slice(2)}`;
  }
  return DRIVE.test(resolved) && resolved[2] === "\\" ? `\\\\?\\${resolved}` : resolved;
}

function matchesGlob(path, pattern) {
  validateString(path, "path");
  validateString(pattern, "pattern");
  return win32.posix.matchesGlob(path.replaceAll("\\", "/"), pattern.replaceAll("\\", "/"));
}

export const win32 = {
  resolve, normalize, isAbsolute, join, relative, toNamespacedPath, dirname, basename, extname, format, parse,
  matchesGlob, sep: "\\", delimiter: ";", _makeLong: toNamespacedPath,
};
