// QuickJS's os - https://bellard.org/quickjs/quickjs.html#os-module
// Calls answer with [value, errno] or a negative errno, as QuickJS's do, and never throw a system error.
import * as fs from "host:fs";
import * as process from "host:process";
import { notSupported } from "internal:node_errors";
import { resolve } from "internal:posix_path";
import { signals } from "internal:signals";
import { constants } from "internal:fs/constants";
import { errnoOf } from "internal:system_errors";
import { clearTimer, Timeout } from "internal:timers";

const FILE_TYPES = { file: constants.S_IFREG, directory: constants.S_IFDIR, link: constants.S_IFLNK, other: constants.S_IFCHR };

function errnoFrom(error) {
  const errno = errnoOf(error.code);
  if (errno === undefined) throw error;
  return -errno;
}

/** [value, 0], or [the empty value, errno]. */
function pair(empty, action) {
  try {
    return [action(), 0];
  } catch (error) {
    return [empty, errnoFrom(error)];
  }
}

/** 0 or a result, or a negative errno. */
function status(action) {
  try {
    return action() ?? 0;
  } catch (error) {
    return -errnoFrom(error);
  }
}

function statusOf(path, follow) {
  return pair(null, () => {
    const it = JSON.parse(fs.stat(resolve(path), follow));
    return {
      dev: it.device, ino: it.inode, mode: FILE_TYPES[it.kind] | it.mode, nlink: it.links, uid: it.uid, gid: it.gid,
      rdev: 0, size: it.size, blocks: Math.ceil(it.size / 512), atime: it.accessed, mtime: it.modified, ctime: it.changed,
    };
  });
}

/** O_ flags → the mode that the file is opened with. */
function modeOf(flags) {
  const { O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND } = constants;
  const access = flags & 3;
  if (flags & O_APPEND) return access === O_RDWR ? "a+" : "a";
  if (flags & O_EXCL && flags & O_CREAT) return access === O_RDWR ? "wx+" : "wx";
  if (flags & O_TRUNC) return access === O_RDWR ? "w+" : "w";
  if (flags & O_CREAT && access !== 0) return "a+";
  return access === O_WRONLY || access === O_RDWR ? "r+" : "r";
}

function refused(name, why) {
  return () => {
    throw notSupported(`os.${name}()`, why);
  };
}

const NO_OTHERS = "a program can't reach other processes";

const listeners = new Map();

export const quickjsOs = {
  open: (path, flags, mode = 0o666) => status(() => fs.open(resolve(path), modeOf(flags), mode & 0o777)),
  close: (fd) => status(() => fs.close(fd)),
  seek: refused("seek", "open the file with std.open(), whose files can seek"),
  read: (fd, buffer, offset, length) => status(() => {
    const bytes = fs.read(fd, length, -1);
    new Uint8Array(buffer, offset, bytes.length).set(bytes);
    return bytes.length;
  }),
  write: (fd, buffer, offset, length) => status(() => {
    const bytes = new Uint8Array(buffer, offset, length);
    if (fd !== 1 && fd !== 2) return fs.write(fd, bytes, -1);
    process.write(fd, bytes);
    return length;
  }),
  isatty: (fd) => fd <= 2 && process.isTty(fd),
  ttyGetWinSize: () => null,
  ttySetRaw() {},
  remove: (path) => status(() => {
    const isFolder = JSON.parse(fs.stat(resolve(path), false)).kind === "directory";
    return isFolder ? fs.rmdir(resolve(path)) : fs.unlink(resolve(path));
  }),
  rename: (from, to) => status(() => fs.rename(resolve(from), resolve(to))),
  realpath: (path) => pair("", () => fs.realpath(resolve(path))),
  getcwd: () => [globalThis.process.cwd(), 0],
  chdir: (path) => status(() => globalThis.process.chdir(path)),
  mkdir: (path, mode = 0o777) => status(() => fs.mkdir(resolve(path), mode & 0o777)),
  stat: (path) => statusOf(path, true),
  lstat: (path) => statusOf(path, false),
  utimes: (path, accessed, modified) => status(() => fs.utimes(resolve(path), accessed, modified, true)),
  symlink: () => errnoOf("EPERM"),
  readlink: (path) => pair("", () => fs.readlink(resolve(path))),
  /** With "." and "..", which QuickJS lists too. */
  readdir: (path) => pair([], () => [".", "..", ...JSON.parse(fs.readdir(resolve(path))).filter((_, i) => i % 2 === 0)]),
  signal(number, handler) {
    const name = Object.keys(signals).find((each) => signals[each] === number);
    if (name === undefined) throw new RangeError("invalid signal number");
    const previous = listeners.get(name);
    if (previous) globalThis.process.off(name, previous);
    listeners.delete(name);
    if (typeof handler === "function") {
      const listener = () => handler();
      listeners.set(name, listener);
      globalThis.process.on(name, listener);
    }
  },
  now: () => Number(process.hrtime()) / 1e6,
  sleep: (milliseconds) => process.sleep(milliseconds),
  sleepAsync: (milliseconds) => new Promise((done) => new Timeout(done, milliseconds, [], false)),
  setTimeout: (callback, milliseconds) => new Timeout(callback, milliseconds, [], false),
  clearTimeout: (timer) => clearTimer(timer),
  setReadHandler: refused("setReadHandler", "use process.stdin or fs streams"),
  setWriteHandler: refused("setWriteHandler", "use process.stdout or fs streams"),
  exec: refused("exec", NO_OTHERS),
  kill: refused("kill", NO_OTHERS),
  waitpid: refused("waitpid", NO_OTHERS),
  pipe: refused("pipe", NO_OTHERS),
  dup: refused("dup", NO_OTHERS),
  dup2: refused("dup2", NO_OTHERS),
  getpid: () => process.pid(),
  exePath: () => "/usr/bin/runnel",
  Worker: class Worker {
    constructor() {
      throw notSupported("os.Worker", "Runnel doesn't have worker threads yet");
    }
  },
};

for (const name of ["O_RDONLY", "O_WRONLY", "O_RDWR", "O_APPEND", "O_CREAT", "O_EXCL", "O_TRUNC", "S_IFMT", "S_IFIFO",
  "S_IFCHR", "S_IFDIR", "S_IFBLK", "S_IFREG", "S_IFSOCK", "S_IFLNK"]) quickjsOs[name] = constants[name];
for (const name of ["SIGINT", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV", "SIGTERM", "SIGQUIT", "SIGPIPE", "SIGALRM",
  "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU"]) quickjsOs[name] = signals[name];
