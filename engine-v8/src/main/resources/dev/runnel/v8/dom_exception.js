// DOMException, which V8 leaves to its embedder - https://webidl.spec.whatwg.org/#idl-DOMException
(() => {
  "use strict";
  const { captureStackTrace } = Error;
  const { construct } = Reflect;
  const { defineProperty } = Object;

  // Names with a legacy code, by that code.
  const LEGACY = [
    "IndexSizeError", "DOMStringSizeError", "HierarchyRequestError", "WrongDocumentError",
    "InvalidCharacterError", "NoDataAllowedError", "NoModificationAllowedError", "NotFoundError",
    "NotSupportedError", "InUseAttributeError", "InvalidStateError", "SyntaxError",
    "InvalidModificationError", "NamespaceError", "InvalidAccessError", "ValidationError",
    "TypeMismatchError", "SecurityError", "NetworkError", "AbortError", "URLMismatchError",
    "QuotaExceededError", "TimeoutError", "InvalidNodeTypeError", "DataCloneError",
  ];
  const CODES = { __proto__: null };
  const UNUSED = ["DOMStringSizeError", "NoDataAllowedError", "ValidationError"];

  // Its fields sit on real errors, so that Error.isError knows them.
  class Fields extends (function (error) { return error; }) {
    #name;
    #message;
    constructor(error, name, message) {
      super(error);
      this.#name = name;
      this.#message = message;
    }
    static name(error) {
      return error.#name;
    }
    static message(error) {
      return error.#message;
    }
  }

  class DOMException {
    constructor(message = "", options = "Error") {
      const hasOptions = options !== null && (typeof options === "object" || typeof options === "function");
      const name = hasOptions ? options.name : options;
      const error = construct(Error, [], new.target);
      new Fields(error, name === undefined ? "Error" : `${name}`, `${message}`);
      if (hasOptions && "cause" in options) {
        defineProperty(error, "cause", {
          __proto__: null, value: options.cause, writable: true, enumerable: false, configurable: true,
        });
      }
      captureStackTrace(error, new.target);
      return error;
    }

    get name() {
      return Fields.name(this);
    }

    get message() {
      return Fields.message(this);
    }

    get code() {
      return CODES[Fields.name(this)] ?? 0;
    }
  }

  Object.setPrototypeOf(DOMException.prototype, Error.prototype);
  for (const name of ["name", "message", "code"]) {
    defineProperty(DOMException.prototype, name, { enumerable: true });
  }
  defineProperty(DOMException.prototype, Symbol.toStringTag, { value: "DOMException", configurable: true });
  const CONSTANTS = {
    DOMStringSizeError: "DOMSTRING_SIZE_ERR",
    InUseAttributeError: "INUSE_ATTRIBUTE_ERR",
    URLMismatchError: "URL_MISMATCH_ERR",
  };
  LEGACY.forEach((name, i) => {
    if (!UNUSED.includes(name)) CODES[name] = i + 1;
    const constant =
      CONSTANTS[name] ?? name.replace(/Error$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase() + "_ERR";
    const property = { value: i + 1, enumerable: true };
    defineProperty(DOMException, constant, property);
    defineProperty(DOMException.prototype, constant, property);
  });
  defineProperty(globalThis, "DOMException", {
    value: DOMException, writable: true, enumerable: false, configurable: true,
  });
})();
