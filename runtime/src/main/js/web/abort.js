// AbortController and AbortSignal - https://dom.spec.whatwg.org/#aborting-ongoing-activities
import { defineInterfaces, illegalConstructor } from "internal:define";
import { Timeout } from "internal:timers";
import { requireArguments, toEnforcedRange, toSequence } from "internal:webidl";
import { Event } from "./event.js";
import { EventTarget, defineEventHandler, fire } from "./event_target.js";

const MAX_DELAY = 2 ** 31 - 1;
const secret = Symbol("AbortSignal");

/** Aborts a signal; only its controller and the runtime may. */
export let abortSignal;
/** Runs an algorithm when the signal aborts, before any listener. */
export let onAbort;
/** Forgets such an algorithm. */
export let offAbort;
let follow;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #algorithms = null;
  /** Signals made by `any` that depend on this one. */
  #dependents = null;
  /** For a signal made by `any`: those it depends on, none of them dependent itself. */
  #sources = null;

  static {
    abortSignal = (signal, reason) => signal.#abort(reason);
    onAbort = (signal, algorithm) => {
      if (signal.#aborted) {
        return;
      }
      (signal.#algorithms ??= new Set()).add(algorithm);
    };
    offAbort = (signal, algorithm) => signal.#algorithms?.delete(algorithm);
    follow = (signal, sources) => signal.#follow(sources);
  }

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    super();
  }

  static abort(reason = undefined) {
    const signal = createSignal();
    signal.#aborted = true;
    signal.#reason = reason === undefined ? abortError() : reason;
    return signal;
  }

  static timeout(milliseconds) {
    requireArguments(arguments.length, 1, "AbortSignal.timeout");
    const delay = toEnforcedRange(milliseconds, "AbortSignal.timeout");
    const signal = createSignal();
    // As on Node, a signal nobody waits for does not keep the program running.
    new Timeout(() => signal.#abort(timeoutError()), Math.min(delay, MAX_DELAY), [], false).unref();
    return signal;
  }

  static any(signals) {
    requireArguments(arguments.length, 1, "AbortSignal.any");
    const sources = toSequence(signals, "AbortSignal.any");
    const notSignal = sources.findIndex((source) => !(source instanceof AbortSignal));
    if (notSignal >= 0) {
      throw new TypeError(`AbortSignal.any: element ${notSignal} is not an AbortSignal.`);
    }
    return follow(createSignal(), sources);
  }

  get aborted() {
    return this.#aborted;
  }
  get reason() {
    return this.#reason;
  }
  throwIfAborted() {
    if (this.#aborted) {
      throw this.#reason;
    }
  }

  #follow(sources) {
    const aborted = sources.find((source) => source.#aborted);
    if (aborted !== undefined) {
      this.#aborted = true;
      this.#reason = aborted.#reason;
      return this;
    }
    this.#sources = new Set();
    for (const source of sources) {
      for (const root of source.#sources ?? [source]) {
        if (!this.#sources.has(root)) {
          this.#sources.add(root);
          (root.#dependents ??= new Set()).add(this);
        }
      }
    }
    return this;
  }

  #abort(reason) {
    if (this.#aborted) {
      return;
    }
    this.#aborted = true;
    this.#reason = reason === undefined ? abortError() : reason;
    const dependents = [...(this.#dependents ?? [])].filter((dependent) => !dependent.#aborted);
    for (const dependent of dependents) {
      dependent.#aborted = true;
      dependent.#reason = this.#reason;
    }
    this.#notify();
    for (const dependent of dependents) {
      dependent.#forgetSources();
      dependent.#notify();
    }
    this.#dependents = null;
  }

  #forgetSources() {
    for (const source of this.#sources) {
      source.#dependents?.delete(this);
    }
  }

  #notify() {
    const algorithms = this.#algorithms;
    this.#algorithms = null;
    for (const algorithm of algorithms ?? []) {
      algorithm(this.#reason);
    }
    fire(this, new Event("abort"));
  }
}

export class AbortController {
  #signal = createSignal();

  get signal() {
    return this.#signal;
  }
  abort(reason = undefined) {
    abortSignal(this.#signal, reason);
  }
}

export function createSignal() {
  return new AbortSignal(secret);
}

export function abortError() {
  return new DOMException("This operation was aborted", "AbortError");
}

function timeoutError() {
  return new DOMException("The operation was aborted due to timeout", "TimeoutError");
}

defineEventHandler(AbortSignal.prototype, "abort");
defineInterfaces({ AbortSignal, AbortController });
