// crypto - https://w3c.github.io/webcrypto/#crypto-interface
import { defineGlobalAttribute, defineInterfaces, illegalConstructor } from "internal:define";
import { load } from "internal:builtins";
import { bytesOf, requireArguments } from "internal:webidl";
import * as host from "host:crypto";
import { subtle } from "./subtle_crypto.js";

const secret = Symbol("Crypto");
const QUOTA = 65536;
const FLOAT_TYPES = ["Float16Array", "Float32Array", "Float64Array"];
const typedArrayName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
).get;

export class Crypto {
  #brand;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
  }

  get subtle() {
    this.#brand;
    return subtle;
  }

  getRandomValues(array) {
    this.#brand;
    requireArguments(arguments.length, 1, "Crypto.getRandomValues");
    if (!ArrayBuffer.isView(array)) {
      throw new TypeError("Crypto.getRandomValues: the argument is not a typed array.");
    }
    const type = typedArrayName.call(array);
    if (type === undefined || FLOAT_TYPES.includes(type)) {
      throw new DOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError");
    }
    if (array.byteLength > QUOTA) {
      throw quotaExceeded(array.byteLength);
    }
    host.fillRandom(bytesOf(array));
    return array;
  }

  randomUUID() {
    this.#brand;
    return host.randomUUID();
  }

  /** Workers: its class is loaded when it is first used. */
  get DigestStream() {
    this.#brand;
    return load("internal:web/digest_stream").DigestStream;
  }
}

function quotaExceeded(requested) {
  return new DOMException(
    `The requested length exceeds 65,536 bytes: ${requested} were asked for.`,
    "QuotaExceededError",
  );
}

export const crypto = new Crypto(secret);

defineInterfaces({ Crypto });
defineGlobalAttribute("crypto", () => crypto);
