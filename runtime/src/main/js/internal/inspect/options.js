// What util.inspect can be told.
export const CUSTOM = Symbol.for("nodejs.util.inspect.custom");

/** util.inspect.defaultOptions: programs may change them. */
export const defaults = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});
