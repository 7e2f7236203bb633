// node:process and the global process - https://nodejs.org/api/process.html
// Nothing of the outside is read while this file is evaluated: arguments, environment and folder come from
// the running program, and everything else when it is asked for.
import { register } from "host:isolate";
import * as host from "host:process";
import { codes, notSupported } from "internal:node_errors";
import { onRejectionHandled, onUncaught, onUnhandledRejection, showUncaught } from "internal:errors";
import { program } from "internal:program";
import { signals } from "internal:signals";
import { nextTick } from "internal:ticks";
import { environment } from "internal:environment";
import { emitWarning } from "internal:warnings";
import { builtin, load, onFirstUse } from "internal:builtins";
import { EventEmitter } from "node:events";
import { resolve, setCwd } from "internal:posix_path";
import { validateFunction, validateInteger, validateString } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_UNKNOWN_SIGNAL } = codes;

/** The class that Object.prototype.toString and instanceof see. */
function process() {}
Object.setPrototypeOf(process.prototype, EventEmitter.prototype);
Object.defineProperty(process.prototype, Symbol.toStringTag, { value: "process", configurable: true });

const instance = Object.create(process.prototype);
Object.defineProperty(process.prototype, "constructor", { value: process, writable: true, configurable: true });
EventEmitter.call(instance);

let folder;
let exitCode;
let exiting = false;
let umask = 0o22;
let captureUncaught = null;

function cwd() {
  return folder ?? program.cwd;
}
// Programs replace process.cwd.
setCwd(() => instance.cwd());

function chdir(directory) {
  validateString(directory, "directory");
  const target = resolve(directory);
  // The check that it is a folder belongs to fs, which throws as chdir does.
  load("fs").default[Symbol.for("runnel.checkFolder")](target, "chdir", cwd(), directory);
  folder = target;
}

function setExitCode(value) {
  if (value !== undefined && value !== null) {
    const code = typeof value === "string" && value !== "" && Number.isInteger(+value) ? +value : value;
    validateInteger(code, "code");
    exitCode = code;
  } else {
    exitCode = undefined;
  }
}

function exit(code) {
  if (code !== undefined) setExitCode(code);
  emitExit();
  host.exit(exitCode ?? 0);
}

function emitExit() {
  if (exiting) return;
  exiting = true;
  instance._exiting = true;
  instance.emit("exit", exitCode ?? 0);
}

/** Java: nothing is left to do. True when a listener of 'beforeExit' started something, which Java finds out. */
register("beforeExit", () => {
  instance.emit("beforeExit", exitCode ?? 0);
});

const FAILED = 1;

/** Java: the program has ended. Returns the exit code that its 'exit' listeners may have changed. */
register("exit", (code = 0) => {
  if (code !== 0 && exitCode === undefined) exitCode = code;
  try {
    emitExit();
  } catch (error) {
    showUncaught(error);
    return FAILED;
  }
  return exitCode ?? code;
});

onUncaught((error) => {
  if (captureUncaught !== null) {
    captureUncaught(error);
    return true;
  }
  instance.emit("uncaughtExceptionMonitor", error, "uncaughtException");
  return instance.emit("uncaughtException", error, "uncaughtException");
});

// An ES module's main body is asynchronous, and so is what it throws. Java asks whether anybody listens.
register("mainFailed", (error) => {
  if (captureUncaught !== null) {
    captureUncaught(error);
    return true;
  }
  instance.emit("uncaughtExceptionMonitor", error, "unhandledRejection");
  return instance.emit("uncaughtException", error, "unhandledRejection");
});

onUnhandledRejection((reason, promise) => {
  if (instance.emit("unhandledRejection", reason, promise)) return true;
  if (instance.listenerCount("uncaughtException") === 0) return false;
  instance.emit("uncaughtException", reason instanceof Error ? reason : rejectionError(reason), "unhandledRejection");
  return true;
});

