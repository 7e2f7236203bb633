// fs.watchFile - https://nodejs.org/api/fs.html#fswatchfilefilename-options-listener
// A file is looked at again and again; one watcher for each path, whoever listens.
import { absolute, pathOf } from "internal:fs/arguments";
import { later, operations } from "internal:fs/operations";
import { Stats } from "internal:fs/stats";
import { clearTimeout, setTimeout } from "node:timers";
import { nextTick } from "internal:ticks";
import { EventEmitter } from "node:events";
import { validateFunction, validateUint32 } from "internal:validators";

const INTERVAL = 5007;
const watchers = new Map();

class StatWatcher extends EventEmitter {
  #path;
  #interval;
  #bigint;
  #timer;
  #referenced;
  #last;
  #stopped = false;

  constructor(path, { interval, bigint, persistent }) {
    super();
    this.#path = path;
    this.#interval = interval;
    this.#bigint = bigint;
    this.#referenced = persistent;
    this.#look();
  }

  async #look() {
    const stats = await operations.stat(later, this.#path, { bigint: this.#bigint }).catch(() => missing(this.#bigint));
    if (this.#stopped) return;
    const last = this.#last ?? stats;
    const isFirst = this.#last === undefined;
    this.#last = stats;
    if (isFirst ? Number(stats.nlink) === 0 : differs(last, stats)) this.emit("change", stats, last);
    this.#timer = setTimeout(() => this.#look(), this.#interval);
    if (!this.#referenced) this.#timer.unref();
  }

  ref() {
    this.#referenced = true;
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#referenced = false;
    this.#timer?.unref();
    return this;
  }

  stop() {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#timer);
    nextTick(() => this.emit("stop"));
  }
}

/** As Node tells of a file that isn't there: all zeros. */
function missing(bigint) {
  return new Stats(...Array.from({ length: 14 }, () => (bigint ? 0n : 0)));
}

function differs(a, b) {
  return ["mode", "size", "mtimeMs", "nlink", "birthtimeMs"].some((name) => a[name] !== b[name]);
}

export function watchFile(filename, options, listener) {
  const path = absolute(pathOf(filename, "filename"));
  if (options === null || typeof options !== "object") listener = options;
  const settings = { interval: INTERVAL, persistent: true, bigint: false, ...(typeof options === "object" ? options : {}) };
  validateFunction(listener, "listener");
  validateUint32(settings.interval, "interval");
  let watcher = watchers.get(path);
  if (watcher === undefined) {
    watcher = new StatWatcher(path, settings);
    watchers.set(path, watcher);
  }
  watcher.addListener("change", listener);
  return watcher;
}

export function unwatchFile(filename, listener) {
  const path = absolute(pathOf(filename, "filename"));
  const watcher = watchers.get(path);
  if (watcher === undefined) return;
  if (typeof listener === "function") watcher.removeListener("change", listener);
  else watcher.removeAllListeners("change");
  if (watcher.listenerCount("change") > 0) return;
  watchers.delete(path);
  watcher.stop();
}
