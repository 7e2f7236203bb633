// The operations of node:fs, once: each checks its arguments and names its system call; run() either makes the
// call now or waits for a completion. fs.js makes callbacks and *Sync of them, fs/promises.js promises.
import * as host from "host:fs";
import { completion } from "internal:completions";
import { AbortError, codes, notSupported } from "internal:node_errors";
import {
  absolute, bytesOf, decoded, flagsOf, modeOf, modeOfCopy, optionsOf, pathOf, secondsOf, shaped, validateOwner,
} from "internal:fs/arguments";
import { copy } from "internal:fs/copy";
import { Dirent, statsFrom } from "internal:fs/stats";
import { systemError } from "internal:system_errors";
import { validateBoolean, validateInteger, validateOneOf } from "internal:validators";

const { ERR_INVALID_ARG_VALUE } = codes;
const NEW_FILE = 0o666;
const NEW_FOLDER = 0o777;

/** The call on the present thread. */
export const now = {
  isNow: true,
  call(name, args, syscall, path, dest, map = (value) => value) {
    let value;
    try {
      value = host[name](...args);
    } catch (error) {
      throw shaped(error, syscall, path, dest);
    }
    return map(value);
  },
  then: (value, next) => next(value),
  rescue(attempt, recover) {
    try {
      return attempt();
    } catch (error) {
      return recover(error);
    }
  },
};

/** The call on a thread of its own: promises all the way. */
export const later = {
  isNow: false,
  async call(name, args, syscall, path, dest, map = (value) => value) {
    let value;
    try {
      value = await completion(host[`${name}Later`](...args));
    } catch (error) {
      throw shaped(error, syscall, path, dest);
    }
    return map(value);
  },
  then: async (value, next) => next(await value),
  async rescue(attempt, recover) {
    try {
      return await attempt();
    } catch (error) {
      return recover(error);
    }
  },
};

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

