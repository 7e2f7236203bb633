// DOMException - https://webidl.spec.whatwg.org/#idl-DOMException
// The engine's own is right but for one thing: Error.isError must know it.
const nativeIsError = Error.isError;
const { get: nameOf } = Object.getOwnPropertyDescriptor(DOMException.prototype, "name");

const { isError } = {
  isError(value) {
    return nativeIsError(value) || isDOMException(value);
  },
};

/** True for real ones only, whatever their prototype. */
export function isDOMException(value) {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  try {
    nameOf.call(value);
    return true;
  } catch {
    return false;
  }
}

Object.defineProperty(Error, "isError", { value: isError, writable: true, enumerable: false, configurable: true });
