// Copies of values - https://html.spec.whatwg.org/#safe-passing-of-structured-data
import { platformPrototypes } from "internal:define";
import "internal:stream_transfer";
import { isArrayBuffer } from "internal:webidl";
import { clonePlatformObject, transferPlatformObject, uncloneable, untransferable } from "../web/structured_clone.js";

/** The copy of a value and the new owners of what was transferred, in order. */
export function cloneWithTransfer(value, transferList) {
  if (transferList.length === 0) {
    const cloner = new Cloner();
    const copy = cloner.clone(value, 0);
    cloner.finish();
    return { value: copy, transferred: [] };
  }
  checkTransferList(transferList);
  const cloner = new Cloner(transferList);
  const copy = cloner.clone(value, 0);
  const transferred = cloner.finish();
  return { value: resolved(copy), transferred };
}

/** A value that exists only once the transfer has taken place, after everything was read. */
class Deferred {
  value;
  constructor(make) {
    this.make = make;
  }
}

function resolved(value) {
  return value instanceof Deferred ? value.value : value;
}

/** Deeper than this, objects are filled from a list instead of by recursion, so that depth has no limit. */
const MAX_RECURSION = 100;

const ERROR_TYPES = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const UNCLONEABLE = [Promise, WeakMap, WeakSet, WeakRef, FinalizationRegistry, SharedArrayBuffer];
const TypedArray = Object.getPrototypeOf(Uint8Array);
const typedArrayName = getterOf(TypedArray.prototype, Symbol.toStringTag);
const tagOf = Object.prototype.toString;

class Cloner {
  #memory = new Map();
  /** Objects too deep to be filled by recursion. */
  #later = [];
  /** What waits for the transfer: the new owners first, then views of transferred buffers. */
  #deferred;
  /** Puts deferred values where they belong. */
  #links = [];
  #isTransferring;

  constructor(transferList = []) {
    this.#isTransferring = transferList.length > 0;
    this.#deferred = transferList.map((item) => new Deferred(() => transfer(item)));
    transferList.forEach((item, i) => this.#memory.set(item, this.#deferred[i]));
  }

  clone(value, depth) {
    switch (typeof value) {
      case "object":
        return value === null ? null : (this.#memory.get(value) ?? this.#cloneObject(value, depth));
      case "function":
      case "symbol":
        throw notCloneable(value);
      default:
        return value;
    }
  }

  /** Fills what is still empty, transfers, and links what was transferred. Returns the new owners. */
  finish() {
    for (let i = 0; i < this.#later.length; i++) {
      this.#later[i]();
    }
    const transferred = this.#deferred.filter(({ isView }) => !isView);
    for (const deferred of this.#deferred) {
      deferred.value = deferred.make();
    }
    for (const fill of this.#links) {
      fill();
    }
    return transferred.map(resolved);
  }

  #cloneObject(value, depth) {
    if (uncloneable.has(value)) throw notCloneable(value);
    if (Array.isArray(value)) {
      return this.#fillArray(value, this.#remember(value, new Array(value.length)), depth);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype || Symbol.toStringTag in value || tagOf.call(value) !== "[object Object]") {
      const special = this.#cloneSpecial(value, depth);
      if (special !== undefined) {
        return special;
      }
    }
    return this.#fill(value, this.#remember(value, {}), Object.keys(value), depth);
  }

  #remember(value, copy) {
    this.#memory.set(value, copy);
    return copy;
  }

