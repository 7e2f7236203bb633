// node:os - https://nodejs.org/api/os.html
import * as host from "host:process";
import { notSupported } from "internal:node_errors";
import { quickjsOs } from "internal:quickjs_os";
import { signals } from "internal:signals";
import { errorMap } from "internal:system_errors";

const system = () => JSON.parse(host.system());

export const EOL = "\n";
export const devNull = "/dev/null";

function answering(name) {
  const fn = { [name]: () => system()[name] }[name];
  // `${os.hostname}` gives the value, as on Node.
  fn[Symbol.toPrimitive] = fn;
  return fn;
}

export const arch = answering("arch");
export const platform = answering("platform");
export const type = answering("type");
export const release = answering("release");
export const version = answering("version");
export const machine = answering("machine");
export const hostname = answering("hostname");
export const homedir = answering("homedir");
export const tmpdir = answering("tmpdir");
export const endianness = answering("endianness");
export const availableParallelism = answering("availableParallelism");
export const freemem = answering("freemem");
export const totalmem = answering("totalmem");
export const loadavg = () => system().loadavg;
export const uptime = () => host.uptime();
export const networkInterfaces = () => ({});
export const getPriority = () => 0;

export function cpus() {
  const times = { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 };
  return Array.from({ length: system().availableParallelism }, () => ({ model: "unknown", speed: 0, times: { ...times } }));
}

export function setPriority() {
  throw notSupported("os.setPriority()", "a program can't change its process");
}

export function userInfo() {
  const { homedir: home } = system();
  return { uid: 1000, gid: 1000, username: "runnel", homedir: home, shell: null };
}

const errno = Object.fromEntries([...errorMap()].map(([number, [name]]) => [name, -number]).filter(([, number]) => number < 3000));

export const constants = Object.freeze({
  __proto__: null,
  UV_UDP_REUSEADDR: 4,
  dlopen: Object.freeze({ __proto__: null, RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0 }),
  errno: Object.freeze({ __proto__: null, ...errno }),
  signals: Object.freeze({ __proto__: null, ...signals }),
  priority: Object.freeze({
    __proto__: null,
    PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20,
  }),
});

const os = {
  EOL, arch, availableParallelism, constants, cpus, devNull, endianness, freemem, getPriority, homedir, hostname,
  loadavg, machine, networkInterfaces, platform, release, setPriority, tmpdir, totalmem, type, uptime, userInfo, version,
};

// A program written for QuickJS finds its os under the same bare name; Node's names win where both have one.
export const {
  open, close, seek, read, write, isatty, ttyGetWinSize, ttySetRaw, remove, rename, realpath, getcwd, chdir, mkdir, stat,
  lstat, utimes, symlink, readlink, readdir, signal, now, sleep, sleepAsync, setTimeout, clearTimeout, setReadHandler,
  setWriteHandler, exec, kill, waitpid, pipe, dup, dup2, getpid, exePath, Worker, O_RDONLY, O_WRONLY, O_RDWR, O_APPEND,
  O_CREAT, O_EXCL, O_TRUNC, S_IFMT, S_IFIFO, S_IFCHR, S_IFDIR, S_IFBLK, S_IFREG, S_IFSOCK, S_IFLNK, SIGINT, SIGABRT,
  SIGFPE, SIGILL, SIGSEGV, SIGTERM, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP,
  SIGTTIN, SIGTTOU,
} = quickjsOs;

for (const [name, value] of Object.entries(quickjsOs)) {
  if (!(name in os)) Object.defineProperty(os, name, { value, writable: true, configurable: true, enumerable: false });
}

export default os;
