// What Java keeps for a JavaScript object, and lets go once the object is gone. Not with a FinalizationRegistry, whose
// callbacks V8 leaves to an event loop that is not ours.
const SWEEP_AT_LEAST = 1000;

export class HeldByJava {
  #references = new Map();
  #nextSweep = SWEEP_AT_LEAST;
  #free;

  /** @param free is called with an id that nobody holds any more */
  constructor(free) {
    this.#free = free;
  }

  add(object, id) {
    if (this.#references.size >= this.#nextSweep) {
      this.sweep();
    }
    this.#references.set(id, new WeakRef(object));
  }

  /** Java has let go of it by itself. */
  delete(id) {
    this.#references.delete(id);
  }

  sweep() {
    for (const [id, reference] of this.#references) {
      if (reference.deref() === undefined) {
        this.#references.delete(id);
        this.#free(id);
      }
    }
    this.#nextSweep = Math.max(SWEEP_AT_LEAST, this.#references.size * 2);
  }
}