  /** Anything but arrays and plain objects; undefined when the value is an ordinary object after all. */
  #cloneSpecial(value, depth) {
    if (ArrayBuffer.isView(value)) {
      return this.#cloneView(value);
    }
    if (isArrayBuffer(value)) {
      return this.#remember(value, copyBuffer(value));
    }
    if (clonePlatformObject in value) {
      return this.#remember(value, value[clonePlatformObject]());
    }
    if (value instanceof DOMException) {
      return this.#remember(value, copyDOMException(value));
    }
    if (Error.isError(value)) {
      return this.#cloneError(value, depth);
    }
    return this.#cloneCollection(value, depth) ?? this.#cloneWrapper(value);
  }

  #cloneCollection(value, depth) {
    const entries = brandChecked(mapEntries, value);
    if (entries !== undefined) {
      const copy = this.#remember(value, new Map());
      return this.#fillCollection(copy, entries, (key, item) => copy.set(key, item), depth);
    }
    const values = brandChecked(setValues, value);
    if (values !== undefined) {
      const copy = this.#remember(value, new Set());
      return this.#fillCollection(copy, values, (item) => copy.add(item), depth);
    }
    return undefined;
  }

  #cloneWrapper(value) {
    for (const copy of WRAPPERS) {
      const wrapped = brandChecked(copy, value);
      if (wrapped !== undefined) {
        return this.#remember(value, wrapped);
      }
    }
    if (isPlatformObject(value) || UNCLONEABLE.some((type) => value instanceof type) || hasInternalSlots(value)) {
      throw notCloneable(value);
    }
    return undefined;
  }

  #cloneView(view) {
    if (view.buffer.detached || isOutOfBounds(view)) {
      throw new DOMException("An ArrayBuffer is detached and could not be cloned.", "DataCloneError");
    }
    const type = globalThis[typedArrayName.call(view) ?? "DataView"];
    const { byteOffset } = view;
    const length = view.length ?? view.byteLength;
    const buffer = this.clone(view.buffer, 0);
    if (buffer instanceof Deferred) {
      const deferred = new Deferred(() => new type(buffer.value, byteOffset, length));
      deferred.isView = true;
      this.#deferred.push(deferred);
      return this.#remember(view, deferred);
    }
    return this.#remember(view, new type(buffer, byteOffset, length));
  }

  #cloneError(error, depth) {
    const { name } = error;
    const type = Object.hasOwn(ERROR_TYPES, String(name)) ? ERROR_TYPES[String(name)] : Error;
    const message = Object.getOwnPropertyDescriptor(error, "message");
    const text = message !== undefined && "value" in message ? String(message.value) : undefined;
    const copy = this.#remember(error, text === undefined ? new type() : new type(text));
    const { stack } = error;
    defineHidden(copy, "stack", typeof stack === "string" ? stack : "");
    if (Object.hasOwn(error, "cause")) {
      this.#put(error.cause, depth, (cause) => defineHidden(copy, "cause", cause));
    }
    return copy;
  }

  #fillArray(array, copy, depth) {
    const keys = Object.keys(array);
    if (depth > MAX_RECURSION || this.#isTransferring || keys.length !== array.length) {
      return this.#fill(array, copy, keys, depth);
    }
    for (let i = 0; i < copy.length; i++) {
      copy[i] = this.clone(array[i], depth + 1);
    }
    return copy;
  }

  #fill(source, copy, keys, depth) {
    this.#perhapsLater(depth, (inner) => {
      for (const key of keys) {
        if (Object.hasOwn(source, key)) {
          this.#put(source[key], inner, (item) => setProperty(copy, key, item));
        }
      }
    });
    return copy;
  }

  #fillCollection(copy, items, insert, depth) {
    this.#perhapsLater(depth, (inner) => {
      const copies = items.map((entry) => entry.map((item) => this.clone(item, inner)));
      if (this.#isTransferring) {
        this.#links.push(() => copies.forEach((entry) => insert(...entry.map(resolved))));
      } else {
        copies.forEach((entry) => insert(...entry));
      }
    });
    return copy;
  }

  #perhapsLater(depth, fill) {
    if (depth > MAX_RECURSION) {
      this.#later.push(() => fill(0));
    } else {
      fill(depth + 1);
    }
  }

  #put(value, depth, set) {
    const copy = this.clone(value, depth);
    set(resolved(copy));
    if (copy instanceof Deferred) {
      this.#links.push(() => set(copy.value));
    }
  }
}

