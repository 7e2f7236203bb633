// Headers - https://fetch.spec.whatwg.org/#headers-class
import { defineInterfaces } from "internal:define";
import { definePairIterable } from "internal:pair_iterable";
import { uncurryThis } from "internal:primordials";
import { isObject, requireArguments, sequenceFrom, toByteString, toSequence } from "internal:webidl";

const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
const OUTER_WHITESPACE = /^[\t\n\r ]+|[\t\n\r ]+$/g;
const UNUSUAL_IN_VALUES = /[^\t\x20-\x7e]/;
const SPACE = 0x20;
const FORBIDDEN_IN_VALUES = /[\0\r\n]/;
const SET_COOKIE = "set-cookie";

const { ownKeys } = Reflect;
const isEnumerable = uncurryThis(Object.prototype.propertyIsEnumerable);

/** Headers from [name, value, name, value, …] as Java hands them over, or from a function that returns that: valid. */
export let headersFromWire;
/** A list of that kind with lower-case names, for Java. */
export let headersToWire;
/** The same, joined by line feeds. */
export let headersToText;
/** Adds a value to what there is; the name is lower case, and both are valid. */
export let appendHeader;
/** Refuses changes from now on. */
export let freezeHeaders;
/** A header's value without the checks of a public call; the name must be lower case. */
export let headerValue;
/** Notes that the body which these headers came with is unpacked when it is read. */
export let markDecoded;
/** True when the headers still announce the packing that was undone; copies of such headers know it too. */
export let announceUndonePacking;
let pairsOf;

export class Headers {
  /** Lower-case name → value with its repetitions joined, or an array of values for Set-Cookie; null until needed. */
  #values = null;
  /** What came from the network, until someone looks. */
  #wire = null;
  /** Whether its names are in lower case. */
  #isLowerCase = false;
  /** Sorted and combined, until something changes. */
  #pairs = null;
  #immutable = false;
  /** The Content-Encoding that was undone. */
  #undone = null;

  static {
    headersFromWire = (flat, isLowerCase = false) => {
      const headers = new Headers();
      headers.#wire = flat;
      headers.#isLowerCase = isLowerCase;
      headers.#immutable = true;
      return headers;
    };
    headersToWire = (headers) => headers.#toWire();
    headersToText = (headers) => {
      const values = headers.#values;
      // The rule for headers that a program made.
      if (values === null || values.has(SET_COOKIE)) return headers.#toWire().join("\n");
      let text = "";
      values.forEach((value, name) => {
        text = text === "" ? `${name}\n${value}` : `${text}\n${name}\n${value}`;
      });
      return text;
    };
    appendHeader = (headers, name, value) => headers.#append(name, value);
    freezeHeaders = (headers) => {
      headers.#immutable = true;
      return headers;
    };
    headerValue = (headers, name) => headers.#value(name);
    markDecoded = (headers) => {
      headers.#undone = headers.#value("content-encoding");
    };
    announceUndonePacking = (headers) =>
      headers.#undone !== null && headers.#undone === headers.#value("content-encoding");
    pairsOf = (headers) => headers.#sorted();
  }

  constructor(init = undefined) {
    if (init !== undefined) {
      this.#fill(init);
    }
  }

  append(name, value) {
    requireArguments(arguments.length, 2, "Headers.append");
    const key = toName(name, "Headers.append");
    this.#append(key, toValue(value, "Headers.append"));
  }

  delete(name) {
    requireArguments(arguments.length, 1, "Headers.delete");
    const key = toName(name, "Headers.delete");
    this.#checkMutable();
    this.#read().delete(key);
    this.#pairs = null;
  }

  get(name) {
    requireArguments(arguments.length, 1, "Headers.get");
    const value = this.#read().get(toName(name, "Headers.get"));
    return value === undefined ? null : typeof value === "string" ? value : value.join(", ");
  }

  getSetCookie() {
    return this.#read().get(SET_COOKIE)?.slice() ?? [];
  }

  has(name) {
    requireArguments(arguments.length, 1, "Headers.has");
    return this.#read().has(toName(name, "Headers.has"));
  }

  set(name, value) {
    requireArguments(arguments.length, 2, "Headers.set");
    const key = toName(name, "Headers.set");
    const text = toValue(value, "Headers.set");
    this.#checkMutable();
    this.#read().set(key, key === SET_COOKIE ? [text] : text);
    this.#pairs = null;
  }

