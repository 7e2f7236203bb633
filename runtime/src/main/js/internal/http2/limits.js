// What the other side of an HTTP/2 connection can make us keep or do. Each limit has an option of its own name.
import { ConnectionError } from "internal:http2/connection_error";
import { errorCodes } from "internal:http2/errors";
import { validateNumber } from "internal:validators";

const DEFAULTS = {
  /** Fields of one header list. */
  maxHeaderListPairs: 128,
  /** CONTINUATION frames of one header block, and its bytes. */
  maxContinuations: 8,
  maxHeaderBlock: 65536,
  maxOutstandingPings: 10,
  maxOutstandingSettings: 10,
  /**
   * Frames that make work and carry nothing (resets, pings, settings, priorities, empty ones) are let pass in a burst, then
   * at a rate a second; whoever goes on is sent away with ENHANCE_YOUR_CALM.
   */
  streamResetBurst: 1000,
  streamResetRate: 33,
  /** Megabytes that wait to be sent, above which no frame is answered. */
  maxSessionMemory: 10,
};

export function limitsOf(options) {
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) {
    if (options[name] === undefined) continue;
    validateNumber(options[name], `options.${name}`, 0);
    limits[name] = options[name];
  }
  return limits;
}

/** Counts frames that carry nothing. */
export class Patience {
  #limits;
  #tokens;
  #refilled = Date.now();

  constructor(limits) {
    this.#limits = limits;
    this.#tokens = limits.streamResetBurst;
  }

  /** unsent: bytes that the other side hasn't taken yet. */
  charge(unsent) {
    const now = Date.now();
    const { streamResetBurst, streamResetRate, maxSessionMemory } = this.#limits;
    this.#tokens = Math.min(streamResetBurst, this.#tokens + ((now - this.#refilled) / 1000) * streamResetRate) - 1;
    this.#refilled = now;
    if (this.#tokens < 0 || unsent > maxSessionMemory * 1_000_000) {
      throw new ConnectionError(errorCodes.ENHANCE_YOUR_CALM, "Too many frames that carry nothing");
    }
  }
}
