// Modules that programs import though the sandbox has nothing behind them: each function fails when it is used, in
// Node's shape, and says why.
import { notSupported } from "internal:node_errors";

/** Under this a module's default export has the sentence that its functions fail with. */
const kRefused = Symbol.for("runnel.refused");

export class Refusal {
  #module;
  #why;

  /** why completes "… is not supported: " */
  constructor(module, why) {
    this.#module = module;
    this.#why = why;
  }

  /** A function, or class, that fails. */
  of(name) {
    const [module, why] = [this.#module, this.#why];
    return {
      [name]: function () {
        throw notSupported(`${module}.${name}()`, why);
      },
    }[name];
  }

  /** The module's default export. */
  module(exports) {
    const { message } = notSupported(`node:${this.#module}`, this.#why);
    return Object.defineProperty(exports, kRefused, { value: message, enumerable: false });
  }
}