function rejectionError(reason) {
  const error = new Error(
    "This error originated either by throwing inside of an async function without a catch block, or by rejecting " +
      `a promise which was not handled with .catch(). The promise rejected with the reason "${String(reason)}".`,
  );
  error.code = "ERR_UNHANDLED_REJECTION";
  return error;
}

onRejectionHandled((promise) => instance.emit("rejectionHandled", promise));

// Java asks whether the program handles it; a signal that nobody handles ends the program.
register("signal", (name) => instance.emit(name, name, signals[name]));

instance.on("newListener", (type) => {
  if (type in signals && instance.listenerCount(type) === 0) host.watchSignal(type, true);
});
instance.on("removeListener", (type) => {
  if (type in signals && instance.listenerCount(type) === 0) host.watchSignal(type, false);
});
// Those two are ours: a program that counts listeners doesn't see them.
for (const type of ["newListener", "removeListener"]) {
  const listener = instance._events[type];
  Object.defineProperty(instance._events, type, { value: listener, enumerable: false, configurable: true, writable: true });
}
instance._eventsCount = 0;

function hrtime(previous) {
  const now = host.hrtime();
  const seconds = Number(now / 1000000000n);
  const nanoseconds = Number(now % 1000000000n);
  if (previous === undefined) return [seconds, nanoseconds];
  if (!Array.isArray(previous)) throw new ERR_INVALID_ARG_TYPE("time", "Array", previous);
  if (previous.length !== 2) throw new ERR_OUT_OF_RANGE("time", "2", previous.length);
  const difference = nanoseconds - previous[1];
  return difference < 0
    ? [seconds - previous[0] - 1, difference + 1000000000]
    : [seconds - previous[0], difference];
}
hrtime.bigint = () => host.hrtime();

function memoryUsage() {
  return JSON.parse(host.memoryUsage());
}
memoryUsage.rss = () => memoryUsage().rss;

function cpuUsage(previous) {
  const now = JSON.parse(host.cpuUsage());
  return previous === undefined ? now : { user: now.user - previous.user, system: now.system - previous.system };
}

/** Only signals to oneself: another process is out of reach. */
function kill(pid, signal = "SIGTERM") {
  if (pid != +pid) throw new ERR_INVALID_ARG_TYPE("pid", "number", pid); // eslint-disable-line eqeqeq
  if (+pid !== host.pid()) throw notSupported("process.kill() of another process");
  if (signal === 0) return true;
  const name = typeof signal === "number" ? Object.keys(signals).find((each) => signals[each] === signal) : signal;
  if (name === undefined || !(name in signals)) throw new ERR_UNKNOWN_SIGNAL(signal);
  nextTick(() => {
    if (!instance.emit(name, name, signals[name])) host.exit(128 + signals[name]);
  });
  return true;
}

function setUncaughtExceptionCaptureCallback(fn) {
  if (fn !== null) validateFunction(fn, "fn");
  captureUncaught = fn;
}

function setUmask(mask) {
  const previous = umask;
  if (mask !== undefined) {
    if (typeof mask === "string" && !/^[0-7]+$/.test(mask)) {
      throw new codes.ERR_INVALID_ARG_VALUE("mask", mask, "must be a 32-bit unsigned integer or an octal string");
    }
    umask = (typeof mask === "string" ? parseInt(mask, 8) : mask) & 0o777;
  }
  return previous;
}

function refuse(name) {
  return () => {
    throw notSupported(`process.${name}()`);
  };
}

