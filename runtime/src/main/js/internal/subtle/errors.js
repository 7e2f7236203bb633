// The errors of Web Cryptography, by the names the standard has for them.
function thrower(name) {
  return (message) => {
    throw new DOMException(message, name);
  };
}

export const dataError = thrower("DataError");
export const invalidAccess = thrower("InvalidAccessError");
export const notSupported = thrower("NotSupportedError");
export const operationError = thrower("OperationError");
export const syntaxError = thrower("SyntaxError");
