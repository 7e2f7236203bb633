// The JavaScript API of WebAssembly - https://webassembly.github.io/spec/js-api/
// WasmHost.java is the other half. What Java holds is known here by its number; what JavaScript holds on behalf of an
// instance (functions it imports, objects it is linked with) hangs on the instance's `holder`, an array that every
// function of the instance refers to, so that the garbage collector sees who needs whom.
(host) => {
  "use strict";
  const { Array, ArrayBuffer, Error, FinalizationRegistry, Map, Object, Promise, RangeError, Reflect, Set, String } = globalThis;
  const { Symbol, TypeError, WeakMap, WeakRef, WeakSet, JSON } = globalThis;
  const { create, defineProperty, freeze, getOwnPropertyDescriptor, preventExtensions, setPrototypeOf } = Object;
  const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);
  const { trunc } = Math;
  const parse = JSON.parse;

  // ---- Errors ----

  /** A class like the language's own errors: callable without `new`. */
  function errorClass(name) {
    const type = {
      [name]: function (message, options) {
        return Reflect.construct(Error, options === undefined ? [message] : [message, options], new.target ?? type);
      },
    }[name];
    setPrototypeOf(type, Error);
    const prototype = create(Error.prototype);
    define(prototype, "constructor", type);
    define(prototype, "name", name);
    define(prototype, "message", "");
    defineProperty(type, "prototype", { __proto__: null, value: prototype, writable: false, enumerable: false, configurable: false });
    defineProperty(type, "length", { __proto__: null, value: 1, writable: false, enumerable: false, configurable: true });
    return type;
  }

  function define(object, name, value) {
    defineProperty(object, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
  }

  const CompileError = errorClass("CompileError");
  const LinkError = errorClass("LinkError");
  const RuntimeError = errorClass("RuntimeError");
  const errors = { __proto__: null, CompileError, LinkError, RuntimeError, RangeError, TypeError };

  // ---- What an object stands for ----

  class Stamp extends (function (object) { return object; }) {
    #state;
    constructor(object, state) {
      super(object);
      this.#state = state;
    }
    static read(object) {
      return typeof object === "object" && object !== null && #state in object ? object.#state : undefined;
    }
  }

  /** Objects by the number that Java knows them by. */
  const objects = new Map();
  const dropped = new FinalizationRegistry((id) => {
    objects.delete(id);
    host.drop(id);
  });

  /** Makes an object stand for what Java has under a number. */
  function adopt(object, kind, id, more) {
    new Stamp(object, { __proto__: null, kind, id, links: new Set(), ...more });
    objects.set(id, new WeakRef(object));
    dropped.register(object, id);
    return object;
  }

  function stateOf(object, kind) {
    const state = Stamp.read(object);
    return state?.kind === kind ? state : undefined;
  }

  /** The state behind `this` of a method. */
  function own(object, kind, member) {
    const state = stateOf(object, kind);
    if (state === undefined) throw new TypeError(`WebAssembly.${kind}.${member}: Receiver is not a WebAssembly.${kind}`);
    return state;
  }

  /** The object for a number: the one there is, or a new one. */
  function objectFor(kind, id, more) {
    return objects.get(id)?.deref() ?? adopt(create(classes[kind].prototype), kind, id, more);
  }

  // ---- Arguments ----

  function need(count, least, what) {
    if (count < least) throw new TypeError(`${what}: At least ${least} argument${least > 1 ? "s" : ""} required, but only ${count} passed`);
  }

  /** Web IDL's [EnforceRange] unsigned long. */
  function unsignedLong(value, what) {
    const number = trunc(+value);
    if (!(number >= 0 && number <= 0xffffffff)) throw new TypeError(`${what} must be convertible to a valid number of 32 bits`);
    return number;
  }

  function isObject(value) {
    return (typeof value === "object" && value !== null) || typeof value === "function";
  }

  function dictionary(value, what) {
    if (value !== undefined && value !== null && !isObject(value)) throw new TypeError(`${what} must be an object`);
    return value ?? {};
  }

  function optionalLimit(value, what) {
    return value === undefined ? undefined : unsignedLong(value, what);
  }

  // ---- Module ----

  class Module {
    constructor(bytes) {
      need(arguments.length, 1, "WebAssembly.Module()");
      compileInto(this, bytes);
    }

    static exports(module) {
      need(arguments.length, 1, "WebAssembly.Module.exports()");
      return about(module, "exports").exports.map(({ name, kind }) => ({ name, kind }));
    }

    static imports(module) {
      need(arguments.length, 1, "WebAssembly.Module.imports()");
      return about(module, "imports").imports.map(({ module: from, name, kind }) => ({ module: from, name, kind }));
    }

    static customSections(module, sectionName) {
      need(arguments.length, 2, "WebAssembly.Module.customSections()");
      const { id } = moduleState(module, "customSections");
      return host.customSections(id, String(sectionName)).map((bytes) => bytes.buffer);
    }
  }

  function compileInto(object, bytes) {
    const id = host.compile(bytes);
    return adopt(object, "Module", id, { about: parse(host.describe(id)) });
  }

  function moduleState(module, member) {
    const state = stateOf(module, "Module");
    if (state === undefined) throw new TypeError(`WebAssembly.Module.${member}(): Argument 0 must be a WebAssembly.Module`);
    return state;
  }

  function about(module, member) {
    return moduleState(module, member).about;
  }

  // ---- Instance ----

  class Instance {
    constructor(module, importObject = undefined) {
      need(arguments.length, 1, "WebAssembly.Instance()");
      const state = stateOf(module, "Module");
      if (state === undefined) throw new TypeError("WebAssembly.Instance(): Argument 0 must be a WebAssembly.Module");
      checkImportObject(state, importObject, "WebAssembly.Instance()");
      instantiateInto(this, state, readImports(state, importObject));
    }

    get exports() {
      return own(this, "Instance", "exports").exports;
    }
  }

  function checkImportObject({ about }, importObject, what) {
    if (importObject === undefined ? about.imports.length > 0 : !isObject(importObject)) {
      throw new TypeError(`${what}: Argument 1 must be an object`);
    }
  }

  /** "Read the imports": what Java links with, and what has to live as long as the instance. */
  function readImports({ about }, importObject) {
    const read = { values: [], ids: [], links: [] };
    about.imports.forEach((wanted, index) => {
      const where = `Import #${index} "${wanted.module}"`;
      const from = importObject[wanted.module];
      if (!isObject(from)) throw new TypeError(`${where}: module is not an object or function`);
      const value = from[wanted.name];
      importers[wanted.kind](read, value, wanted, `${where} "${wanted.name}"`);
    });
    return read;
  }

  const importers = {
    __proto__: null,
    function(read, value, _, where) {
      if (typeof value !== "function") throw new LinkError(`${where}: function import requires a callable`);
      const exported = exportedFunctions.get(value);
      push(read, value, exported?.id ?? -1, exported?.holder);
    },
    memory: importObjectOf("Memory"),
    table: importObjectOf("Table"),
    tag: importObjectOf("Tag"),
    global(read, value, wanted, where) {
      const global = stateOf(value, "Global") === undefined ? globalOf(value, wanted, where) : value;
      push(read, undefined, stateOf(global, "Global").id, global);
    },
  };

  function importObjectOf(kind) {
    return (read, value, _, where) => {
      const state = stateOf(value, kind);
      if (state === undefined) throw new LinkError(`${where}: ${kind.toLowerCase()} import must be a WebAssembly.${kind} object`);
      push(read, undefined, state.id, value);
    };
  }

  function push(read, value, id, link) {
    read.values.push(value);
    read.ids.push(id);
    read.links.push(link ?? value);
  }

  /** An import may be given as a plain value. */
  function globalOf(value, { type, mutable }, where) {
    const fits = type === "i64" ? typeof value === "bigint" : type === "v128" ? false : type === "externref" || type === "anyfunc" || typeof value === "number";
    if (mutable || !fits || (type === "anyfunc" && value !== null && !exportedFunctions.has(value))) {
      throw new LinkError(`${where}: global import must be a ${type === "i64" ? "BigInt" : "number"} or a WebAssembly.Global object of its type`);
    }
    return newGlobal(create(Global.prototype), type, false, value);
  }

  function instantiateInto(object, { id: module, about }, { values, ids, links }) {
    const holder = [links];
    for (const linked of links) link(linked, holder);
    const id = host.instantiate(module, values, ids, holder);
    dropped.register(holder, id);
    host.start(id);
    const exports = create(null);
    for (const { name, kind, index, type, mutable } of about.exports) {
      const value = exportOf(kind, id, index, holder, { type, mutable });
      defineProperty(exports, name, { __proto__: null, value, writable: false, enumerable: true, configurable: false });
    }
    new Stamp(object, { __proto__: null, kind: "Instance", exports: preventExtensions(exports), holder });
    return object;
  }

  function exportOf(kind, instance, index, holder, more) {
    const found = host.exported(instance, kind, index);
    if (kind === "function") return found;
    const object = objectFor(kind[0].toUpperCase() + kind.slice(1), found, more);
    holder.push(object);
    link(object, holder);
    return object;
  }

  /** Has `to` live as long as an object that functions can be taken from. */
  function link(object, to) {
    const state = Stamp.read(object);
    if (state !== undefined && state.kind !== "Memory" && state.kind !== "Tag") state.links.add(to);
  }

  // ---- Functions ----

  /** Exported functions, with the instance that keeps each alive and Java's number. */
  const exportedFunctions = new WeakMap();

  host.connect(
    function error(name, message) {
      return new errors[name](message);
    },
    function adoptFunction(fn, holder, id) {
      exportedFunctions.set(fn, { holder, id });
      holder.push(fn);
    },
    function numberOfFunction(fn, user) {
      const known = typeof fn === "function" ? exportedFunctions.get(fn) : undefined;
      if (known !== undefined && user !== undefined && user !== known.holder) user.push(known.holder);
      return known?.id ?? -1;
    },
    function transfer(buffer, length) {
      return bufferTransfer(buffer, length);
    },
    listOf,
    function exception(tag, payload) {
      return adoptException(create(Exception.prototype), objectFor("Tag", tag), payload);
    },
    function exceptionDetails(value) {
      const state = stateOf(value, "Exception");
      return state === undefined ? undefined : [stateOf(state.tag, "Tag").id, state.payload];
    },
  );

  /** The values of an iterable. QuickJS's own spread asks for the iterator twice. */
  function listOf(iterable) {
    const iterator = Reflect.apply(iterable[Symbol.iterator], iterable, []);
    const { next } = iterator;
    const values = [];
    for (let result = step(); !result.done; result = step()) values[values.length] = result.value;
    return values;

    function step() {
      const result = Reflect.apply(next, iterator, []);
      if (!isObject(result)) throw new TypeError("An iterator's result is not an object");
      return result;
    }
  }

  // ---- Memory ----

  const PAGES = 65536;

  class Memory {
    constructor(descriptor) {
      need(arguments.length, 1, "WebAssembly.Memory()");
      if (!isObject(descriptor)) throw new TypeError("WebAssembly.Memory(): Argument 0 must be a memory descriptor");
      const initial = required(descriptor, "initial", "WebAssembly.Memory()");
      const maximum = optionalLimit(descriptor.maximum, "WebAssembly.Memory(): Property 'maximum'");
      const shared = !!descriptor.shared;
      if (initial > PAGES || maximum > PAGES) throw new RangeError(`WebAssembly.Memory(): at most ${PAGES} pages are possible`);
      if (maximum < initial) throw new RangeError("WebAssembly.Memory(): 'maximum' is below 'initial'");
      if (shared && maximum === undefined) throw new TypeError("WebAssembly.Memory(): a shared memory needs a 'maximum'");
      adopt(this, "Memory", host.newMemory(initial, maximum ?? PAGES, shared));
    }

    grow(delta) {
      need(arguments.length, 1, "WebAssembly.Memory.grow()");
      const { id } = own(this, "Memory", "grow()");
      const before = host.growMemory(id, unsignedLong(delta, "WebAssembly.Memory.grow(): Argument 0"));
      if (before < 0) throw new RangeError("WebAssembly.Memory.grow(): Unable to grow the memory");
      return before;
    }

    get buffer() {
      const buffer = host.memoryBuffer(own(this, "Memory", "buffer").id);
      if (bufferIsShared(buffer)) return freeze(buffer);
      live.add(buffer);
      return buffer;
    }
  }

  function required(descriptor, name, what) {
    const value = descriptor[name];
    if (value === undefined) throw new TypeError(`${what}: Property '${name}' is required`);
    return unsignedLong(value, `${what}: Property '${name}'`);
  }

  const bufferTransfer = uncurryThis(ArrayBuffer.prototype.transfer);
  const detached = getOwnPropertyDescriptor(ArrayBuffer.prototype, "detached");
  const isDetached = uncurryThis(detached.get);
  const live = new WeakSet();
  const SharedArrayBuffer = globalThis.SharedArrayBuffer;

  function bufferIsShared(buffer) {
    return buffer instanceof SharedArrayBuffer;
  }

  // Memories' buffers are marked in a way that only the engine's own code can detach them; to the engine's own getter
  // they look shared.
  defineProperty(ArrayBuffer.prototype, "detached", {
    ...detached,
    get: {
      get detached() {
        try {
          return isDetached(this);
        } catch (error) {
          if (live.has(this)) return false;
          throw error;
        }
      },
    }.__lookupGetter__("detached"),
  });

  // ---- Table ----

  const ELEMENTS = ["anyfunc", "externref"];

  class Table {
    constructor(descriptor, value = undefined) {
      need(arguments.length, 1, "WebAssembly.Table()");
      if (!isObject(descriptor)) throw new TypeError("WebAssembly.Table(): Argument 0 must be a table descriptor");
      const element = oneOf(ELEMENTS, descriptor.element, "WebAssembly.Table(): Property 'element'");
      const initial = required(descriptor, "initial", "WebAssembly.Table()");
      const maximum = optionalLimit(descriptor.maximum, "WebAssembly.Table(): Property 'maximum'");
      if (maximum < initial) throw new RangeError("WebAssembly.Table(): 'maximum' is below 'initial'");
      const first = arguments.length < 2 ? defaultOf(element) : value;
      const id = host.newTable(element, initial, maximum ?? 0xffffffff, element === "anyfunc" && first === undefined ? null : first);
      adopt(this, "Table", id);
      keep(this, first);
    }

    get length() {
      return host.tableLength(own(this, "Table", "length").id);
    }

    grow(delta, value = undefined) {
      need(arguments.length, 1, "WebAssembly.Table.grow()");
      const { id } = own(this, "Table", "grow()");
      const count = unsignedLong(delta, "WebAssembly.Table.grow(): Argument 0");
      const before = arguments.length < 2 ? host.growTable(id, count) : host.growTable(id, count, value);
      if (before < 0) throw new RangeError(`WebAssembly.Table.grow(): failed to grow table by ${count}`);
      keep(this, value);
      return before;
    }

    get(index) {
      need(arguments.length, 1, "WebAssembly.Table.get()");
      const { id } = own(this, "Table", "get()");
      return host.tableGet(id, unsignedLong(index, "WebAssembly.Table.get(): Argument 0"));
    }

    set(index, value = undefined) {
      need(arguments.length, 1, "WebAssembly.Table.set()");
      const { id } = own(this, "Table", "set()");
      const place = unsignedLong(index, "WebAssembly.Table.set(): Argument 0");
      if (arguments.length < 2) host.tableSet(id, place);
      else host.tableSet(id, place, value);
      keep(this, value);
    }
  }

  /** What holds a function keeps its instance. */
  function keep(object, value) {
    const known = typeof value === "function" ? exportedFunctions.get(value) : undefined;
    if (known !== undefined) link(object, known.holder);
  }

  function oneOf(words, value, what) {
    const word = `${value}`;
    if (!words.includes(word)) throw new TypeError(`${what} must be one of ${words.join(", ")}`);
    return word;
  }

  function defaultOf(type) {
    return type === "i64" ? 0n : type === "externref" ? undefined : type === "anyfunc" ? null : 0;
  }

  // ---- Global ----

  const VALUE_TYPES = ["i32", "i64", "f32", "f64", "v128", "externref", "anyfunc"];

  class Global {
    constructor(descriptor, v = undefined) {
      need(arguments.length, 1, "WebAssembly.Global()");
      if (!isObject(descriptor)) throw new TypeError("WebAssembly.Global(): Argument 0 must be a global descriptor");
      const mutable = !!descriptor.mutable;
      const type = oneOf(VALUE_TYPES, descriptor.value, "WebAssembly.Global(): Property 'value'");
      if (type === "v128") throw new TypeError("WebAssembly.Global(): v128 is not supported");
      newGlobal(this, type, mutable, v === undefined ? defaultOf(type) : v);
    }

    get value() {
      return host.globalGet(own(this, "Global", "value").id);
    }

    set value(value) {
      const { id, mutable } = own(this, "Global", "value");
      need(arguments.length, 1, "set WebAssembly.Global.value");
      if (!mutable) throw new TypeError("set WebAssembly.Global.value: Can't set the value of an immutable global.");
      host.globalSet(id, value);
      keep(this, value);
    }

    valueOf() {
      return host.globalGet(own(this, "Global", "valueOf()").id);
    }
  }

  function newGlobal(object, type, mutable, value) {
    adopt(object, "Global", host.newGlobal(type, mutable, value), { type, mutable });
    keep(object, value);
    return object;
  }

  // ---- Tag and Exception ----

  class Tag {
    constructor(type) {
      need(arguments.length, 1, "WebAssembly.Tag()");
      if (!isObject(type)) throw new TypeError("WebAssembly.Tag(): Argument 0 must be a tag type");
      const parameters = type.parameters;
      if (!isObject(parameters)) throw new TypeError("WebAssembly.Tag(): Argument 0 must be a tag type with 'parameters'");
      const types = listOf(parameters).map((word) => oneOf(VALUE_TYPES, word, "WebAssembly.Tag(): a parameter"));
      adopt(this, "Tag", host.newTag(types));
    }
  }

  class Exception {
    constructor(exceptionTag, payload, options = undefined) {
      need(arguments.length, 2, "WebAssembly.Exception()");
      const tag = tagState(exceptionTag, "WebAssembly.Exception()");
      if (!isObject(payload)) throw new TypeError("WebAssembly.Exception(): Argument 1 must be iterable");
      const values = listOf(payload);
      const { traceStack } = dictionary(options, "WebAssembly.Exception(): Argument 2");
      adoptException(this, exceptionTag, host.coerce(tag.id, values));
      if (traceStack) Error.captureStackTrace(this, Exception);
    }

    is(exceptionTag) {
      need(arguments.length, 1, "WebAssembly.Exception.is()");
      const { tag } = own(this, "Exception", "is()");
      return tagState(exceptionTag, "WebAssembly.Exception.is()") === tagState(tag);
    }

    getArg(exceptionTag, index) {
      need(arguments.length, 2, "WebAssembly.Exception.getArg()");
      const { tag, payload } = own(this, "Exception", "getArg()");
      const asked = tagState(exceptionTag, "WebAssembly.Exception.getArg()");
      const place = unsignedLong(index, "WebAssembly.Exception.getArg(): Argument 1");
      if (asked !== tagState(tag)) throw new TypeError("WebAssembly.Exception.getArg(): First argument does not match the exception tag");
      if (place >= payload.length) throw new RangeError("WebAssembly.Exception.getArg(): Index must be below the number of values");
      return payload[place];
    }
  }

  function tagState(tag, what) {
    const state = stateOf(tag, "Tag");
    if (state === undefined) throw new TypeError(`${what}: Argument 0 must be a WebAssembly tag`);
    return state;
  }

  function adoptException(object, tag, payload) {
    new Stamp(object, { __proto__: null, kind: "Exception", tag, payload });
    return object;
  }

  // ---- The namespace ----

  /** Promises that reject where the operation would throw. */
  function promised(run) {
    return new Promise((resolve) => resolve(run()));
  }

  const operations = {
    validate(bytes) {
      need(arguments.length, 1, "WebAssembly.validate()");
      return host.validate(bytes);
    },

    compile(bytes) {
      return promised(() => {
        need(arguments.length, 1, "WebAssembly.compile()");
        return compileInto(create(Module.prototype), bytes);
      });
    },

    instantiate(source, importObject = undefined) {
      return promised(() => {
        need(arguments.length, 1, "WebAssembly.instantiate()");
        const known = stateOf(source, "Module");
        if (importObject !== undefined && !isObject(importObject)) {
          throw new TypeError("WebAssembly.instantiate(): Argument 1 must be an object");
        }
        return known === undefined ? instantiateBytes(source, importObject) : instantiateModule(known, importObject);
      });
    },
  };

  async function instantiateModule(state, importObject) {
    checkImportObject(state, importObject, "WebAssembly.instantiate()");
    const imports = readImports(state, importObject);
    await undefined;
    return instantiateInto(create(Instance.prototype), state, imports);
  }

  async function instantiateBytes(bytes, importObject) {
    const module = compileInto(create(Module.prototype), bytes);
    await undefined;
    const state = stateOf(module, "Module");
    checkImportObject(state, importObject, "WebAssembly.instantiate()");
    return { module, instance: instantiateInto(create(Instance.prototype), state, readImports(state, importObject)) };
  }

  // As other engines have it.
  defineProperty(Exception, "length", { __proto__: null, value: 1, writable: false, enumerable: false, configurable: true });

  const classes = { __proto__: null, Module, Instance, Memory, Table, Global, Tag, Exception };
  const WebAssembly = create(Object.prototype);
  for (const [name, type] of Object.entries(classes)) {
    define(WebAssembly, name, type);
    enumerable(type.prototype, ["constructor"]);
    enumerable(type, ["length", "name", "prototype"]);
    tag(type.prototype, `WebAssembly.${name}`);
  }
  for (const [name, type] of Object.entries({ CompileError, LinkError, RuntimeError })) define(WebAssembly, name, type);
  for (const [name, operation] of Object.entries(operations)) WebAssembly[name] = operation;
  tag(WebAssembly, "WebAssembly");

  function enumerable(object, except) {
    for (const key of Reflect.ownKeys(object)) {
      if (!except.includes(key)) defineProperty(object, key, { ...getOwnPropertyDescriptor(object, key), enumerable: true });
    }
  }

  function tag(object, value) {
    defineProperty(object, Symbol.toStringTag, { __proto__: null, value, writable: false, enumerable: false, configurable: true });
  }

  return WebAssembly;
}
