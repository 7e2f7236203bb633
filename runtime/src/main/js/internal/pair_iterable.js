// Web IDL's `iterable<K, V>`: entries, keys, values, forEach and @@iterator over a live list of pairs.
// https://webidl.spec.whatwg.org/#js-iterable
import { defineTag } from "internal:define";
import { codes } from "internal:node_errors";
import { isObject } from "internal:webidl";

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
      if (typeof callback !== "function") {
        throw new codes.ERR_INVALID_ARG_TYPE("callback", "function", callback);
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

/** For util.inspect: what an iterator has still to give. */
export function restOf(iterator) {
  return iterator[kRest]();
}

const kRest = Symbol("rest");

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
      if (!isObject(this) || !(#index in this)) throw new codes.ERR_INVALID_THIS(`${name}Iterator`);
      const pairs = pairsOf(this.#target);
      if (this.#index >= pairs.length) {
        return { value: undefined, done: true };
      }
      return { value: this.#valueOf(pairs[this.#index++]), done: false };
    }

    #valueOf(pair) {
      return this.#kind === ENTRY ? [pair[KEY], pair[VALUE]] : pair[this.#kind];
    }

    [kRest]() {
      if (!isObject(this) || !(#index in this)) throw new codes.ERR_INVALID_THIS(`${name}Iterator`);
      return pairsOf(this.#target).slice(this.#index).map((pair) => this.#valueOf(pair));
    }
  }

  const { prototype } = PairIterator;
  delete prototype.constructor;
  Object.setPrototypeOf(prototype, IteratorPrototype);
  Object.defineProperty(prototype, "next", { ...Object.getOwnPropertyDescriptor(prototype, "next"), enumerable: true });
  Object.defineProperty(prototype, kRest, { enumerable: false });
  defineTag(prototype, `${name} Iterator`);
  return (target, kind) => {
    pairsOf(target);
    return new PairIterator(secret, target, kind);
  };
}
