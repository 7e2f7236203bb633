// worker_threads.Worker - https://nodejs.org/api/worker_threads.html#class-worker
// Another isolate of the program, on a thread of its own. What it writes goes where this one's output goes.
import { register } from "host:isolate";
import * as host from "host:threads";
import EventEmitter from "node:events";
import { codes, nodeError, notSupported } from "internal:node_errors";
import { resolve } from "internal:posix_path";
import { nextTick } from "internal:ticks";
import { adopt, close, pack } from "internal:threads/ports";
import { validateArray, validateNumber, validateObject, validateString } from "internal:validators";
import { fileURLToPath } from "node:url";

const { ERR_INVALID_ARG_TYPE } = codes;
const MEGABYTE = 2 ** 20;
const LARGEST_MEMORY = 2047;

export const SHARE_ENV = Symbol.for("nodejs.worker_threads.SHARE_ENV");

/** Running, by number. */
const workers = new Map();
let heard;

/** What setEnvironmentData() has: each worker starts with a copy. */
export const environment = new Map();

export class Worker extends EventEmitter {
  #id = 0;
  #port = null;
  #isRunning = false;
  #ended = Promise.withResolvers();

  static {
    heard = {
      online: (worker) => worker.emit("online"),
      ended: (worker, ...how) => worker.#end(...how),
    };
  }

  constructor(filename, options = {}) {
    super();
    validateObject(options, "options");
    refuseOptions(options);
    const { name = "", argv = [], resourceLimits = {}, transferList = [] } = options;
    validateString(name, "options.name");
    validateArray(argv, "options.argv");
    validateObject(resourceLimits, "options.resourceLimits");
    const program = programOf(filename, options.eval);
    const settings = JSON.stringify({ name, args: argv.map(String), env: environmentOf(options.env) });
    this.resourceLimits = { ...resourceLimits };
    this.stdin = this.stdout = this.stderr = null;
    const memory = memoryOf(resourceLimits);
    const here = host.channel();
    const { bytes, ends } = pack({ data: options.workerData, environment }, transferList);
    try {
      this.#id = host.startWorker(program, Boolean(options.eval), settings, memory, bytes, [here + 1, ...ends].join());
    } catch (error) {
      close(here);
      nextTick(() => this.#end(1, error));
      return;
    }
    workers.set(this.#id, this);
    this.#isRunning = true;
    this.#port = adopt(here);
    this.#port.on("message", (message) => this.emit("message", message));
    this.#port.on("messageerror", (error) => this.emit("messageerror", error));
    this.#port.unref();
  }

  get threadId() {
    return this.#isRunning ? this.#id : -1;
  }

  postMessage(message, transferList) {
    this.#port?.postMessage(message, transferList);
  }

  /** Resolves with its exit code. */
  terminate() {
    if (!this.#isRunning) return Promise.resolve(undefined);
    host.terminateWorker(this.#id);
    return this.#ended.promise;
  }

  async [Symbol.asyncDispose]() {
    await this.terminate();
  }

  ref() {
    if (this.#isRunning) host.holdWorker(this.#id, true);
  }

  unref() {
    if (this.#isRunning) host.holdWorker(this.#id, false);
  }

  getHeapSnapshot() {
    throw notSupported("worker.getHeapSnapshot()");
  }

  getHeapStatistics() {
    throw notSupported("worker.getHeapStatistics()");
  }

  cpuUsage() {
    throw notSupported("worker.cpuUsage()");
  }

  get performance() {
    throw notSupported("worker.performance");
  }

  #end(code, error) {
    workers.delete(this.#id);
    this.#isRunning = false;
    this.#port?.close();
    this.#port = null;
    try {
      if (error !== undefined) this.emit("error", error);
    } finally {
      this.#ended.resolve(code);
      this.emit("exit", code);
    }
  }
}

register("threadOnline", (id) => {
  const worker = workers.get(id);
  if (worker !== undefined) heard.online(worker);
});

register("threadEnded", (id, code, kind, text) => {
  const worker = workers.get(id);
  if (worker !== undefined) heard.ended(worker, code, errorOf(kind, text));
});

/** Errors come as they would be shown: class, message, frames. */
function errorOf(kind, text) {
  if (kind === "") return undefined;
  if (kind === "memory") {
    return nodeError("ERR_WORKER_OUT_OF_MEMORY", "Worker terminated due to reaching memory limit: JS heap out of memory");
  }
  const [, name = "Error", , code, rest] = /^(?:(\w*Error)( \[(\w+)\])?: )?([^]*)$/.exec(text);
  const frames = rest.search(/\n *at /);
  const message = frames < 0 ? rest : rest.slice(0, frames);
  const Class = /Error$/.test(name) && typeof globalThis[name] === "function" ? globalThis[name] : Error;
  const error = new Class(message);
  if (error.name !== name) error.name = name;
  if (code !== undefined) error.code = code;
  error.stack = text;
  return error;
}

function programOf(filename, isCode) {
  if (isCode) {
    if (typeof filename !== "string") throw new codes.ERR_INVALID_ARG_VALUE("options.eval", isCode, "must be false when 'filename' is not a string");
    return filename;
  }
  if (filename instanceof URL) return fileURLToPath(filename);
  if (typeof filename !== "string") throw new ERR_INVALID_ARG_TYPE("filename", ["string", "URL"], filename);
  if (/^(\/|\.\.?\/)/.test(filename)) return resolve(filename);
  throw nodeError(
    "ERR_WORKER_PATH",
    "The worker script or module filename must be an absolute path or a relative path starting with './' or '../'." +
      `${filename.startsWith("file://") ? " Wrap file:// URLs with `new URL`." : ""} Received "${filename}"`,
    TypeError,
  );
}

function refuseOptions({ stdin, stdout, stderr, execArgv, env }) {
  for (const [name, value] of Object.entries({ stdin, stdout, stderr })) {
    if (value) throw notSupported(`The option ${name} of Worker`, "a worker writes where its program writes, and reads nothing");
  }
  if (execArgv !== undefined) {
    validateArray(execArgv, "options.execArgv");
    if (execArgv.length > 0) {
      throw nodeError("ERR_WORKER_INVALID_EXEC_ARGV", `Initiated Worker with invalid execArgv flags: ${execArgv.join(", ")}`);
    }
  }
  if (env === SHARE_ENV) throw notSupported("SHARE_ENV", "isolates share no objects; env is copied");
}

function environmentOf(env) {
  if (env === undefined || env === null) env = globalThis.process.env;
  if (typeof env !== "object") throw new ERR_INVALID_ARG_TYPE("options.env", ["object", "undefined", "null", "worker_threads.SHARE_ENV"], env);
  return Object.entries(env).map(([name, value]) => [name, String(value)]);
}

function memoryOf({ maxOldGenerationSizeMb }) {
  if (maxOldGenerationSizeMb === undefined) return 0;
  validateNumber(maxOldGenerationSizeMb, "options.resourceLimits.maxOldGenerationSizeMb", 1, LARGEST_MEMORY);
  return Math.floor(maxOldGenerationSizeMb * MEGABYTE);
}
