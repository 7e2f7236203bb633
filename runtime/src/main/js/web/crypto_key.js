// CryptoKey - https://w3c.github.io/webcrypto/#cryptokey-interface
import { defineInterfaces, illegalConstructor } from "internal:define";
import { HeldByJava } from "internal:held_by_java";
import { USAGES } from "internal:subtle/usages";
import { clonePlatformObject } from "./structured_clone.js";
import * as host from "host:subtle";

const secret = Symbol("CryptoKey");

/** A key in Java. All clones of a CryptoKey share one; when the last is gone, so is the key. */
class Material {
  constructor(id) {
    this.id = id;
    heldKeys.add(this, id);
  }
}

export const heldKeys = new HeldByJava((id) => host.free(id));

/** From the number that stands for a key in Java. */
export let cryptoKey;
/** The number of a key in Java. */
export let keyId;
export let isCryptoKey;

export class CryptoKey {
  #material;
  #type;
  #extractable;
  #algorithm;
  #usages;

  static {
    cryptoKey = (id, { type, extractable, algorithm, usages }) =>
      new CryptoKey(secret, new Material(id), type, extractable, algorithm, ordered(usages));
    keyId = (key) => key.#material.id;
    isCryptoKey = (value) => typeof value === "object" && value !== null && #material in value;
  }

  constructor(token, material, type, extractable, algorithm, usages) {
    if (token !== secret) {
      throw illegalConstructor();
    }
    this.#material = material;
    this.#type = type;
    this.#extractable = extractable;
    this.#algorithm = algorithm;
    this.#usages = usages;
  }

  get type() {
    return this.#type;
  }

  get extractable() {
    return this.#extractable;
  }

  get algorithm() {
    return this.#algorithm;
  }

  get usages() {
    return this.#usages;
  }

  [clonePlatformObject]() {
    const { hash, publicExponent, ...algorithm } = this.#algorithm;
    if (hash !== undefined) {
      algorithm.hash = { ...hash };
    }
    if (publicExponent !== undefined) {
      algorithm.publicExponent = publicExponent.slice();
    }
    return new CryptoKey(secret, this.#material, this.#type, this.#extractable, algorithm, [...this.#usages]);
  }
}

/** Each usage once, in the standard's order. */
function ordered(usages) {
  return USAGES.filter((usage) => usages.includes(usage));
}

Object.defineProperty(CryptoKey, "length", { value: 0, configurable: true });
Object.defineProperty(CryptoKey.prototype, clonePlatformObject, { enumerable: false });
defineInterfaces({ CryptoKey });
