// The functions that the engine calls, captured before a program can patch what they use.
(() => {
  "use strict";
  const { BigInt, Error, RangeError, Reflect, SyntaxError, TypeError } = globalThis;
  const { defineProperty, freeze } = Object;
  const captureStackTrace = Error.captureStackTrace;

  const classes = { __proto__: null, RANGE_ERROR: RangeError, SYNTAX_ERROR: SyntaxError, TYPE_ERROR: TypeError };

  // What Node's own errno table holds for Linux (and libuv's own numbers below -3000).
  const errnos = {
    __proto__: null, EPERM: -1, ENOENT: -2, ESRCH: -3, EINTR: -4, EIO: -5, EBADF: -9, EAGAIN: -11,
    ENOMEM: -12, EACCES: -13, EBUSY: -16, EEXIST: -17, EXDEV: -18, ENOTDIR: -20, EISDIR: -21,
    EINVAL: -22, ENFILE: -23, EMFILE: -24, EFBIG: -27, ENOSPC: -28, ESPIPE: -29, EROFS: -30,
    EMLINK: -31, EPIPE: -32, ENAMETOOLONG: -36, ENOSYS: -38, ENOTEMPTY: -39, ELOOP: -40,
    EADDRINUSE: -98, EADDRNOTAVAIL: -99, ENETUNREACH: -101, ECONNABORTED: -103, ECONNRESET: -104,
    ENOTCONN: -107, ETIMEDOUT: -110, ECONNREFUSED: -111, EHOSTUNREACH: -113, ENOTSUP: -95,
    EAI_AGAIN: -3001, ENOTFOUND: -3008, ECANCELED: -125,
  };

  const set = (error, name, value) =>
    defineProperty(error, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });

  function makeError(kind, code, message, syscall, path) {
    if (kind === "DOM_EXCEPTION") {
      const DOMException = Reflect.get(globalThis, "DOMException");
      if (typeof DOMException === "function") return new DOMException(message, code);
    }
    const error = new (classes[kind] ?? Error)(message);
    captureStackTrace(error, makeError);
    if (kind === "DOM_EXCEPTION") {
      defineProperty(error, "name", { __proto__: null, value: code, writable: true, configurable: true });
      return error;
    }
    if (kind === "SYSTEM_ERROR" && code in errnos) set(error, "errno", errnos[code]);
    if (code !== "") set(error, "code", code);
    if (syscall !== "") set(error, "syscall", syscall);
    if (path !== "") set(error, "path", path);
    return error;
  }

  return freeze([makeError, BigInt]);
})();