const methods = {
  abort: () => host.exit(134),
  chdir, cpuUsage, cwd, emitWarning, exit, hrtime, kill, memoryUsage, nextTick,
  assert(value, message) {
    if (!value) throw Object.assign(new Error(message), { code: "ERR_ASSERTION" });
  },
  availableMemory: () => memoryUsage().heapTotal,
  constrainedMemory: () => memoryUsage().heapTotal,
  dlopen: refuse("dlopen"),
  getActiveResourcesInfo: () => [],
  getBuiltinModule: (name) => {
    validateString(name, "id");
    const found = builtin(name.startsWith("node:") ? name.slice(5) : name);
    return found?.default ?? found;
  },
  getegid: () => 1000, geteuid: () => 1000, getgid: () => 1000, getgroups: () => [1000], getuid: () => 1000,
  hasUncaughtExceptionCaptureCallback: () => captureUncaught !== null,
  loadEnvFile: refuse("loadEnvFile"),
  reallyExit: (code) => host.exit(code ?? exitCode ?? 0),
  resourceUsage: () => ({ userCPUTime: cpuUsage().user, systemCPUTime: cpuUsage().system, maxRSS: Math.round(memoryUsage().rss / 1024) }),
  setSourceMapsEnabled() {},
  setUncaughtExceptionCaptureCallback,
  setegid: refuse("setegid"), seteuid: refuse("seteuid"), setgid: refuse("setgid"), setgroups: refuse("setgroups"),
  setuid: refuse("setuid"), initgroups: refuse("initgroups"),
  umask: setUmask,
  uptime: () => host.uptime(),
  ref(target) {
    (target?.[Symbol.for("nodejs.ref")] ?? target?.ref)?.call(target);
  },
  unref(target) {
    (target?.[Symbol.for("nodejs.unref")] ?? target?.unref)?.call(target);
  },
};
Object.assign(instance, methods);

const version = "v20.20.2";

Object.assign(instance, {
  title: "runnel", version,
  // By openssl programs find out whether node:crypto is there: of that Node, as the version is.
  versions: { node: version.slice(1), runnel: "0.1.0", modules: "115", openssl: "3.0.19", quickjs: "ng" },
  arch: "x64", platform: "linux", release: { name: "node", lts: "Iron" }, execArgv: [], execPath: "/usr/bin/runnel",
  config: { target_defaults: {}, variables: { v8_enable_i18n_support: 1 } }, debugPort: 9229, domain: null, _exiting: false, moduleLoadList: [],
  features: { inspector: false, debug: false, uv: false, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: false, tls: true, cached_builtins: true },
  report: {}, argv0: "runnel", allowedNodeEnvironmentFlags: new Set(), sourceMapsEnabled: false, binding: refuse("binding"),
  openStdin: () => instance.stdin.resume(),
});

function lazy(name, get, set) {
  Object.defineProperty(instance, name, { get, set, enumerable: true, configurable: true });
}

let argv;
let env;
lazy("argv", () => (argv ??= [instance.execPath, program.entry, ...program.args]), (value) => (argv = value));
lazy("env", () => (env ??= environment()), (value) => (env = value));
lazy("exitCode", () => exitCode, setExitCode);
lazy("pid", () => host.pid());
lazy("ppid", () => 0);
for (const name of ["stdin", "stdout", "stderr"]) {
  lazy(name, () => load("internal:stdio").stdio(name), (value) => Object.defineProperty(instance, name, { value, writable: true, enumerable: true, configurable: true }));
}

export {
  chdir, cpuUsage, cwd, emitWarning, exit, hrtime, kill, memoryUsage, nextTick, setUmask as umask, version,
};
export const {
  abort, arch, assert, availableMemory, config, constrainedMemory, debugPort, dlopen, domain, execArgv, execPath, features,
  getActiveResourcesInfo, getBuiltinModule, getegid, geteuid, getgid, getgroups, getuid,
  hasUncaughtExceptionCaptureCallback, initgroups, loadEnvFile, moduleLoadList, platform, reallyExit, release, report,
  resourceUsage, setSourceMapsEnabled, setegid, seteuid, setgid, setgroups, setuid, title, uptime, versions,
} = instance;
export { setUncaughtExceptionCaptureCallback };
export const on = instance.on.bind(instance);
export const once = instance.once.bind(instance);
export const off = instance.off.bind(instance);
export const emit = instance.emit.bind(instance);


// Made when a program first imports this module, not for each program.
export let argv0, pid, ppid, stdin, stdout, stderr;
let argvExport, envExport;
export { argvExport as argv, envExport as env };
onFirstUse("process", () => {
  ({ argv0, pid, ppid, stdin, stdout, stderr, argv: argvExport, env: envExport } = instance);
});

export default instance;
