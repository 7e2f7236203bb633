// node:url - https://nodejs.org/api/url.html
import { codes } from "internal:node_errors";
import { Url, format as formatLegacy, parse, resolve, resolveObject } from "internal:legacy_url";
import { resolve as resolvePath } from "internal:posix_path";
import { win32 } from "internal:win32_path";
import { validateObject, validateString } from "internal:validators";
import * as punycode from "node:punycode";

const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH, ERR_INVALID_URL_SCHEME,
} = codes;

export const { URL, URLPattern, URLSearchParams } = globalThis;

export function fileURLToPath(input, options = undefined) {
  let url = input;
  if (typeof input === "string") url = new URL(input);
  else if (!(input instanceof URL)) throw new ERR_INVALID_ARG_TYPE("path", ["string", "URL"], input);
  if (url.protocol !== "file:") throw new ERR_INVALID_URL_SCHEME("file");
  if (options?.windows) return windowsPathOf(url);
  if (url.hostname !== "") throw new ERR_INVALID_FILE_URL_HOST("linux");
  if (/%2f/i.test(url.pathname)) throw new ERR_INVALID_FILE_URL_PATH("must not include encoded / characters");
  return decodeURIComponent(url.pathname);
}

function windowsPathOf(url) {
  if (/%2f|%5c/i.test(url.pathname)) throw new ERR_INVALID_FILE_URL_PATH("must not include encoded \\ or / characters");
  const path = decodeURIComponent(url.pathname.replaceAll("/", "\\"));
  if (url.hostname !== "") return `\\\\${domainToUnicode(url.hostname)}${path}`;
  if (!/^.[a-z]:/i.test(path)) throw new ERR_INVALID_FILE_URL_PATH("must be absolute");
  return path.slice(1);
}

/** What a path may contain and the URL parser would take for something else, or leave; posix only: the backslash. */
const UNSAFE = /[\0\t\n\r "#%?[\]^|~]/g;
const UNSAFE_ON_POSIX = /[\0\t\n\r "#%?[\]^|~\\]/g;

function escapedChar(char) {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

export function pathToFileURL(path, options = undefined) {
  validateString(path, "path");
  if (options?.windows) return windowsFileUrl(path);
  let resolved = resolvePath(path);
  if (path.endsWith("/") && !resolved.endsWith("/")) resolved += "/";
  return new URL(`file://${resolved.replace(UNSAFE_ON_POSIX, escapedChar)}`);
}

function windowsFileUrl(path) {
  // \\\\?\\C:\\path is a path of any length.
  const plain = path.replace(/^\\\\\?\\(?=[A-Za-z]:\\)/, "");
  let resolved = plain.startsWith("\\\\") ? plain : win32.resolve(plain);
  if (resolved.startsWith("\\\\")) return shareUrl(resolved);
  if (/[\\/]$/.test(path) && !resolved.endsWith("\\")) resolved += "\\";
  return new URL(`file:///${escapedWindows(resolved)}`);
}

/** \\\\server\\share\\resource, or the same after \\\\?\\UNC\\ */
function shareUrl(path) {
  const start = path.startsWith("\\\\?\\UNC\\") ? 8 : 2;
  const end = path.indexOf("\\", start);
  if (end === -1) throw new codes.ERR_INVALID_ARG_VALUE("path", path, "Missing UNC resource path");
  if (end === start) throw new codes.ERR_INVALID_ARG_VALUE("path", path, "Empty UNC servername");
  return new URL(`file://${path.slice(start, end)}${escapedWindows(path.slice(end))}`);
}

function escapedWindows(path) {
  return path.replace(UNSAFE, escapedChar).replaceAll("\\", "/");
}

export function urlToHttpOptions(url) {
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname,
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: `${url.pathname || ""}${url.search || ""}`,
    href: url.href,
  };
  if (url.port !== "") options.port = Number(url.port);
  if (url.username || url.password) {
    options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  }
  return options;
}

/** A WHATWG URL with options, or a legacy one. */
export function format(url, options) {
  if (typeof url === "string") url = parse(url);
  else if (typeof url !== "object" || url === null) {
    throw new ERR_INVALID_ARG_TYPE("urlObject", ["Object", "string"], url);
  } else if (url instanceof URL) {
    return formatWhatwg(url, options);
  }
  return formatLegacy(url);
}

function formatWhatwg(url, options) {
  if (options) validateObject(options, "options");
  const { fragment = true, unicode = false, search = true, auth = true } = options ?? {};
  let text = `${url.protocol}`;
  if (url.host !== "" || url.protocol === "file:") {
    text += "//";
    if (auth && (url.username !== "" || url.password !== "")) {
      text += `${url.username}${url.password === "" ? "" : `:${url.password}`}@`;
    }
    text += unicode ? domainToUnicode(url.hostname) + (url.port === "" ? "" : `:${url.port}`) : url.host;
  }
  text += url.pathname;
  if (search) text += url.search;
  if (fragment) text += url.hash;
  return text;
}

export function domainToASCII(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS("domain");
  try {
    return new URL(`ws://${domain}`).hostname;
  } catch {
    return "";
  }
}

export function domainToUnicode(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS("domain");
  return punycode.toUnicode(domainToASCII(domain));
}

export { parse, resolve, resolveObject, Url };
export default {
  Url, parse, resolve, resolveObject, format, URL, URLPattern, URLSearchParams, domainToASCII, domainToUnicode, pathToFileURL,
  fileURLToPath, urlToHttpOptions,
};
