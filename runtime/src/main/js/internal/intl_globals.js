// Intl and the locale-sensitive methods where the engine has none of its own: small functions that load the rest when
// they are first called.
import { load } from "internal:builtins";
import { defineGlobalsLazily } from "internal:define";
import { uncurryThis } from "internal:primordials";

const MODULE = "internal:intl";
const numberValue = uncurryThis(Number.prototype.valueOf);
const bigintValue = uncurryThis(BigInt.prototype.valueOf);
const timeValue = uncurryThis(Date.prototype.getTime);

function requireObjectCoercible(value) {
  if (value === undefined || value === null) {
    throw new TypeError("The method was called on null or undefined");
  }
  return value;
}

function thisString(value) {
  return `${requireObjectCoercible(value)}`;
}

// Parameters that don't count for a function's length are read from its arguments.
const METHODS = [
  [
    Number.prototype,
    {
      toLocaleString() {
        const [locales, options] = arguments;
        return load(MODULE).numberToLocaleString(numberValue(this), locales, options);
      },
    },
  ],
  [
    BigInt.prototype,
    {
      toLocaleString() {
        const [locales, options] = arguments;
        return load(MODULE).numberToLocaleString(bigintValue(this), locales, options);
      },
    },
  ],
  [
    Date.prototype,
    {
      toLocaleString() {
        const [locales, options] = arguments;
        return load(MODULE).dateToLocaleString("all", timeValue(this), locales, options);
      },
      toLocaleDateString() {
        const [locales, options] = arguments;
        return load(MODULE).dateToLocaleString("date", timeValue(this), locales, options);
      },
      toLocaleTimeString() {
        const [locales, options] = arguments;
        return load(MODULE).dateToLocaleString("time", timeValue(this), locales, options);
      },
    },
  ],
  [
    String.prototype,
    {
      localeCompare(that) {
        const [, locales, options] = arguments;
        return load(MODULE).localeCompare(thisString(this), `${that}`, locales, options);
      },
      toLocaleLowerCase() {
        const [locales] = arguments;
        return load(MODULE).toLocaleLowerCase(thisString(this), locales);
      },
      toLocaleUpperCase() {
        const [locales] = arguments;
        return load(MODULE).toLocaleUpperCase(thisString(this), locales);
      },
    },
  ],
];

/** Arrays that are being joined: one inside of itself is empty there, as with join(). */
const open = [];

function joined(array, length, locales, options) {
  if (open.includes(array)) return "";
  open[open.length] = array;
  try {
    let text = "";
    for (let i = 0; i < length; i++) {
      const element = array[i];
      const isNothing = element === undefined || element === null;
      text += `${i === 0 ? "" : ","}${isNothing ? "" : element.toLocaleString(locales, options)}`;
    }
    return text;
  } finally {
    open.length--;
  }
}

const TypedArray = Object.getPrototypeOf(Uint8Array);
const typedArrayKeys = uncurryThis(TypedArray.prototype.keys);
const typedArrayLength = uncurryThis(Object.getOwnPropertyDescriptor(TypedArray.prototype, "length").get);

const ARRAY_METHODS = [
  [
    Array.prototype,
    {
      toLocaleString() {
        const [locales, options] = arguments;
        const array = Object(requireObjectCoercible(this));
        const length = Math.trunc(Number(array.length));
        return joined(array, length > 0 ? length : 0, locales, options);
      },
    },
  ],
  [
    TypedArray.prototype,
    {
      toLocaleString() {
        const [locales, options] = arguments;
        typedArrayKeys(this); // Throws for what isn't a typed array, or detached.
        return joined(this, typedArrayLength(this), locales, options);
      },
    },
  ],
];

if (globalThis.Intl === undefined) {
  defineGlobalsLazily(["Intl"], () => load(MODULE).Intl);
  for (const [prototype, methods] of [...METHODS, ...ARRAY_METHODS]) replaceMethods(prototype, methods);
}

/** Each keeps its property's attributes. */
function replaceMethods(prototype, methods) {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true });
  }
}
