// setTimeout() of sessions and streams: 'timeout' when nothing has happened for so long.
import { validateFunction, validateNumber } from "internal:validators";

export class Idle {
  #of;
  #timer = null;

  constructor(emitter) {
    this.#of = emitter;
    emitter.timeout = 0;
  }

  set(milliseconds, callback) {
    validateNumber(milliseconds, "msecs", 0);
    if (callback !== undefined) {
      validateFunction(callback, "callback");
      if (milliseconds === 0) this.#of.removeListener("timeout", callback);
      else this.#of.once("timeout", callback);
    }
    this.#of.timeout = milliseconds;
    this.stop();
    if (milliseconds === 0 || this.#of.destroyed) return;
    this.#timer = setTimeout(() => this.#of.emit("timeout"), milliseconds);
    this.#timer.unref();
  }

  refresh() {
    this.#timer?.refresh();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}
