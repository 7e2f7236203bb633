// Results of host:subtle: there at once, or by a completion.
import { collectGarbage } from "host:isolate";
import { heldKeys } from "../../web/crypto_key.js";
import { setTimeout } from "../../web/timers.js";
import { completion } from "internal:completions";

/** What a host function answered, or will answer when it has been done elsewhere. */
export function settled(answer) {
  return typeof answer === "number" ? completion(answer) : answer;
}

/** The bytes of an answer as an ArrayBuffer of their own. */
export function toArrayBuffer(bytes) {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer.byteLength === byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

/**
 * Makes a key. Java holds a limited number for each isolate; where the limit is reached, keys that the program has
 * forgotten are collected and it is tried once more.
 */
export async function makeKey(make) {
  try {
    return await make();
  } catch (error) {
    if (error?.name !== "QuotaExceededError") {
      throw error;
    }
  }
  // What was looked at in a turn may live until its end.
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  heldKeys.sweep();
  return make();
}
