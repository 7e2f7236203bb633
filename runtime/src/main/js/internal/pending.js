// What waits for an event that Java will name by a number: requests, timers, work done elsewhere.
// An object, not a Map: on V8 the tables that a Map has outgrown lie in the old generation and keep alive what they
// once held, and each its successor, until a full collection.

import { objectValues } from "internal:primordials";

/** Entries by number; undefined is none. */
export class Pending {
  #entries = { __proto__: null };
  #size = 0;

  get size() {
    return this.#size;
  }

  values() {
    return objectValues(this.#entries);
  }

  get(id) {
    return this.#entries[id];
  }

  set(id, entry) {
    if (this.#entries[id] === undefined) this.#size++;
    this.#entries[id] = entry;
  }

  /** Returns what was there, if anything. */
  take(id) {
    const entry = this.#entries[id];
    if (entry !== undefined) {
      this.#size--;
      delete this.#entries[id];
    }
    return entry;
  }
}
