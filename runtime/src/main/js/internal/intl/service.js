// What the constructors of Intl have in common: their shape and their internal slots.
import { defineTag } from "internal:define";

/** Lets a subclass put its private fields onto any object. */
class Stamp {
  constructor(object) {
    return object;
  }
}

/** Internal slots that only objects of one kind have. name is the interface's, for messages. */
export function internalSlots(name) {
  class Slots extends Stamp {
    #values;

    constructor(object, values) {
      super(object);
      this.#values = values;
    }

    static has(value) {
      return typeof value === "object" && value !== null && #values in value;
    }

    static read(object) {
      return object.#values;
    }
  }
  return {
    has: Slots.has,
    set: (object, values) => new Slots(object, values),
    /** The slots of a method's receiver. */
    get(receiver, method) {
      if (!Slots.has(receiver)) throw incompatible(name, method);
      return Slots.read(receiver);
    },
  };
}

function incompatible(name, method) {
  return new TypeError(`Method ${name}.prototype.${method} called on incompatible receiver`);
}

/** OrdinaryCreateFromConstructor: newTarget's prototype, or that of the constructor itself. */
export function createFrom(newTarget, constructor) {
  const { prototype } = newTarget;
  const isObject = (typeof prototype === "object" && prototype !== null) || typeof prototype === "function";
  return Object.create(isObject ? prototype : constructor.prototype);
}

/** Throws when a constructor that needs `new` was called without. */
export function requireNew(newTarget, name) {
  if (newTarget === undefined) throw new TypeError(`Constructor ${name} requires 'new'`);
}

/** Copies methods and accessors, not enumerable as built-ins are. */
export function defineMembers(target, members) {
  for (const key of Reflect.ownKeys(members)) {
    const descriptor = { __proto__: null, ...Object.getOwnPropertyDescriptor(members, key), enumerable: false };
    Object.defineProperty(target, key, descriptor);
  }
}

/** Gives a constructor the shape of Intl's: prototype, its members and tag, statics. */
export function shape(constructor, name, { members, statics = {} }) {
  Object.defineProperty(constructor, "name", attributes(name));
  Object.defineProperty(constructor, "length", attributes(constructor.length));
  Object.defineProperty(constructor, "prototype", { __proto__: null, writable: false });
  defineMembers(constructor, statics);
  defineMembers(constructor.prototype, members);
  defineTag(constructor.prototype, `Intl.${name}`);
}

function attributes(value) {
  return { __proto__: null, value, writable: false, enumerable: false, configurable: true };
}

/** Settings of an object as the host reads them. Members that are undefined are left out. */
export function settingsOf(values) {
  return JSON.stringify({ __proto__: null, ...values });
}

/** [{ type, value }] of the host's flat list. */
export function partsOf(json, extra) {
  const flat = JSON.parse(json);
  return Array.from({ length: flat.length / 2 }, (_, i) => {
    const part = { type: flat[2 * i], value: flat[2 * i + 1] };
    return extra === undefined ? part : extra(part);
  });
}

/** [{ type, value, source }] of the host's flat list for a range. */
export function rangePartsOf(json) {
  const flat = JSON.parse(json);
  return Array.from({ length: flat.length / 3 }, (_, i) => ({
    type: flat[3 * i],
    value: flat[3 * i + 1],
    source: flat[3 * i + 2],
  }));
}

/** The host's list of words. */
export function wordsOf(text) {
  return text === "" ? [] : text.split(" ");
}

/** Without what is undefined. */
export function shown(values) {
  const options = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) Object.defineProperty(options, name, data(value));
  }
  return options;
}

function data(value) {
  return { __proto__: null, value, writable: true, enumerable: true, configurable: true };
}
