// The host modules that are the machine's: process, console, files, clocks, random bytes.
import * as files from "./files.js";
import * as loop from "./loop.js";
import { notePhase, phase } from "./phase.js";
import { completed } from "./unsupported.js";
import { driver } from "./driver.js";
import * as wasi from "./wasi.js";

const OUT = 1;
const ERR = 2;
const CHARACTER_DEVICE = 2;
const EXIT_MASK = 0xff;

// ---- Output ----

/** While it answers a request, standard output is the answer, and what the program prints goes to standard error. */
let printsTo = OUT;
export const printToErrors = () => void (printsTo = ERR);

export function print(fd, bytes) {
  notePhase("writes output");
  wasi.write(fd === OUT ? printsTo : ERR, bytes);
}

export const consoleHost = completed("console", {
  log: (level, text) => print(level === "warn" || level === "error" ? ERR : OUT, wasi.encode(`${text}\n`)),
});

// ---- Time and chance ----

let wallClockAtStart = 0;

/** The program begins here and now. */
export function begin() {
  loop.beginTime();
  wallClockAtStart = wasi.realtime();
  reseed();
}

export const performanceHost = completed("performance", {
  now: () => loop.now(),
  timeOrigin: () => wallClockAtStart,
  version: () => "0.1.0",
});

function fillRandom(bytes) {
  notePhase("asks for random bytes");
  wasi.random(bytes);
}

export const cryptoHost = completed("crypto", {
  fillRandom,
  randomUUID() {
    const bytes = new Uint8Array(16);
    fillRandom(bytes);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  },
});

export const hashRandom = (length) => {
  const bytes = new Uint8Array(length);
  fillRandom(bytes);
  return bytes;
};

/** xoshiro128++ (https://prng.di.unimi.it): the engine's own generator has its state where nothing reaches it. */
const seed = new Uint32Array([1, 2, 3, 4]);

function reseed() {
  wasi.random(seed);
  seed[0] |= 1;
}

function next() {
  let [a, b, c, d] = seed;
  const sum = (a + d) | 0;
  const result = (((sum << 7) | (sum >>> 25)) + a) >>> 0;
  const t = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= t;
  d = (d << 11) | (d >>> 21);
  seed[0] = a;
  seed[1] = b;
  seed[2] = c;
  seed[3] = d;
  return result;
}

const { random } = {
  random() {
    return ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  },
};
Object.defineProperty(Math, "random", { value: random, writable: true, enumerable: false, configurable: true });

// ---- Process ----

export class Exit extends Error {
  constructor(code) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** Nothing more of the program runs. */
let leave = wasi.exit;
export const leaveBy = (fn) => void (leave = fn);

function isTty(fd) {
  if (phase() !== "running") return false;
  return driver.fd_fdstat_get(fd, wasi.room.address) === 0 && wasi.byteAt(0) === CHARACTER_DEVICE;
}

const SYSTEM = {
  arch: "wasm32", platform: "linux", type: "WASI", release: "0.1", version: "Runnel", machine: "wasm32",
  hostname: "localhost", homedir: "/", tmpdir: "/tmp", endianness: "LE", availableParallelism: 1, freemem: 0, totalmem: 0,
  loadavg: [0, 0, 0],
};

export const processHost = completed("process", {
  write: print,
  writeText: (fd, text) => print(fd, wasi.encode(text)),
  read() {
    notePhase("reads standard input");
    return loop.readInput();
  },
  isTty,
  exit(code) {
    notePhase("ends the process");
    leave(code & EXIT_MASK);
  },
  hrtime: () => (phase() === "running" ? wasi.nanoseconds() : 0n),
  uptime: () => loop.now() / 1e3,
  memoryUsage: () => JSON.stringify({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  cpuUsage: () => JSON.stringify({ user: 0, system: 0 }),
  pid: () => 1,
  // No signal ever arrives in a WASI program.
  watchSignal() {},
  system: () => JSON.stringify(SYSTEM),
  sleep(milliseconds) {
    notePhase("sleeps");
    wasi.poll(milliseconds, false);
  },
});

// ---- Files ----

const MODES = { w: "w", wx: "wx", a: "a", ax: "ax" };

function statusJson({ kind, dev, ino, nlink, size, atimeMs, mtimeMs, ctimeMs }) {
  const mode = kind === "directory" ? 0o755 : 0o644;
  const [device, inode, links] = [dev, ino, nlink];
  const times = { accessed: atimeMs, modified: mtimeMs, changed: ctimeMs, created: ctimeMs };
  return JSON.stringify({ kind, mode, device, inode, links, uid: 0, gid: 0, size, ...times });
}

/** Every name on the way must be there; links are followed by the host. */
function realpath(path) {
  files.stat(path);
  return files.normalize(path);
}

const now = {
  stat: (path, follow) => statusJson(files.stat(path, follow)),
  readFile: files.readFile,
  writeFile: (path, bytes, mode) => files.writeFile(path, bytes, MODES[mode]),
  readdir: (path) => JSON.stringify(files.readdir(path)),
  access: (path) => void files.stat(path),
  realpath,
  readlink: files.readlink,
  mkdir: files.mkdir,
  rmdir: files.rmdir,
  unlink: files.unlink,
  rename: files.rename,
  truncate(path, length) {
    const fd = files.open(path, "r+");
    try {
      files.truncateDescriptor(fd, length);
    } finally {
      files.close(fd);
    }
  },
  utimes: files.utimes,
  open: files.open,
  close: files.close,
  read: (fd, length, position) => wasi.read(fd, length, position),
  write(fd, bytes, position) {
    wasi.write(fd, bytes, position);
    return bytes.length;
  },
  fstat: (fd) => statusJson(files.fstat(fd)),
  ftruncate: files.truncateDescriptor,
};

function fileFunctions() {
  const functions = {};
  for (const [name, operation] of Object.entries(now)) {
    functions[name] = (...args) => {
      notePhase(`uses fs.${name}()`);
      return operation(...args);
    };
    functions[`${name}Later`] = (...args) => {
      notePhase(`uses fs.${name}()`);
      return loop.completionOf(() => operation(...args));
    };
  }
  return functions;
}

export const fsHost = completed("fs", fileFunctions());

