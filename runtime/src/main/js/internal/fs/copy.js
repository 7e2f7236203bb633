// fs.cp and fs.cpSync - https://nodejs.org/api/fs.html#fscpsrc-dest-options-callback
// Over the operations of internal:fs/operations, with run as it is there.
import { modeOfCopy } from "internal:fs/arguments";
import { codes } from "internal:node_errors";
import { basename, dirname, isAbsolute, join, resolve } from "internal:posix_path";
import { errnoOf } from "internal:system_errors";
import { validateBoolean, validateFunction, validateObject } from "internal:validators";

const { ERR_INVALID_RETURN_VALUE, ERR_INCOMPATIBLE_OPTION_PAIR } = codes;
const DEFAULTS = {
  dereference: false, errorOnExist: false, force: true, preserveTimestamps: false, recursive: false,
  verbatimSymlinks: false,
};
const MESSAGES = {
  ERR_FS_CP_DIR_TO_NON_DIR: ["EISDIR", "Cannot overwrite non-directory with directory"],
  ERR_FS_CP_NON_DIR_TO_DIR: ["ENOTDIR", "Cannot overwrite directory with non-directory"],
  ERR_FS_CP_EINVAL: ["EINVAL", "Invalid src or dest"],
  ERR_FS_CP_EEXIST: ["EEXIST", "Target already exists"],
  ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: ["EINVAL", "Cannot overwrite symlink in subdirectory of self"],
  ERR_FS_CP_UNKNOWN: ["EINVAL", "Cannot copy an unknown file type"],
  ERR_FS_EISDIR: ["EISDIR", "Path is a directory"],
};

function failure(code, message, path) {
  const [name, prefix] = MESSAGES[code];
  const error = new Error(`${prefix}: cp returned ${name} (${message}) ${path}`);
  const info = { message, path, syscall: "cp", errno: -errnoOf(name), code: name };
  Object.assign(error, { code, info, errno: info.errno, syscall: "cp", path });
  return Object.defineProperty(error, "name", { value: "SystemError", configurable: true, writable: true });
}

function optionsOf(options) {
  if (options !== undefined) validateObject(options, "options");
  const settings = { ...DEFAULTS, ...options };
  for (const name of Object.keys(DEFAULTS)) validateBoolean(settings[name], `options.${name}`);
  settings.mode = modeOfCopy(settings.mode);
  if (settings.filter !== undefined) validateFunction(settings.filter, "options.filter");
  if (settings.dereference && settings.verbatimSymlinks) {
    throw new ERR_INCOMPATIBLE_OPTION_PAIR("dereference", "verbatimSymlinks");
  }
  return settings;
}

export function copy(run, operations, from, to, options) {
  return new Copy(run, operations, optionsOf(options)).start(from, to);
}

class Copy {
  #run;
  #fs;
  #options;

  constructor(run, operations, options) {
    this.#run = run;
    this.#fs = (name, ...args) => operations[name](run, ...args);
    this.#options = options;
  }

  start(from, to) {
    return this.#ifWanted(from, to, () =>
      this.#run.then(this.#look(from, to), (found) =>
        this.#run.then(this.#refuseOwnParent(from, found.source, to), () =>
          this.#run.then(this.#fs("mkdir", dirname(resolve(to)), { recursive: true }), () => this.#copy(from, to, found)))));
  }

