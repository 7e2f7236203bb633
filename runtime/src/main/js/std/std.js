// QuickJS's std, which wasmedge-quickjs programs import - https://bellard.org/quickjs/quickjs.html#std-module
import { collectGarbage, evaluate } from "host:isolate";
import * as fs from "host:fs";
import { Buffer } from "internal:buffer/class";
import { notSupported } from "internal:node_errors";
import { resolve } from "internal:posix_path";
import { sprintf } from "internal:printf";
import { SEEK_CUR, SEEK_END, SEEK_SET, StdFile } from "internal:std_file";
import { errnoOf, errorMap } from "internal:system_errors";

const errors = Object.fromEntries([...errorMap()].map(([number, [name]]) => [name, -number]));

/** std.Error: errno by name. */
const { EINVAL, EIO, EACCES, EEXIST, ENOSPC, ENOSYS, EBUSY, ENOENT, EPERM, EPIPE, EBADF } = errors;
const StdError = { EINVAL, EIO, EACCES, EEXIST, ENOSPC, ENOSYS, EBUSY, ENOENT, EPERM, EPIPE, EBADF };

export function strerror(errno) {
  return errorMap().get(-errno)?.[1] ?? `Unknown error ${errno}`;
}

export function exit(code) {
  globalThis.process.exit(code);
}

export function gc() {
  collectGarbage();
}

export function evalScript(source) {
  return evaluate("<evalScript>", `${source}`);
}

export function loadScript(path) {
  return evaluate(`${path}`, Buffer.from(fs.readFile(resolve(`${path}`)).buffer).toString());
}

/** The file's text, or null when it can't be read. */
export function loadFile(path, options) {
  try {
    const bytes = fs.readFile(resolve(`${path}`));
    return options?.binary ? bytes : Buffer.from(bytes.buffer).toString();
  } catch (error) {
    if (error.code === undefined) throw error;
    return null;
  }
}

/** Reports an errno through an object that the caller may pass. */
function attempt(errorObject, action) {
  try {
    const result = action();
    if (errorObject) errorObject.errno = 0;
    return result;
  } catch (error) {
    if (errnoOf(error.code) === undefined) throw error;
    if (errorObject) errorObject.errno = -errnoOf(error.code);
    return null;
  }
}

export function open(path, mode, errorObject) {
  const flags = `${mode}`.replace("b", "");
  if (!/^[rwa]\+?x?$/.test(flags)) throw new TypeError("invalid file mode");
  return attempt(errorObject, () => new StdFile(fs.open(resolve(`${path}`), flags, 0o666), { appends: flags.startsWith("a") }));
}

export function fdopen(fd, mode, errorObject) {
  return attempt(errorObject, () => {
    if (fd > 2) fs.fstat(fd);
    return new StdFile(fd, { isStream: fd <= 2, appends: `${mode}`.startsWith("a") });
  });
}

export function popen() {
  throw notSupported("std.popen()", "a program can't start others");
}

export function tmpfile() {
  throw notSupported("std.tmpfile()", "open a file in a granted folder");
}

export function urlGet() {
  throw notSupported("std.urlGet()", "use fetch()");
}

const input = new StdFile(0, { isStream: true });
const out = new StdFile(1, { isStream: true });
const err = new StdFile(2, { isStream: true });

export function puts(...texts) {
  out.puts(...texts);
}

export function printf(format, ...args) {
  return out.printf(format, ...args);
}

export function getenv(name) {
  return globalThis.process.env[name];
}

/** For this isolate alone. */
export function setenv(name, value) {
  globalThis.process.env[name] = value;
}

export function unsetenv(name) {
  delete globalThis.process.env[name];
}

export function getenviron() {
  return { ...globalThis.process.env };
}

/** JSON with comments, trailing commas, single quotes and bare keys: brought to plain JSON token by token. */
export function parseExtJSON(text) {
  const token = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|,(?=(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*[\]}])|[A-Za-z_$][\w$]*(?=\s*:)|0x[0-9a-fA-F]+|[+](?=[\d.])/g;
  return JSON.parse(`${text}`.replace(token, plainJson));
}

function plainJson(token) {
  if (token.startsWith("/") || token === "," || token === "+") return "";
  if (token.startsWith('"')) return token;
  if (token.startsWith("'")) return JSON.stringify(token.slice(1, -1).replace(/\\'/g, "'"));
  return token.startsWith("0x") ? String(parseInt(token, 16)) : JSON.stringify(token);
}

export { input as in, out, err, sprintf, SEEK_CUR, SEEK_END, SEEK_SET, StdError as Error };
export default {
  exit, gc, evalScript, loadScript, loadFile, open, fdopen, popen, tmpfile, urlGet, puts, printf, sprintf, getenv, setenv,
  unsetenv, getenviron, parseExtJSON, strerror, in: input, out, err, SEEK_CUR, SEEK_END, SEEK_SET, Error: StdError,
};