/** Copies of wrapper objects, dates and regular expressions; each throws when given anything else. */
const WRAPPERS = [
  (value) => new Date(Date.prototype.getTime.call(value)),
  (value) => new RegExp(regExpSource.call(value), flagsOf(value)),
  (value) => Object(Boolean.prototype.valueOf.call(value)),
  (value) => Object(Number.prototype.valueOf.call(value)),
  (value) => Object(String.prototype.valueOf.call(value)),
  (value) => Object(BigInt.prototype.valueOf.call(value)),
  (value) => {
    Symbol.prototype.valueOf.call(value);
    throw notCloneable(value);
  },
];

const regExpSource = getterOf(RegExp.prototype, "source");
const flagGetters = ["hasIndices", "global", "ignoreCase", "multiline", "dotAll", "unicode", "unicodeSets", "sticky"].map(
  (name, i) => [getterOf(RegExp.prototype, name), "dgimsuvy"[i]],
);

/** Not `value.flags`, which a program may override. */
function flagsOf(regExp) {
  return flagGetters.map(([get, flag]) => (get.call(regExp) ? flag : "")).join("");
}

function mapEntries(value) {
  const entries = [];
  Map.prototype.forEach.call(value, (item, key) => entries.push([key, item]));
  return entries;
}

function setValues(value) {
  const values = [];
  Set.prototype.forEach.call(value, (item) => values.push([item]));
  return values;
}

/** The result of a function that throws a TypeError for values of another class; then undefined. */
function brandChecked(read, value) {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof DOMException) {
      throw error;
    }
    return undefined;
  }
}

function copyBuffer(buffer) {
  if (buffer.detached) {
    throw new DOMException("An ArrayBuffer is detached and could not be cloned.", "DataCloneError");
  }
  if (!buffer.resizable) {
    return ArrayBuffer.prototype.slice.call(buffer, 0);
  }
  const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

function isOutOfBounds(view) {
  try {
    // A DataView throws; a typed array answers 0 for everything.
    return view.byteLength === 0 && view.byteOffset > view.buffer.byteLength;
  } catch {
    return true;
  }
}

function copyDOMException({ message, name, stack }) {
  const copy = new DOMException(message, name);
  defineHidden(copy, "stack", stack);
  return copy;
}

function checkTransferList(list) {
  list.forEach((item, i) => {
    if (typeof item === "object" && item !== null && untransferable.has(item)) {
      throw new DOMException("A value could not be transferred: it is marked as untransferable.", "DataCloneError");
    }
    if (typeof item !== "object" || item === null || !(isArrayBuffer(item) || transferPlatformObject in item)) {
      throw new DOMException("A value could not be transferred: it is not transferable.", "DataCloneError");
    }
    if (list.indexOf(item) !== i) {
      throw new DOMException("A value occurs twice in the transfer list.", "DataCloneError");
    }
  });
}

function transfer(item) {
  if (!isArrayBuffer(item)) {
    return item[transferPlatformObject]();
  }
  if (item.detached) {
    throw new DOMException("An ArrayBuffer is detached and could not be transferred.", "DataCloneError");
  }
  return ArrayBuffer.prototype.transfer.call(item);
}

function isPlatformObject(value) {
  for (let prototype = Object.getPrototypeOf(value); prototype !== null; ) {
    if (platformPrototypes.has(prototype)) {
      return true;
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}

/** Generators, iterators, proxies of functions and the like say so by their built-in tag. */
function hasInternalSlots(value) {
  const tag = tagOf.call(value);
  return /^\[object (?:.* Iterator|(?:Async)?Generator|AsyncFunction|Iterator Helper)\]$/.test(tag);
}

function notCloneable(value) {
  const shown = typeof value === "object" ? tagOf.call(value).replace("[object ", "#<").replace("]", ">") : String(value);
  return new DOMException(`${shown} could not be cloned.`, "DataCloneError");
}

function setProperty(object, key, value) {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

function defineHidden(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

function getterOf(prototype, name) {
  return Object.getOwnPropertyDescriptor(prototype, name).get;
}
