// URLSearchParams - https://url.spec.whatwg.org/#interface-urlsearchparams
import { defineInterfaces } from "internal:define";
import { definePairIterable } from "internal:pair_iterable";
import { codes, nodeError } from "internal:node_errors";
import { isObject, sequenceFrom, toUSVString } from "internal:webidl";
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
    pairsOf = (params) => {
      if (!isObject(params) || !(#pairs in params)) throw new codes.ERR_INVALID_THIS("URLSearchParams");
      return params.#pairs;
    };
    connect = (params, onchange) => (params.#onchange = onchange);
    refill = (params, query) => (params.#pairs = decodeForm(query));
  }

  constructor(init = "") {
    this.#pairs = isObject(init) ? pairsFrom(init) : fromString(toUSVString(init));
  }

  get size() {
    return pairsOf(this).length;
  }

  append(name, value) {
    const pairs = pairsOf(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS("name", "value");
    pairs.push([toUSVString(name), toUSVString(value)]);
    this.#changed();
  }

  delete(name, value = undefined) {
    const pairs = pairsOf(this);
    requireName(arguments.length);
    const matches = matcher(name, value);
    this.#pairs = pairs.filter((pair) => !matches(pair));
    this.#changed();
  }

  get(name) {
    const pairs = pairsOf(this);
    requireName(arguments.length);
    const wanted = toUSVString(name);
    return pairs.find(([key]) => key === wanted)?.[1] ?? null;
  }

  getAll(name) {
    const pairs = pairsOf(this);
    requireName(arguments.length);
    const wanted = toUSVString(name);
    return pairs.filter(([key]) => key === wanted).map(([, value]) => value);
  }

  has(name, value = undefined) {
    const pairs = pairsOf(this);
    requireName(arguments.length);
    return pairs.some(matcher(name, value));
  }

  set(name, value) {
    pairsOf(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS("name", "value");
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
    pairsOf(this).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  toString() {
    return encodeForm(pairsOf(this));
  }

  #changed() {
    this.#onchange?.(encodeForm(this.#pairs));
  }
}

/** As on Node, whose codes programs look at. */
function requireName(given) {
  if (given < 1) throw new codes.ERR_MISSING_ARGS("name");
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
    throw nodeError("ERR_ARG_NOT_ITERABLE", "Query pairs must be iterable", TypeError);
  }
  return sequenceFrom(init, iterator, (item) => {
    const method = isObject(item) ? item[Symbol.iterator] : undefined;
    if (typeof method !== "function") throw notATuple();
    const pair = sequenceFrom(item, method, toUSVString);
    if (pair.length !== 2) throw notATuple();
    return pair;
  });
}

function notATuple() {
  return nodeError("ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple", TypeError);
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