  #ifWanted(from, to, action) {
    const { filter } = this.#options;
    if (filter === undefined) return action();
    const answer = filter(from, to);
    if (this.#run.isNow && typeof answer?.then === "function") {
      throw new ERR_INVALID_RETURN_VALUE("boolean", "filter", answer);
    }
    return this.#run.then(answer, (wanted) => (wanted ? action() : undefined));
  }

  #stat(path) {
    return this.#fs(this.#options.dereference ? "stat" : "lstat", path);
  }

  /** Both ends' stats; the target's is undefined when there is none. */
  #look(from, to) {
    const { then, rescue } = this.#run;
    return then(this.#stat(from), (source) => {
      const look = rescue(() => this.#stat(to), (error) => {
        if (error.code !== "ENOENT") throw error;
      });
      return then(look, (target) => then(this.#check(from, source, to, target), () => ({ source, target })));
    });
  }

  #check(from, source, to, target) {
    const own = () => {
      if (source.isDirectory() && isBelow(from, to)) throw intoItself(from, to);
    };
    if (target === undefined) return own();
    return this.#run.then(this.#identity(from), (a) => this.#run.then(this.#identity(to), (b) => {
      if (a === b) throw failure("ERR_FS_CP_EINVAL", "src and dest cannot be the same", to);
      if (source.isDirectory() && !target.isDirectory()) {
        throw failure("ERR_FS_CP_DIR_TO_NON_DIR", `cannot overwrite non-directory ${to} with directory ${from}`, to);
      }
      if (!source.isDirectory() && target.isDirectory()) {
        throw failure("ERR_FS_CP_NON_DIR_TO_DIR", `cannot overwrite directory ${to} with non-directory ${from}`, to);
      }
      own();
    }));
  }

  /** Where a path is without links; its last name is kept unless links are followed. */
  #identity(path) {
    const whole = resolve(path);
    if (this.#options.dereference || whole === "/") return this.#fs("realpath", whole);
    return this.#run.then(this.#fs("realpath", dirname(whole)), (folder) => join(folder, basename(whole)));
  }

  /** No folder above the target may be the source. */
  #refuseOwnParent(from, source, to) {
    if (!source.isDirectory()) return undefined;
    const { then, rescue } = this.#run;
    const above = (path) => {
      const folder = dirname(path);
      if (folder === path || folder === dirname(resolve(from))) return undefined;
      const real = rescue(() => this.#fs("realpath", folder), (error) => {
        if (error.code !== "ENOENT") throw error;
      });
      return then(real, (found) => then(this.#fs("realpath", from), (start) => {
        if (found === start) throw intoItself(from, to);
        return above(folder);
      }));
    };
    return above(resolve(to));
  }

  #copy(from, to, { source, target }) {
    if (source.isDirectory()) {
      if (!this.#options.recursive) {
        throw failure("ERR_FS_EISDIR", `${from} is a directory (not copied)`, from);
      }
      return this.#folder(from, to, source, target);
    }
    if (source.isFile()) return this.#file(from, to, source, target);
    if (source.isSymbolicLink()) return this.#link(from, to, target);
    throw failure("ERR_FS_CP_UNKNOWN", `cannot copy an unknown file type: ${to}`, to);
  }

  #file(from, to, source, target) {
    const { errorOnExist, force, mode, preserveTimestamps } = this.#options;
    const { then } = this.#run;
    if (target !== undefined && !force) {
      if (errorOnExist) throw failure("ERR_FS_CP_EEXIST", `${to} already exists`, to);
      return undefined;
    }
    return then(target === undefined ? undefined : this.#fs("unlink", to), () =>
      then(this.#fs("copyFile", from, to, mode), () =>
        then(preserveTimestamps ? this.#fs("utimes", to, source.atime, source.mtime) : undefined, () =>
          this.#fs("chmod", to, Number(source.mode) & 0o777))));
  }

  #folder(from, to, source, target) {
    const { then } = this.#run;
    const made = target === undefined ? this.#fs("mkdir", to) : undefined;
    const filled = then(made, () => then(this.#fs("readdir", from), (names) => this.#entries(from, to, names, 0)));
    return then(filled, () => (target === undefined ? this.#fs("chmod", to, Number(source.mode) & 0o777) : undefined));
  }

  #entries(from, to, names, index) {
    if (index >= names.length) return undefined;
    const [source, target] = [join(from, names[index]), join(to, names[index])];
    const one = this.#ifWanted(source, target, () =>
      this.#run.then(this.#look(source, target), (found) => this.#copy(source, target, found)));
    return this.#run.then(one, () => this.#entries(from, to, names, index + 1));
  }

  #link(from, to, target) {
    const { then, rescue } = this.#run;
    return then(this.#fs("readlink", from), (content) => {
      const goal = this.#options.verbatimSymlinks || isAbsolute(content) ? content : resolve(dirname(from), content);
      if (target === undefined) return this.#fs("symlink", goal, to);
      const present = rescue(() => this.#fs("readlink", to), (error) => {
        if (error.code !== "EINVAL") throw error;
      });
      return then(present, (text) => (text === undefined ? this.#fs("symlink", goal, to) : this.#relink(from, to, goal, text)));
    });
  }

  #relink(from, to, goal, text) {
    const present = isAbsolute(text) ? text : resolve(dirname(to), text);
    const { then, rescue } = this.#run;
    const stats = rescue(() => this.#fs("stat", from), (error) => {
      if (error.code !== "ENOENT") throw error;
    });
    return then(stats, (source) => {
      if (source?.isDirectory() && isBelow(goal, present)) throw intoItself(goal, present);
      if (source?.isDirectory() && isBelow(present, goal)) {
        throw failure("ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY", `cannot overwrite ${present} with ${goal}`, to);
      }
      return then(this.#fs("unlink", to), () => this.#fs("symlink", goal, to));
    });
  }
}

function intoItself(from, to) {
  return failure("ERR_FS_CP_EINVAL", `cannot copy ${from} to a subdirectory of self ${to}`, to);
}

function isBelow(folder, path) {
  const above = resolve(folder).split("/").filter(Boolean);
  const names = resolve(path).split("/").filter(Boolean);
  return above.every((name, i) => names[i] === name);
}
