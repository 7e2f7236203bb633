// The guest's half of the boundary, evaluated first in each isolate, before a program can patch what it
// uses. Only primitives and ArrayBuffers cross into Java; a tag in the shared words says what each stands
// for. Texts are left in room of their own, and objects stay here, under a number. Java's half is Boundary.java.
(function (dispatch, buffer, mailbox, encodeText, textRoom, getFrame, setFrame) {
  "use strict";
  const words = new Int32Array(buffer);
  const { ArrayBuffer, DataView, Error, RangeError, SyntaxError, TypeError, Uint8Array, Promise } = globalThis;
  const { BigInt, String, WebAssembly } = globalThis;
  const { apply, get: reflectGet } = Reflect;
  const { create, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { captureStackTrace } = Error;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const getter = (object, name) => uncurry(getOwnPropertyDescriptor(object, name).get);

  // ---- The shared words: see Words.java ----

  const OUTCOME = 0;
  const LENGTHS = 1;
  const JOB_ERRORS = 8;
  const REJECTIONS = 9;
  const CALLED = 10;
  const ARGUMENTS = 11;
  const TAGS = 16;
  const MOST_VALUES = (words.length - TAGS) / 4;

  const RETURNED = 0;
  const THREW = 1;
  const STOPPED = 2;
  const THREW_VALUE = 3;

  const PLAIN = 0;
  const BYTES = 1;
  const OBJECT = 2;
  const FUNCTION = 3;
  const SYMBOL = 4;
  const BIG_INT = 5;
  const INTEGER = 6;
  const TEXT = 7;

  // ---- Objects that Java carries, by number ----

  const objects = [undefined];
  const free = [];

  function hold(value) {
    const id = free.length > 0 ? free.pop() : objects.length;
    objects[id] = value;
    return id;
  }

  function forget(id) {
    objects[id] = undefined;
    free.push(id);
  }

  // ---- Values ----

  const TypedArray = getPrototypeOf(Uint8Array);
  const isView = ArrayBuffer.isView;
  const isTyped = getter(TypedArray.prototype, Symbol.toStringTag);
  const typedBuffer = getter(TypedArray.prototype, "buffer");
  const typedOffset = getter(TypedArray.prototype, "byteOffset");
  const typedLength = getter(TypedArray.prototype, "byteLength");
  const dataBuffer = getter(DataView.prototype, "buffer");
  const dataOffset = getter(DataView.prototype, "byteOffset");
  const dataLength = getter(DataView.prototype, "byteLength");
  const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
  const sharedLength = getter(SharedArrayBuffer.prototype, "byteLength");

  function tag(index, kind, offset = 0, length = 0) {
    const at = TAGS + 4 * index;
    words[at] = kind;
    words[at + 1] = offset;
    words[at + 2] = length;
  }

  /** What crosses in place of a value; its tag says what it stands for. */
  function send(value, index) {
    if (index === 0) textEnd = 0;
    switch (typeof value) {
      case "string":
        return sendText(value, index);
      case "object":
        if (value !== null) return sendObject(value, index);
        break;
      case "function":
        tag(index, FUNCTION);
        return hold(value);
      case "symbol":
        tag(index, SYMBOL);
        return hold(value);
      case "bigint":
        tag(index, BIG_INT);
        return `${value}`;
    }
    words[TAGS + 4 * index] = PLAIN;
    return value;
  }

  const MOST_BYTES_PER_UNIT = 3;

  /** Where the next text goes. Java has read those before when there is a first value again. */
  let textEnd = 0;

  function sendText(text, index) {
    if (MOST_BYTES_PER_UNIT * text.length <= textRoom - textEnd) {
      try {
        const length = encodeText(text, textEnd);
        tag(index, TEXT, textEnd, length);
        textEnd += length;
        return undefined;
      } catch {
        // Half of a surrogate pair stands alone, for which there is no UTF-8.
      }
    }
    words[TAGS + 4 * index] = PLAIN;
    return text;
  }

  function sendObject(value, index) {
    if (isView(value)) {
      return isTyped(value) === undefined
        ? sendBytes(index, dataBuffer(value), dataOffset, dataLength, value)
        : sendBytes(index, typedBuffer(value), typedOffset, typedLength, value);
    }
    const length = lengthOfBuffer(value);
    if (length >= 0) {
      tag(index, BYTES, 0, length);
      return length === 0 ? null : value;
    }
    tag(index, OBJECT);
    return hold(value);
  }

  function sendBytes(index, buffer, offset, length, view) {
    let bytes = 0;
    try {
      bytes = length(view);
    } catch {
      // A DataView on a detached buffer.
    }
    tag(index, BYTES, bytes === 0 ? 0 : offset(view), bytes);
    return bytes === 0 ? null : buffer;
  }

  function lengthOfBuffer(value) {
    try {
      return bufferLength(value);
    } catch {
      try {
        return sharedLength(value);
      } catch {
        return -1;
      }
    }
  }

  /** The value that what came from Java stands for. */
  function receive(value, index) {
    switch (words[TAGS + 4 * index]) {
      case PLAIN:
        return value;
      case BYTES:
        return new Uint8Array(value);
      case BIG_INT:
        return BigInt(value);
      default:
        return objects[value];
    }
  }

  // ---- Errors ----

  const split = uncurry(String.prototype.slice);
  const classes = { __proto__: null, RANGE_ERROR: RangeError, SYNTAX_ERROR: SyntaxError, TYPE_ERROR: TypeError };

  // Linux's numbers, as Node reports them; those below -3000 are libuv's own.
  const errnos = {
    __proto__: null, EPERM: -1, ENOENT: -2, ESRCH: -3, EINTR: -4, EIO: -5, EBADF: -9, EAGAIN: -11,
    ENOMEM: -12, EACCES: -13, EBUSY: -16, EEXIST: -17, EXDEV: -18, ENOTDIR: -20, EISDIR: -21,
    EINVAL: -22, ENFILE: -23, EMFILE: -24, EFBIG: -27, ENOSPC: -28, ESPIPE: -29, EROFS: -30,
    EMLINK: -31, EPIPE: -32, ENAMETOOLONG: -36, ENOSYS: -38, ENOTEMPTY: -39, ELOOP: -40,
    EADDRINUSE: -98, EADDRNOTAVAIL: -99, ENETUNREACH: -101, ECONNABORTED: -103, ECONNRESET: -104,
    ENOTCONN: -107, ETIMEDOUT: -110, ECONNREFUSED: -111, EHOSTUNREACH: -113, ENOTSUP: -95,
    EAI_AGAIN: -3001, ENOTFOUND: -3008, ECANCELED: -125,
  };

  const property = (value, enumerable) => ({ __proto__: null, value, writable: true, enumerable, configurable: true });

  /** The texts that Java joined, by the lengths it left in the words; the last one is the rest. */
  function parts(text, count) {
    const found = [];
    let at = 0;
    for (let i = 0; i < count - 1; i++) {
      defineProperty(found, i, property(split(text, at, (at += words[LENGTHS + i])), true));
    }
    defineProperty(found, count - 1, property(split(text, at), true));
    return found;
  }

  /** A HostError as the program sees it; its stack starts at the caller of `above`. */
  function makeError(text, above) {
    const [kind, code, syscall, path, message] = parts(text, 5);
    if (kind === "DOM_EXCEPTION") {
      const DOMException = reflectGet(globalThis, "DOMException");
      if (typeof DOMException === "function") return new DOMException(message, code);
    }
    const error = new (classes[kind] ?? Error)(message);
    captureStackTrace(error, above);
    if (kind === "DOM_EXCEPTION") return defineProperty(error, "name", property(code, false));
    if (kind === "SYSTEM_ERROR" && code in errnos) defineProperty(error, "errno", property(errnos[code], true));
    if (code !== "") defineProperty(error, "code", property(code, true));
    if (syscall !== "") defineProperty(error, "syscall", property(syscall, true));
    if (path !== "") defineProperty(error, "path", property(path, true));
    return error;
  }

  /** An error that V8 reported to Java as text: a module that doesn't compile or link, a script that threw. */
  function rebuildError(name, message, stack) {
    const Class = reflectGet(globalThis, name);
    const error = typeof Class === "function" && Class.prototype instanceof Error ? new Class(message) : new Error(message);
    if (error.name !== name && name !== "") defineProperty(error, "name", property(name, false));
    return defineProperty(error, "stack", property(stack, false));
  }

  const isErrorLike = (value) =>
    typeof value === "object" && value !== null && (value instanceof Error || typeof value.stack === "string");

  function read(object, name) {
    try {
      const value = object[name];
      return value === undefined ? "" : `${value}`;
    } catch {
      return "";
    }
  }

  function printed(value) {
    try {
      return String(value);
    } catch {
      return "[object]";
    }
  }

  /** Name, message and stack of whatever was thrown, joined; the words hold the first two's lengths. */
  function describe(thrown) {
    let name = "";
    let message = "";
    let stack = "";
    try {
      if (isErrorLike(thrown)) {
        name = read(thrown, "name");
        message = read(thrown, "message");
        stack = read(thrown, "stack");
      } else {
        message = printed(thrown);
      }
    } catch {
      message = printed(thrown);
    }
    words[LENGTHS] = name.length;
    words[LENGTHS + 1] = message.length;
    return name + message + stack;
  }

  // ---- From the guest to Java ----

  /** Ends a call that didn't return: throws, or waits for the end of the isolate. */
  function fail(result, above) {
    const outcome = words[OUTCOME];
    words[OUTCOME] = RETURNED;
    while (outcome === STOPPED);
    throw outcome === THREW_VALUE ? result : makeError(result, above);
  }

  function hostFunction(id, name) {
    const named = {
      [name](...args) {
        if (args.length > MOST_VALUES) throw new RangeError(`${name} takes no more than ${MOST_VALUES} arguments.`);
        for (let i = 0; i < args.length; i++) args[i] = send(args[i], i);
        const result = dispatch(id, ...args);
        if (words[OUTCOME] !== RETURNED) fail(result, named);
        return receive(result, 0);
      },
    }[name];
    return named;
  }

  /** An object whose properties become a host module's exports. */
  function hostModule(firstId, ...names) {
    const exports = {};
    for (let i = 0; i < names.length; i++) exports[names[i]] = hostFunction(firstId + i, names[i]);
    return exports;
  }

  // ---- From Java to the guest ----

  const registered = [];

  /** The frame that was set last. V8 itself sets others for promise jobs, and none after each. */
  let frame;

  function setContextFrame(next) {
    frame = next;
    setFrame(next);
  }

  /** What an earlier call left behind; asking V8 costs as much as half of a short call. */
  function leaveFrame() {
    if (frame !== undefined) setContextFrame(undefined);
  }

  let thrownInVain = "";

  /** What the words say of that argument, or what crossed for it. */
  function argument(crossed, index) {
    const at = TAGS + 4 * index;
    return words[at] === INTEGER ? words[at + 1] : receive(crossed[words[at + 3]], index);
  }

  /** Calls the function registered under the number in the words. */
  function callRegistered(crossed) {
    const called = registered[words[CALLED]];
    const count = words[ARGUMENTS];
    switch (count) {
      case 0:
        return called();
      case 1:
        return called(argument(crossed, 0));
      case 2:
        return called(argument(crossed, 0), argument(crossed, 1));
      case 4:
        return called(argument(crossed, 0), argument(crossed, 1), argument(crossed, 2), argument(crossed, 3));
    }
    const all = [];
    for (let i = 0; i < count; i++) defineProperty(all, i, property(argument(crossed, i), true));
    return apply(called, undefined, all);
  }

  function enter(...crossed) {
    leaveFrame();
    try {
      return send(callRegistered(crossed), 0);
    } catch (thrown) {
      words[OUTCOME] = THREW;
      return describe(thrown);
    }
  }

  /** The same when nobody wants the result; what was thrown can be asked for. */
  function enterVoid(...crossed) {
    leaveFrame();
    try {
      callRegistered(crossed);
    } catch (thrown) {
      words[OUTCOME] = THREW;
      thrownInVain = describe(thrown);
    }
  }

  function takeThrown() {
    const text = thrownInVain;
    thrownInVain = "";
    return text;
  }

  const sendResult = (value) => send(value, 0);

  // ---- Jobs and rejections ----

  const then = uncurry(Promise.prototype.then);
  const resolved = Promise.resolve();
  const jobErrors = [];

  function queueMicrotask(callback) {
    if (typeof callback !== "function") {
      throw new TypeError('The "callback" argument must be of type function.');
    }
    then(resolved, () => {
      try {
        callback();
      } catch (thrown) {
        words[JOB_ERRORS] = jobErrors.push(thrown);
      }
    });
  }

  function takeJobError() {
    const thrown = jobErrors.shift();
    words[JOB_ERRORS] = jobErrors.length;
    return describe(thrown);
  }

  const REJECTED = 0;
  const HANDLED = 1;
  let rejections = [];

  /** Keeps what V8 reports about a promise until Java asks; a handler that comes before undoes the report. */
  function trackRejection(event, promise, reason) {
    if (event === REJECTED) {
      rejections.push({ promise, reason, frame: getFrame(), handled: false });
    } else if (event === HANDLED && !forgetRejection(promise)) {
      rejections.push({ promise, reason: undefined, frame: getFrame(), handled: true });
    }
    words[REJECTIONS] = rejections.length;
  }

  function forgetRejection(promise) {
    for (let i = rejections.length - 1; i >= 0; i--) {
      if (rejections[i].promise === promise && !rejections[i].handled) {
        rejections.splice(i, 1);
        words[REJECTIONS] = rejections.length;
        return true;
      }
    }
    return false;
  }

  let takenFrame;

  /** The oldest report's reason; the words hold its promise's number and whether it was handled. */
  function takeRejection() {
    const { promise, reason, frame, handled } = rejections.shift();
    words[REJECTIONS] = rejections.length;
    words[LENGTHS] = hold(promise);
    words[LENGTHS + 1] = handled ? 1 : 0;
    takenFrame = frame;
    return send(reason, 0);
  }

  function takeRejectionFrame() {
    const frame = takenFrame;
    takenFrame = undefined;
    return send(frame, 0);
  }

  // ---- Modules ----

  /** Import functions of files that can't declare them, under names that stand in their text. */
  function defineHidden(name, value) {
    defineProperty(globalThis, name, { __proto__: null, value });
  }

  function importMeta(...pairs) {
    const meta = create(null);
    for (let i = 0; i < pairs.length; i += 2) meta[pairs[i]] = pairs[i + 1];
    return meta;
  }

  /** What import() does in a file of that name; `start` returns [promise of the evaluation, stub's namespace]. */
  function importFrom(start, referrer) {
    return async function (specifier) {
      const [promise, stub] = start(referrer, `${specifier}`);
      await promise;
      return stub.namespace;
    };
  }

  const pair = (first, second) => [first, second];

  // ---- host:isolate ----

  const call = (id, above) => (...args) => {
    const result = dispatch(id, ...args);
    if (words[OUTCOME] !== RETURNED) fail(result, above);
    return result;
  };

  function isolateModule(registerId, flushId, evaluateId, requireId, promiseId, proxyId, collectId) {
    const number = call(registerId);
    return {
      register(name, fn) {
        if (typeof fn !== "function") throw new TypeError("register needs a function to register.");
        registered[number(`${name}`)] = fn;
      },
      mailbox: () => mailbox,
      flush: call(flushId),
      evaluate: (name, source, firstLine = 1) => call(evaluateId)(`${name}`, `${source}`, firstLine),
      requireModule: (name) => call(requireId)(`${name}`),
      contextFrame: getFrame,
      setContextFrame,
      promiseDetails: call(promiseId),
      proxyDetails: call(proxyId),
      collectGarbage: call(collectId),
      // V8 shapes stack traces when they are read, and has room of its own for what does it.
      withHeadroom: (fn) => fn,
      webAssembly: () => WebAssembly,
    };
  }

  // ---- The mailbox can't be taken away from Java ----

  for (const name of ["transfer", "transferToFixedLength", "transferToImmutable"]) {
    const native = ArrayBuffer.prototype[name];
    if (native === undefined) continue;
    const guarded = {
      [name](...args) {
        if (this === mailbox) throw new TypeError("This ArrayBuffer can't be detached.");
        return apply(native, this, args);
      },
    }[name];
    defineProperty(guarded, "length", { value: 0 });
    defineProperty(ArrayBuffer.prototype, name, property(guarded, false));
  }

  defineProperty(globalThis, "queueMicrotask", property(queueMicrotask, true));

  return {
    defineHidden, describe, enter, enterVoid, forget, hold, hostModule, importFrom, importMeta,
    isolateModule, pair, rebuildError, sendResult, takeJobError, takeRejection, takeRejectionFrame, takeThrown, trackRejection,
    start: call,
  };
});
