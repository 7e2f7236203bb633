/** Makes util.promisify(fn) answer with its promise version. */
export function customPromisify(fn, promised) {
  Object.defineProperty(fn, Symbol.for("nodejs.util.promisify.custom"), {
    value: promised,
    configurable: true,
    enumerable: true,
  });
}
