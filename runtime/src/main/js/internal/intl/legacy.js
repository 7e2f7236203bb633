// What NumberFormat and DateTimeFormat do when they are called as functions on an object of their own kind.
// https://tc39.es/ecma402/#sec-intl.numberformat "Normative Optional"

const fallback = Symbol("IntlLegacyConstructedSymbol");
const { hasInstance } = Symbol;
const ordinaryHasInstance = Function.prototype[hasInstance];

export function legacyConstructor(constructor, slots) {
  const isInstance = (value) => ordinaryHasInstance.call(constructor, value);
  return {
    chained(receiver, format) {
      if (!isInstance(receiver)) return format;
      const attributes = { __proto__: null, value: format, writable: false, enumerable: false, configurable: false };
      Object.defineProperty(receiver, fallback, attributes);
      return receiver;
    },
    unwrapped(receiver) {
      return !slots.has(receiver) && isInstance(receiver) ? receiver[fallback] : receiver;
    },
  };
}
