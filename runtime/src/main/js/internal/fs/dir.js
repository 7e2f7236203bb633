// fs.Dir - https://nodejs.org/api/fs.html#class-fsdir
import { nodeError } from "internal:node_errors";
import { later, now, operations } from "internal:fs/operations";
import { nextTick } from "internal:ticks";
import { validateFunction } from "internal:validators";

export class Dir {
  #entries;
  #closed = false;

  constructor(path, entries) {
    this.path = path;
    this.#entries = entries;
  }

  #checkOpen() {
    if (this.#closed) throw nodeError("ERR_DIR_CLOSED", "Directory handle was closed");
  }

  readSync() {
    this.#checkOpen();
    return this.#entries.shift() ?? null;
  }

  read(callback) {
    if (callback === undefined) return new Promise((resolve) => resolve(this.readSync()));
    validateFunction(callback, "callback");
    nextTick(callback, null, this.readSync());
    return undefined;
  }

  closeSync() {
    this.#checkOpen();
    this.#closed = true;
  }

  close(callback) {
    if (callback === undefined) return new Promise((resolve) => resolve(this.closeSync()));
    validateFunction(callback, "callback");
    this.closeSync();
    nextTick(callback, null);
    return undefined;
  }

  async *entries() {
    try {
      for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }

  [Symbol.asyncIterator]() {
    return this.entries();
  }
}

export function opendirSync(path, options) {
  return new Dir(`${path}`, operations.readdir(now, path, { ...options, withFileTypes: true }));
}

export async function opendir(path, options) {
  return new Dir(`${path}`, await operations.readdir(later, path, { ...options, withFileTypes: true }));
}
