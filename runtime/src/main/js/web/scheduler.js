// scheduler.wait - https://developers.cloudflare.com/workers/runtime-apis/scheduler/
import { defineGlobalAttribute, defineInterfaces, illegalConstructor } from "internal:define";
import { Timeout } from "internal:timers";
import { requireArguments, toDictionary, toUnsigned } from "internal:webidl";
import { AbortSignal } from "./abort.js";

const secret = Symbol("Scheduler");

class Scheduler {
  #brand;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
  }

  /** Fulfils after that many milliseconds; rejects when options.signal aborts first. */
  async wait(delay, options = undefined) {
    this.#brand;
    requireArguments(arguments.length, 1, "Scheduler.wait");
    const milliseconds = toUnsigned(delay);
    const { signal } = toDictionary(options, "Scheduler.wait");
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw new TypeError("Scheduler.wait: signal is not an AbortSignal.");
    }
    signal?.throwIfAborted();
    await new Promise((resolve, reject) => {
      const abort = () => {
        timeout.close();
        reject(signal.reason);
      };
      const timeout = new Timeout(
        () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        },
        milliseconds,
        [],
        false,
      );
      signal?.addEventListener("abort", abort, { once: true });
    });
  }
}

defineInterfaces({ Scheduler });
const scheduler = new Scheduler(secret);
defineGlobalAttribute("scheduler", () => scheduler);
