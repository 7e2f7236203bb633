// URLSearchParams - https://url.spec.whatwg.org/#interface-urlsearchparams
import { defineInterfaces } from "internal:define";
import { definePairIterable } from "internal:pair_iterable";
import { isObject, requireArguments, sequenceFrom, toSequence, toUSVString } from "internal:webidl";
import { decodeForm, encodeForm } from "internal:form_urlencoded";

/** For url.js: connects params to a URL, and refills them when its query changes. */
export let connect;
export let refill;
let pairsOf;

export class URLSearchParams {
  #pairs = [];
  /** Called with the new serialization after each change. */
  #onchange = null;

  static {
    pairsOf = (params) => params.#pairs;
    connect = (params, onchange) => (params.#onchange = onchange);
    refill = (params, query) => (params.#pairs = decodeForm(query));
  }

  constructor(init = "") {
    this.#pairs = isObject(init) ? pairsFrom(init) : fromString(toUSVString(init));
  }

  get size() {
    return this.#pairs.length;
  }

  append(name, value) {
    requireArguments(arguments.length, 2, "URLSearchParams.append");
    this.#pairs.push([toUSVString(name), toUSVString(value)]);
    this.#changed();
  }

  delete(name, value = undefined) {
    requireArguments(arguments.length, 1, "URLSearchParams.delete");
    const matches = matcher(name, value);
    this.#pairs = this.#pairs.filter((pair) => !matches(pair));
    this.#changed();
  }

  get(name) {
    requireArguments(arguments.length, 1, "URLSearchParams.get");
    const wanted = toUSVString(name);
    return this.#pairs.find(([key]) => key === wanted)?.[1] ?? null;
  }

  getAll(name) {
    requireArguments(arguments.length, 1, "URLSearchParams.getAll");
    const wanted = toUSVString(name);
    return this.#pairs.filter(([key]) => key === wanted).map(([, value]) => value);
  }

  has(name, value = undefined) {
    requireArguments(arguments.length, 1, "URLSearchParams.has");
    return this.#pairs.some(matcher(name, value));
  }

  set(name, value) {
    requireArguments(arguments.length, 2, "URLSearchParams.set");
    const key = toUSVString(name);
    const pair = [key, toUSVString(value)];
    const first = this.#pairs.findIndex(([other]) => other === key);
    if (first < 0) {
      this.#pairs.push(pair);
    } else {
      this.#pairs = this.#pairs.filter(([other], i) => i <= first || other !== key);
      this.#pairs[first] = pair;
    }
    this.#changed();
  }

  sort() {
    // Array.prototype.sort is stable, and < compares code units, as the standard asks.
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  toString() {
    return encodeForm(this.#pairs);
  }

  #changed() {
    this.#onchange?.(encodeForm(this.#pairs));
  }
}

function matcher(name, value) {
  const key = toUSVString(name);
  if (value === undefined) {
    return ([other]) => other === key;
  }
  const text = toUSVString(value);
  return ([otherName, otherValue]) => otherName === key && otherValue === text;
}

function fromString(text) {
  return decodeForm(text.startsWith("?") ? text.slice(1) : text);
}

function pairsFrom(init) {
  const iterator = init[Symbol.iterator];
  if (iterator === undefined || iterator === null) {
    return fromRecord(init);
  }
  if (typeof iterator !== "function") {
    throw new TypeError("URLSearchParams constructor: the argument is not iterable.");
  }
  return sequenceFrom(init, iterator, (item) => {
    const pair = toSequence(item, "URLSearchParams constructor: an element", toUSVString);
    if (pair.length !== 2) {
      throw new TypeError("URLSearchParams constructor: an element is not a [name, value] pair.");
    }
    return pair;
  });
}

/** Two keys may become the same USVString; the last one wins, in the first one's place. */
function fromRecord(record) {
  const pairs = new Map();
  for (const key of Reflect.ownKeys(record)) {
    if (Object.getOwnPropertyDescriptor(record, key)?.enumerable) {
      pairs.set(toUSVString(key), toUSVString(record[key]));
    }
  }
  return [...pairs];
}

defineInterfaces({ URLSearchParams });
definePairIterable(URLSearchParams, "URLSearchParams", pairsOf);
