// What waits for an event that Java will name by a number: requests, timers, work done elsewhere.
// An object, not a Map: on V8 the tables that a Map has outgrown lie in the old generation and keep alive what they
// once held, and each its successor, until a full collection.

import { Array, Int32s, arrayFill, objectValues, typedArrayFill } from "internal:primordials";

/** A power of two. */
const SLOTS = 64;

/** Stands for no entry: numbers are int32 from 0 on. */
const NONE = -1;

/**
 * Entries by number; undefined is none. Numbers count up, so those of entries that don't stay long differ in their
 * lower bits, and find a slot each; the others lie in an object, which engines take seven times as long to look into.
 */
export class Pending {
  #numbers = typedArrayFill(new Int32s(SLOTS), NONE);
  #slots = arrayFill(new Array(SLOTS), undefined);
  #entries = { __proto__: null };
  #size = 0;

  get size() {
    return this.#size;
  }

  values() {
    const values = objectValues(this.#entries);
    for (let i = 0; i < SLOTS; i++) if (this.#numbers[i] !== NONE) values[values.length] = this.#slots[i];
    return values;
  }

  get(id) {
    const slot = id & (SLOTS - 1);
    return this.#numbers[slot] === id ? this.#slots[slot] : this.#entries[id];
  }

  set(id, entry) {
    const slot = id & (SLOTS - 1);
    const isNew = this.get(id) === undefined;
    if (isNew) this.#size++;
    if (isNew && this.#numbers[slot] === NONE) this.#numbers[slot] = id;
    if (this.#numbers[slot] === id) this.#slots[slot] = entry;
    else this.#entries[id] = entry;
  }

  /** Returns what was there, if anything. */
  take(id) {
    const entry = this.get(id);
    if (entry === undefined) return undefined;
    this.#size--;
    const slot = id & (SLOTS - 1);
    if (this.#numbers[slot] === id) {
      this.#numbers[slot] = NONE;
      this.#slots[slot] = undefined;
    } else {
      delete this.#entries[id];
    }
    return entry;
  }
}
