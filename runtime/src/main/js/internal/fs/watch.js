// fs.watch and fsPromises.watch - https://nodejs.org/api/fs.html#fswatchfilename-options-listener
import { register } from "host:isolate";
import * as host from "host:watch";
import { frame, runInFirstFrame } from "internal:async_context";
import { Buffer } from "internal:buffer/class";
import { reportUncaught } from "internal:errors";
import { absolute, optionsOf, pathOf, shaped } from "internal:fs/arguments";
import { AbortError, codes, notSupported } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import {
  validateAbortSignal, validateBoolean, validateInteger, validateObject, validateOneOf,
} from "internal:validators";
import { EventEmitter } from "node:events";

const { ERR_FS_WATCH_QUEUE_OVERFLOW, ERR_INVALID_ARG_VALUE } = codes;
const MOST_QUEUED = 2048;

/** Those that are open, by number. */
const watchers = new Map();
let tell;

class FSWatcher extends EventEmitter {
  #id;
  #encoding;
  #frame = frame();

  static {
    tell = (watcher, kind, name) => watcher.#tell(kind, name);
  }

  constructor(filename, { persistent, encoding }) {
    super();
    const path = pathOf(filename);
    this.#encoding = encoding;
    this.#id = started(path);
    watchers.set(this.#id, this);
    if (!persistent) this.unref();
  }

  #tell(kind, name) {
    if (this.#id === undefined) return;
    try {
      runInFirstFrame(this.#frame, this.emit, this, ["change", kind, name === "" ? null : named(name, this.#encoding)]);
    } catch (error) {
      reportUncaught(error);
    }
  }

  /** Kept for who calls it: a watcher has started when there is one. */
  start() {}

  close() {
    if (this.#id === undefined) return;
    host.close(this.#id);
    watchers.delete(this.#id);
    this.#id = undefined;
    nextTick(() => this.emit("close"));
  }

  ref() {
    if (this.#id !== undefined) host.reference(this.#id, true);
    return this;
  }

  unref() {
    if (this.#id !== undefined) host.reference(this.#id, false);
    return this;
  }
}

function started(path) {
  try {
    return host.open(absolute(path));
  } catch (error) {
    const told = shaped(error, "watch", path);
    // Only the limit has words of its own.
    if (error.code === "ENOSPC" && error.message !== error.code) told.message = `ENOSPC: ${error.message}, watch '${path}'`;
    throw Object.assign(told, { filename: path });
  }
}

function named(name, encoding) {
  if (encoding === "buffer") return Buffer.from(name);
  return encoding === "utf8" ? name : Buffer.from(name).toString(encoding);
}

register("filesChanged", (id, json) => {
  const flat = JSON.parse(json);
  const watcher = watchers.get(id);
  if (watcher === undefined) return;
  for (let i = 0; i < flat.length; i += 2) tell(watcher, flat[i], flat[i + 1]);
});

function settingsOf(options) {
  const settings = { persistent: true, recursive: false, ...optionsOf(options, {}) };
  settings.encoding ??= "utf8";
  return settings;
}

export function watch(filename, options, listener) {
  if (typeof options === "function") listener = options;
  const settings = settingsOf(options);
  if (settings.recursive) throw recursiveRefused("fs.watch");
  const watcher = new FSWatcher(filename, settings);
  if (listener) watcher.addListener("change", listener);
  closeOnAbort(watcher, settings.signal);
  return watcher;
}

function recursiveRefused(name) {
  return notSupported(`${name}() with the option recursive`, "watch each folder by itself");
}

function closeOnAbort(watcher, signal) {
  if (!signal) return;
  if (signal.aborted) {
    nextTick(() => watcher.close());
    return;
  }
  const close = () => watcher.close();
  signal.addEventListener("abort", close);
  watcher.once("close", () => signal.removeEventListener("abort", close));
}

/** What has happened and nobody has asked for yet waits, up to maxQueue events. */
export async function* watchLater(filename, options = {}) {
  validateObject(options, "options");
  const { persistent = true, recursive = false, encoding = "utf8", maxQueue = MOST_QUEUED, overflow = "ignore", signal } = options;
  validateBoolean(persistent, "options.persistent");
  validateBoolean(recursive, "options.recursive");
  validateInteger(maxQueue, "options.maxQueue", 0);
  validateOneOf(overflow, "options.overflow", ["ignore", "error"]);
  validateAbortSignal(signal, "options.signal");
  if (encoding && encoding !== "buffer" && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE("encoding", encoding, "is invalid encoding");
  }
  if (recursive) throw recursiveRefused("fsPromises.watch");
  if (signal?.aborted) throw aborted(signal);
  const queue = [];
  let failure;
  let wake = () => {};
  const fail = (error) => {
    failure ??= error;
    wake();
  };
  const watcher = new FSWatcher(filename, { persistent, encoding: encoding ?? "utf8" });
  watcher.on("change", (eventType, name) => {
    if (queue.length < maxQueue) queue.push({ __proto__: null, eventType, filename: name });
    else if (overflow === "error") fail(new ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue));
    wake();
  });
  const abort = () => fail(aborted(signal));
  signal?.addEventListener("abort", abort, { once: true });
  try {
    while (true) {
      if (failure !== undefined) throw failure;
      if (queue.length > 0) yield queue.shift();
      else await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    watcher.close();
    signal?.removeEventListener("abort", abort);
  }
}

function aborted(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}
