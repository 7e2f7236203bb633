// Web IDL's `iterable<K, V>`: entries, keys, values, forEach and @@iterator over a live list of pairs.
// https://webidl.spec.whatwg.org/#js-iterable
import { defineTag } from "internal:define";
import { requireArguments } from "internal:webidl";

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const KEY = 0;
const VALUE = 1;
const ENTRY = 2;

/**
 * Adds the members to a class. pairsOf(object) returns its [name, value] pairs as they are now, and throws a TypeError
 * for an object of another class.
 */
export function definePairIterable(type, name, pairsOf) {
  const createIterator = iteratorsOver(name, pairsOf);
  const members = {
    entries() {
      return createIterator(this, ENTRY);
    },
    keys() {
      return createIterator(this, KEY);
    },
    values() {
      return createIterator(this, VALUE);
    },
    forEach(callback, thisArg = undefined) {
      pairsOf(this);
      requireArguments(arguments.length, 1, `${name}.forEach`);
      if (typeof callback !== "function") {
        throw new TypeError(`${name}.forEach: the callback is not a function.`);
      }
      for (let i = 0; i < pairsOf(this).length; i++) {
        const [key, value] = pairsOf(this)[i];
        callback.call(thisArg, value, key, this);
      }
    },
  };
  const attributes = { writable: true, enumerable: true, configurable: true };
  for (const [key, value] of Object.entries(members)) {
    Object.defineProperty(type.prototype, key, { ...attributes, value });
  }
  Object.defineProperty(type.prototype, Symbol.iterator, { ...attributes, enumerable: false, value: members.entries });
}

function iteratorsOver(name, pairsOf) {
  const secret = Symbol(name);

  class PairIterator {
    #target;
    #kind;
    #index = 0;

    constructor(key, target, kind) {
      if (key !== secret) {
        throw new TypeError("Illegal constructor");
      }
      this.#target = target;
      this.#kind = kind;
    }

    next() {
      const pairs = pairsOf(this.#target);
      if (this.#index >= pairs.length) {
        return { value: undefined, done: true };
      }
      const pair = pairs[this.#index++];
      const value = this.#kind === ENTRY ? [pair[KEY], pair[VALUE]] : pair[this.#kind];
      return { value, done: false };
    }
  }

  const { prototype } = PairIterator;
  delete prototype.constructor;
  Object.setPrototypeOf(prototype, IteratorPrototype);
  Object.defineProperty(prototype, "next", { ...Object.getOwnPropertyDescriptor(prototype, "next"), enumerable: true });
  defineTag(prototype, `${name} Iterator`);
  return (target, kind) => {
    pairsOf(target);
    return new PairIterator(secret, target, kind);
  };
}