/** Each takes run (now or later) first, then Node's own arguments without the callback. */
export const operations = {
  readFile(run, file, options) {
    const { encoding, flag, signal } = optionsOf(options, { flag: "r" });
    throwIfAborted(signal);
    if (isDescriptor(file)) return readAll(run, file, encoding);
    const flags = flagsOf(flag);
    const path = pathOf(file);
    if (flags !== "r") return withOpen(run, path, flags, NEW_FILE, (fd) => readAll(run, fd, encoding));
    const whole = () => run.call("readFile", [absolute(path)], "open", path, undefined, (bytes) => {
      throwIfAborted(signal);
      return decoded(bytes, encoding);
    });
    // On Node a folder opens well and fails when it is read.
    return run.rescue(whole, (error) => {
      throwIfAborted(signal);
      throw error.code === "EISDIR" ? systemError("EISDIR", "read") : error;
    });
  },

  writeFile(run, file, data, options) {
    return writeWith(run, file, data, optionsOf(options, { encoding: "utf8", flag: "w" }));
  },

  appendFile(run, file, data, options) {
    return writeWith(run, file, data, { ...optionsOf(options, { encoding: "utf8" }), flag: options?.flag ?? "a" });
  },

  stat(run, file, options) {
    return status(run, "stat", file, options, true);
  },

  lstat(run, file, options) {
    return status(run, "lstat", file, options, false);
  },

  readdir(run, file, options) {
    const settings = optionsOf(options);
    const path = pathOf(file);
    return settings.recursive ? readTree(run, path, settings) : readFolder(run, path, settings);
  },

  access(run, file, mode = 0) {
    const path = pathOf(file);
    validateInteger(mode, "mode", 0, 7);
    return run.call("access", [absolute(path), mode], "access", path);
  },

  realpath(run, file, options) {
    const path = pathOf(file);
    const { encoding } = optionsOf(options);
    return run.call("realpath", [absolute(path)], "realpath", path, undefined, (text) => named(text, encoding));
  },

  readlink(run, file, options) {
    const path = pathOf(file);
    const { encoding } = optionsOf(options);
    return run.call("readlink", [absolute(path)], "readlink", path, undefined, (text) => named(text, encoding));
  },

  mkdir(run, file, options) {
    const path = pathOf(file);
    const { recursive = false, mode } = typeof options === "object" && options !== null ? options : { mode: options };
    validateBoolean(recursive, "options.recursive");
    const bits = modeOf(mode, "mode", NEW_FOLDER);
    return recursive ? makeTree(run, absolute(path), bits) : run.call("mkdir", [absolute(path), bits], "mkdir", path);
  },

  rmdir(run, file, options) {
    const path = pathOf(file);
    if (options?.recursive) return operations.rm(run, file, { recursive: true, force: false });
    return run.call("rmdir", [absolute(path)], "rmdir", path);
  },

  unlink(run, file) {
    const path = pathOf(file);
    return run.call("unlink", [absolute(path)], "unlink", path);
  },

  rename(run, from, to) {
    const [source, target] = [pathOf(from, "oldPath"), pathOf(to, "newPath")];
    return run.call("rename", [absolute(source), absolute(target)], "rename", source, target);
  },

  copyFile(run, from, to, mode) {
    const [source, target] = [pathOf(from, "src"), pathOf(to, "dest")];
    modeOfCopy(mode);
    const write = (bytes) =>
      run.call("writeFile", [absolute(target), bytes, mode & 1 ? "wx" : "w", NEW_FILE], "copyfile", source, target);
    return run.then(run.call("readFile", [absolute(source)], "copyfile", source, target), write);
  },

  truncate(run, file, length = 0) {
    const path = pathOf(file);
    validateInteger(length ?? 0, "len");
    return run.call("truncate", [absolute(path), Math.max(0, length ?? 0)], "open", path);
  },

  utimes(run, file, atime, mtime) {
    return setTimes(run, file, atime, mtime, true);
  },

  lutimes(run, file, atime, mtime) {
    return setTimes(run, file, atime, mtime, false);
  },

  chmod(run, file, mode) {
    const path = pathOf(file);
    return run.call("chmod", [absolute(path), modeOf(mode)], "chmod", path);
  },

  chown(run, file, uid, gid) {
    return changeOwner(run, "chown", file, uid, gid, true);
  },

  lchown(run, file, uid, gid) {
    return changeOwner(run, "lchown", file, uid, gid, false);
  },

  link(run, from, to) {
    const [source, target] = [pathOf(from, "existingPath"), pathOf(to, "newPath")];
    return run.call("link", [absolute(source), absolute(target)], "link", source, target);
  },

  symlink(run, target, file, type) {
    validateOneOf(type, "type", ["dir", "file", "junction", null, undefined]);
    const [content, path] = [pathOf(target, "target"), pathOf(file)];
    return run.call("symlink", [content, absolute(path)], "symlink", content, path);
  },

  rm(run, file, options) {
    return remove(run, pathOf(file), { recursive: false, force: false, ...options });
  },

  mkdtemp(run, prefix, options) {
    const path = `${pathOf(prefix, "prefix")}${Math.random().toString(36).slice(2, 8).padEnd(6, "x")}`;
    const { encoding } = optionsOf(options);
    return run.then(run.call("mkdir", [absolute(path), 0o700], "mkdtemp", `${prefix}XXXXXX`), () => named(path, encoding));
  },

  open(run, file, flags = "r", mode = undefined) {
    const path = pathOf(file);
    const name = flagsOf(flags);
    return run.call("open", [absolute(path), name, modeOf(mode, "mode", NEW_FILE)], "open", path);
  },

  cp(run, from, to, options) {
    return copy(run, operations, pathOf(from, "src"), pathOf(to, "dest"), options);
  },

  statfs(_run, file) {
    pathOf(file);
    throw notSupported("fs.statfs()", "it would tell of the host's disks");
  },
};

function isDescriptor(file) {
  return Number.isInteger(file) && file >= 0 && file <= 2147483647;
}

function named(text, encoding) {
  return encoding === undefined || encoding === "utf8" || encoding === "utf-8" ? text : decoded(bytesOf(text), encoding);
}

function setTimes(run, file, atime, mtime, follow) {
  const path = pathOf(file);
  const [accessed, modified] = [secondsOf(atime), secondsOf(mtime)];
  return run.call("utimes", [absolute(path), accessed * 1000, modified * 1000, follow], follow ? "utime" : "lutime", path);
}

/** A program owns its files and may give them to nobody else, as without privileges. */
function changeOwner(run, syscall, file, uid, gid, follow) {
  const path = pathOf(file);
  validateOwner(uid, gid);
  return run.call("stat", [absolute(path), follow], syscall, path, undefined, (json) => keepOwner(json, uid, gid, syscall, path));
}

export function keepOwner(json, uid, gid, syscall, path) {
  const stats = statsFrom(json);
  if ((uid !== -1 && uid !== stats.uid) || (gid !== -1 && gid !== stats.gid)) throw systemError("EPERM", syscall, path);
}

function writeWith(run, file, data, { encoding, flag, mode, signal, flush }) {
  if (flush !== undefined && flush !== null) validateBoolean(flush, "options.flush");
  throwIfAborted(signal);
  const bytes = bytesOf(data, encoding);
  const done = () => throwIfAborted(signal);
  const write = (fd) => run.call("write", [fd, bytes, -1], "write", undefined, undefined, done);
  if (isDescriptor(file)) return write(file);
  const path = pathOf(file);
  const flags = flagsOf(flag, "w");
  const bits = modeOf(mode, "mode", NEW_FILE);
  if (!["w", "wx", "a", "ax"].includes(flags)) return withOpen(run, path, flags, bits, write);
  return run.call("writeFile", [absolute(path), bytes, flags, bits], "open", path, undefined, done);
}