  #checkMutable() {
    if (this.#immutable) {
      throw new TypeError("These headers are immutable.");
    }
  }

  #append(key, text) {
    this.#checkMutable();
    add(this.#read(), key, text);
    this.#pairs = null;
  }

  #read() {
    return (this.#values ??= this.#received());
  }

  #received() {
    const values = new Map();
    const wire = this.#wire;
    if (wire !== null) {
      const flat = typeof wire === "function" ? wire() : wire;
      this.#wire = null;
      for (let i = 0; i < flat.length; i += 2) {
        add(values, flat[i].toLowerCase(), flat[i + 1]);
      }
    }
    return values;
  }

  /** Without a map where a look at what was received will do. */
  #value(name) {
    if (!this.#isAsReceived()) return this.#read().get(name);
    const at = this.#wire.indexOf(name);
    if (at < 0) return undefined;
    const isOne = at % 2 === 0 && name !== SET_COOKIE && this.#wire.indexOf(name, at + 1) < 0;
    return isOne ? this.#wire[at + 1] : this.#read().get(name);
  }

  #isAsReceived() {
    return this.#values === null && this.#isLowerCase;
  }

  #toWire() {
    if (this.#isAsReceived()) return this.#wire.slice();
    const flat = [];
    for (const [name, value] of this.#read()) {
      if (typeof value === "string") {
        flat.push(name, value);
      } else {
        value.forEach((cookie) => flat.push(name, cookie));
      }
    }
    return flat;
  }

  #sorted() {
    this.#pairs ??= [...this.#read()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : value.map((one) => [name, one])));
    return this.#pairs;
  }

  #fill(init) {
    if (!isObject(init)) {
      throw new TypeError("Headers constructor: the argument is neither a sequence nor an object.");
    }
    const iterator = init[Symbol.iterator];
    if (#values in init && iterator === Headers.prototype.entries) {
      this.#undone = init.#undone;
      this.#values = new Map();
      init.#read().forEach((value, name) => this.#values.set(name, typeof value === "string" ? value : value.slice()));
    } else if (iterator !== undefined && iterator !== null) {
      this.#fillFromPairs(init, iterator);
    } else {
      this.#fillFromRecord(init);
    }
  }

  #fillFromPairs(init, iterator) {
    const pairs = sequenceFrom(init, iterator, (item) => {
      const pair = isObject(item) ? toSequence(item, "Headers constructor: an element", toHeaderText) : [];
      if (pair.length !== 2) {
        throw new TypeError("Headers constructor: an element is not a [name, value] pair.");
      }
      return pair;
    });
    for (const [name, value] of pairs) {
      this.#append(toName(name, "Headers constructor"), toValue(value, "Headers constructor"));
    }
  }

  /** All names and values are converted before the first is looked at, as the standard has it. */
  #fillFromRecord(record) {
    const found = [];
    for (const key of ownKeys(record)) {
      if (isEnumerable(record, key)) {
        const name = knownNames.has(key) ? key : toByteString(key, "Headers constructor");
        const value = record[key];
        const isUsual = isUsualValue(value);
        found.push(name, isUsual ? value : toByteString(value, "Headers constructor"), isUsual);
      }
    }
    for (let i = 0; i < found.length; i += 3) {
      const key = toName(found[i], "Headers constructor");
      this.#append(key, found[i + 2] ? found[i + 1] : toValue(found[i + 1], "Headers constructor"));
    }
  }
}

function toHeaderText(value) {
  return toByteString(value, "Headers constructor");
}

function add(values, key, text) {
  const known = values.get(key);
  if (key === SET_COOKIE) {
    if (known === undefined) {
      values.set(key, [text]);
    } else {
      known.push(text);
    }
  } else {
    values.set(key, known === undefined ? text : `${known}, ${text}`);
  }
}

/** Names seen before: most programs use few, and checking one costs more than finding it. */
const knownNames = new Map();
const MAX_KNOWN_NAMES = 500;

function toName(name, where) {
  return knownNames.get(name) ?? toNewName(name, where);
}

function toNewName(name, where) {
  const text = toByteString(name, where);
  if (!TOKEN.test(text)) {
    throw new TypeError(`${where}: "${text}" is an invalid header name.`);
  }
  const key = text.toLowerCase();
  if (knownNames.size < MAX_KNOWN_NAMES && typeof name === "string") {
    knownNames.set(name, key);
  }
  return key;
}

/** True for a string that is a header's value as it is. */
function isUsualValue(value) {
  return (
    typeof value === "string" &&
    value.charCodeAt(0) > SPACE &&
    value.charCodeAt(value.length - 1) > SPACE &&
    !UNUSUAL_IN_VALUES.test(value)
  );
}

function toValue(value, where) {
  if (isUsualValue(value)) {
    return value;
  }
  const text = toByteString(value, where).replace(OUTER_WHITESPACE, "");
  if (FORBIDDEN_IN_VALUES.test(text)) {
    throw new TypeError(`${where}: the header value holds a line break or NUL.`);
  }
  return text;
}

defineInterfaces({ Headers });
definePairIterable(Headers, "Headers", pairsOf);
