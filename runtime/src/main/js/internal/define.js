// Puts interfaces, operations and attributes where Web IDL wants them, with its property attributes.
// https://webidl.spec.whatwg.org/#js-interfaces

/** Prototypes of all our interfaces: structured clone refuses their instances unless they say how. */
export const platformPrototypes = new Set();

/**
 * Globals: writable and configurable; operations (functions with a lower-case name) are enumerable, interface objects
 * and namespaces are not.
 */
export function defineGlobals(values) {
  for (const [name, value] of Object.entries(values)) {
    const isFunction = typeof value === "function";
    if (isFunction) {
      restoreName(value, name);
    }
    const enumerable = isFunction && !/^[A-Z]/.test(name);
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable, configurable: true });
  }
}

/** The bundler renames what would hide a global that another file uses. */
function restoreName(fn, name) {
  if (fn.name !== name) {
    Object.defineProperty(fn, "name", { value: name, writable: false, enumerable: false, configurable: true });
  }
}

/**
 * Globals whose values are made when they are first used: until then they are accessors, then what defineGlobals makes
 * of an interface object. get(name) is the value.
 */
export function defineGlobalsLazily(names, get) {
  for (const name of names) {
    const define = (value) =>
      Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
    Object.defineProperty(globalThis, name, {
      get() {
        const value = get(name);
        define(value);
        return value;
      },
      set: define,
      enumerable: false,
      configurable: true,
    });
  }
}

/** A read-only attribute of the global scope that a program may replace, such as `crypto`; read() is its value. */
export function defineGlobalAttribute(name, read) {
  const accessors = {
    get [name]() {
      return read();
    },
    set [name](replacement) {
      const attributes = { value: replacement, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(globalThis, name, attributes);
    },
  };
  const { get, set } = Object.getOwnPropertyDescriptor(accessors, name);
  Object.defineProperty(globalThis, name, { get, set, enumerable: true, configurable: true });
}

/** Makes classes Web IDL interfaces, enumerable members and a toStringTag, and globals under their keys. */
export function defineInterfaces(types) {
  for (const [name, type] of Object.entries(types)) {
    defineHiddenInterface(name, type);
  }
  defineGlobals(types);
}

/** The same for a class that is no global, such as an iterator's, or that a lazy global is going to be. */
export function defineHiddenInterface(name, type) {
  restoreName(type, name);
  makeEnumerable(type.prototype, ["constructor"]);
  makeEnumerable(type, ["length", "name", "prototype"]);
  defineTag(type.prototype, name);
  platformPrototypes.add(type.prototype);
}

/** Web IDL constants stand on the interface and on its prototype. */
export function defineConstants(type, constants) {
  for (const [name, value] of Object.entries(constants)) {
    const attributes = { value, writable: false, enumerable: true, configurable: false };
    Object.defineProperty(type, name, attributes);
    Object.defineProperty(type.prototype, name, attributes);
  }
}

export function defineTag(prototype, name) {
  Object.defineProperty(prototype, Symbol.toStringTag, {
    value: name,
    writable: false,
    enumerable: false,
    configurable: true,
  });
}

/** An iterable declaration `iterable<K, V>`: keys, values, forEach, and @@iterator as an alias of entries. */
export function defineAlias(prototype, alias, name) {
  Object.defineProperty(prototype, alias, {
    value: prototype[name],
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

export function illegalConstructor() {
  return new TypeError("Illegal constructor");
}

function makeEnumerable(object, except) {
  for (const key of Object.getOwnPropertyNames(object)) {
    const attributes = Object.getOwnPropertyDescriptor(object, key);
    if (!except.includes(key) && attributes.configurable) {
      Object.defineProperty(object, key, { ...attributes, enumerable: true });
    }
  }
}