/** Opens a file, uses it and closes it, whatever came of it. */
function withOpen(run, path, flags, mode, use) {
  const opened = run.call("open", [absolute(path), flags, mode], "open", path);
  return run.then(opened, (fd) => {
    const close = () => shapedClose(fd);
    const used = run.rescue(() => use(fd), (error) => {
      close();
      throw error;
    });
    return run.then(used, (value) => {
      close();
      return value;
    });
  });
}

function shapedClose(fd) {
  try {
    host.close(fd);
  } catch (error) {
    throw shaped(error, "close");
  }
}

function readAll(run, fd, encoding) {
  const chunks = [];
  const next = (bytes) => {
    if (bytes.length === 0) return decoded(joined(chunks), encoding);
    chunks.push(bytes);
    return step();
  };
  const step = () => run.then(run.call("read", [fd, 65536, -1], "read"), next);
  return step();
}

function joined(chunks) {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let position = 0;
  for (const chunk of chunks) {
    all.set(chunk, position);
    position += chunk.length;
  }
  return all;
}

function status(run, syscall, file, options, follow) {
  const path = pathOf(file);
  const attempt = () => run.call("stat", [absolute(path), follow], syscall, path, undefined, (json) => statsFrom(json, options));
  if (options?.throwIfNoEntry !== false) return attempt();
  return run.rescue(attempt, (error) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
}

function readFolder(run, path, settings) {
  return run.call("readdir", [absolute(path)], "scandir", path, undefined, (json) => entries(JSON.parse(json), path, settings));
}

function entries(flat, path, { withFileTypes, encoding }) {
  const found = [];
  for (let i = 0; i < flat.length; i += 2) {
    const name = named(flat[i], encoding);
    found.push(withFileTypes ? new Dirent(name, flat[i + 1], path) : name);
  }
  return found;
}

function readTree(run, root, settings) {
  const found = [];
  const visit = (folder, prefix) =>
    run.then(run.call("readdir", [absolute(folder)], "scandir", folder), (json) => {
      const flat = JSON.parse(json);
      const folders = [];
      for (let i = 0; i < flat.length; i += 2) {
        const [name, kind] = [flat[i], flat[i + 1]];
        found.push(settings.withFileTypes ? new Dirent(name, kind, folder) : named(prefix + name, settings.encoding));
        if (kind === "directory") folders.push(name);
      }
      return inOrder(run, folders, (name) => visit(`${folder.replace(/\/$/, "")}/${name}`, `${prefix}${name}/`));
    });
  return run.then(visit(root, ""), () => found);
}

function inOrder(run, items, action, index = 0) {
  if (index >= items.length) return undefined;
  return run.then(action(items[index]), () => inOrder(run, items, action, index + 1));
}

/** Makes what is missing and returns the first folder that it made. */
function makeTree(run, path, mode) {
  const make = () => run.call("mkdir", [path, mode], "mkdir", path, undefined, () => path);
  return run.rescue(make, (error) => {
    if (error.code === "ENOENT" && path !== "/") {
      const parent = path.slice(0, path.lastIndexOf("/")) || "/";
      return run.then(makeTree(run, parent, mode), (first) => run.then(make(), () => first ?? path));
    }
    if (error.code !== "EEXIST") throw error;
    return run.then(status(run, "stat", path, undefined, true), (stats) => {
      if (!stats.isDirectory()) throw error;
      return undefined;
    });
  });
}

function remove(run, path, options) {
  const attempt = () => run.then(status(run, "rm", path, undefined, false), (stats) => removeKnown(run, path, stats, options));
  if (!options.force) return attempt();
  return run.rescue(attempt, (error) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
}

function removeKnown(run, path, stats, options) {
  if (!stats.isDirectory()) return run.call("unlink", [absolute(path)], "unlink", path);
  if (!options.recursive) {
    const error = new Error(`Path is a directory: rm returned EISDIR (is a directory) ${path}`);
    throw Object.assign(error, { name: "SystemError", code: "ERR_FS_EISDIR", errno: 21, syscall: "rm", path });
  }
  return run.then(run.call("readdir", [absolute(path)], "scandir", path), (json) => {
    const names = JSON.parse(json).filter((_, i) => i % 2 === 0);
    const removed = inOrder(run, names, (name) => remove(run, `${path}/${name}`, options));
    return run.then(removed, () => run.call("rmdir", [absolute(path)], "rmdir", path));
  });
}
