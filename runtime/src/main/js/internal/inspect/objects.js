// How util.inspect shows objects: what kind one is, its prefix, its entries.
import { promiseDetails } from "host:isolate";
import * as types from "internal:types";
import { formatError } from "internal:inspect/errors";
import { ARRAY, layOut, OBJECT } from "internal:inspect/layout";
import { prefix } from "internal:inspect/prefix";
import { formatPropertyOf, formatProtoProperties, keysOf, nonIndexKeys } from "internal:inspect/properties";
import { formatPrimitive, formatValue } from "internal:inspect/value";

export function formatObject(ctx, value, recursion, isTypedArrayMember) {
  const protoProps = ctx.showHidden && (recursion <= ctx.depth || ctx.depth === null) ? [] : undefined;
  const constructor = constructorName(value, ctx, recursion, protoProps);
  const tag = tagOf(ctx, value, constructor);
  const inherited = protoProps?.length ? protoProps : undefined;
  const shape = shapeOf(ctx, value, constructor, tag, inherited, recursion, isTypedArrayMember);
  if (typeof shape === "string") return shape;
  if (recursion > ctx.depth && ctx.depth !== null) {
    const name = prefix(constructor, tag, "Object").slice(0, -1);
    return ctx.stylize(constructor === null ? name : `[${name}]`, "special");
  }
  return renderShape(ctx, value, shape, inherited, recursion + 1);
}

function renderShape(ctx, value, shape, inherited, recursion) {
  const { base = "", braces, entries, keys, kind = OBJECT } = shape;
  ctx.seen.push(value);
  ctx.currentDepth = recursion;
  let output;
  const indentation = ctx.indentation;
  try {
    output = entries === undefined ? [] : entries(ctx, value, recursion);
    for (const key of keys) output.push(formatPropertyOf(ctx, value, recursion, key, kind));
    if (inherited !== undefined) output.push(...formatProtoProperties(ctx, value, recursion, inherited));
  } catch (error) {
    ctx.indentation = indentation;
    ctx.seen.pop();
    if (error instanceof RangeError || error?.message === "stack overflow") {
      return ctx.stylize(`[${shape.name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, "special");
    }
    throw error;
  }
  ctx.seen.pop();
  return withReference(ctx, value, sorted(ctx, output, kind), base, braces, kind, recursion);
}

function withReference(ctx, value, output, base, braces, kind, recursion) {
  const index = ctx.circular?.get(value);
  if (index !== undefined) {
    const reference = ctx.stylize(`<ref *${index}>`, "special");
    if (ctx.compact !== true) base = base === "" ? reference : `${reference} ${base}`;
    else braces = [`${reference} ${braces[0]}`, braces[1]];
  }
  const text = layOut(ctx, output, base, braces, kind, recursion, value);
  const used = ctx.budget[ctx.indentation] || 0;
  const total = used + text.length;
  ctx.budget[ctx.indentation] = total;
  // A wide and deep object would take for ever: past this much text the rest is shown shallow.
  if (total > 2 ** 27) ctx.depth = -1;
  return text;
}

function sorted(ctx, output, kind) {
  if (!ctx.sorted) return output;
  const compare = ctx.sorted === true ? undefined : ctx.sorted;
  if (kind === OBJECT) return output.sort(compare);
  return output;
}

/** The class name, "[Foo]" parts for subclasses of built-ins included; null without a prototype. */
function constructorName(value, ctx, recursion, protoProps) {
  let object = value;
  let first;
  while (object) {
    const descriptor = Object.getOwnPropertyDescriptor(object, "constructor");
    if (typeof descriptor?.value === "function" && descriptor.value.name !== "" && isInstance(value, descriptor.value)) {
      if (protoProps !== undefined && (object !== value || !isGlobalClass(descriptor.value.name))) {
        collectProtoProperties(ctx, value, object, recursion, protoProps);
      }
      return String(descriptor.value.name);
    }
    object = Object.getPrototypeOf(object);
    first ??= object;
  }
  return first === null || first === undefined ? null : nameByPrototype(first, ctx, recursion);
}

/** No class anywhere up the chain: its prototype is all there is to say. */
function nameByPrototype(proto, ctx, recursion) {
  if (ctx.depth !== null && recursion > ctx.depth) return "Object <Complex prototype>";
  const name = constructorName(proto, ctx, recursion + 1, undefined);
  if (name !== null) return `Object <${name}>`;
  return `Object <${formatValue({ ...ctx, seen: [], customInspect: false, depth: -1 }, proto, 0)}>`;
}

function isInstance(value, Class) {
  try {
    return value instanceof Class;
  } catch {
    return false;
  }
}

function isGlobalClass(name) {
  return typeof globalThis[name] === "function";
}

function collectProtoProperties(ctx, value, first, recursion, protoProps) {
  let depth = 0;
  let object = first;
  do {
    if (depth !== 0 || value === object) {
      object = Object.getPrototypeOf(object);
      if (object === null) break;
      const descriptor = Object.getOwnPropertyDescriptor(object, "constructor");
      if (typeof descriptor?.value === "function" && isGlobalClass(descriptor.value.name)) break;
    } else if (isGlobalClass(first.constructor?.name)) {
      break;
    }
    for (const key of Reflect.ownKeys(object)) {
      if (key === "constructor" || Object.hasOwn(value, key) || protoProps.includes(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value !== "function") protoProps.push(key);
    }
  } while (++depth !== 3);
}

function tagOf(ctx, value, constructor) {
  let tag = value[Symbol.toStringTag];
  if (typeof tag !== "string" || tag === "") return "";
  const isOwn = ctx.showHidden
    ? Object.hasOwn(value, Symbol.toStringTag)
    : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  if (isOwn || tag === constructor) return "";
  return tag;
}

/** What to show: a finished string, or { braces, base, entries, keys, kind, name }. */
function shapeOf(ctx, value, constructor, tag, inherited, recursion, isTypedArrayMember) {
  const info = { ctx, value, constructor, tag, inherited, recursion, isTypedArrayMember };
  const name = prefix(constructor, tag, "Object").slice(0, -1);
  const shape = plainShape(info) ?? iterableShape(info) ?? otherShape(info);
  if (typeof shape !== "string") shape.name = name;
  return shape;
}

/** Plain objects are most of what is shown: none of the checks below concerns them. */
function plainShape({ ctx, value, constructor, tag, inherited }) {
  if (constructor !== "Object" || typeof value === "function" || tag !== "") return undefined;
  if (Object.getPrototypeOf(value) !== Object.prototype || Object.prototype.toString.call(value) !== "[object Object]") {
    return undefined;
  }
  const keys = keysOf(value, ctx.showHidden);
  if (keys.length === 0 && inherited === undefined) return "{}";
  return { braces: ["{", "}"], keys };
}

function iterableShape(info) {
  const { ctx, value, constructor, tag, inherited } = info;
  if (typeof value !== "object" || (!(Symbol.iterator in value) && constructor !== null)) return undefined;
  if (Array.isArray(value)) return arrayShape(info);
  if (types.isTypedArray(value)) return typedArrayShape(info);
  for (const [isOne, fallback, entries] of COLLECTIONS) {
    if (!isOne(value)) continue;
    const size = fallback === "Map" ? mapSize.call(value) : setSize.call(value);
    const head = prefix(constructor, tag, fallback, `(${size})`);
    const keys = keysOf(value, ctx.showHidden);
    if (size === 0 && keys.length === 0 && inherited === undefined) return `${head}{}`;
    return { braces: [`${head}{`, "}"], entries, keys };
  }
  if (types.isMapIterator(value)) return { braces: [`[${tag}] {`, "}"], entries: iteratorEntries, keys: keysOf(value, ctx.showHidden) };
  if (types.isSetIterator(value)) return { braces: [`[${tag}] {`, "}"], entries: iteratorEntries, keys: keysOf(value, ctx.showHidden) };
  return undefined;
}

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, "size").get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, "size").get;
const COLLECTIONS = [[types.isMap, "Map", mapEntries], [types.isSet, "Set", setEntries]];

function arrayShape({ ctx, value, constructor, tag, inherited }) {
  const head = constructor !== "Array" || tag !== "" ? prefix(constructor, tag, "Array", `(${value.length})`) : "";
  const keys = nonIndexKeys(value, ctx.showHidden);
  if (value.length === 0 && keys.length === 0 && inherited === undefined) return `${head}[]`;
  return { braces: [`${head}[`, "]"], entries: arrayEntries, keys, kind: ARRAY };
}

function typedArrayShape({ ctx, value, constructor, tag }) {
  const keys = nonIndexKeys(value, ctx.showHidden);
  const fallback = constructor === null ? Object.prototype.toString.call(value).slice(8, -1) : "";
  const head = prefix(constructor, tag, fallback, `(${value.length})`);
  if (value.length === 0 && keys.length === 0 && !ctx.showHidden) return `${head}[]`;
  return { braces: [`${head}[`, "]"], entries: typedArrayEntries, keys, kind: ARRAY };
}

function otherShape(info) {
  const { ctx, value, constructor, tag, inherited } = info;
  const keys = keysOf(value, ctx.showHidden);
  const empty = keys.length === 0 && inherited === undefined;
  const based = (base) => (empty ? base : { base, braces: ["{", "}"], keys });
  if (types.isArgumentsObject(value)) {
    return empty && value.length === 0 ? "[Arguments] {}" : { braces: ["[Arguments] {", "}"], keys };
  }
  if (typeof value === "function") {
    const base = functionBase(value, constructor, tag);
    return empty ? ctx.stylize(base, "special") : { base, braces: ["{", "}"], keys };
  }
  if (types.isRegExp(value)) {
    const head = prefix(constructor, tag, "RegExp");
    const base = RegExp.prototype.toString.call(constructor !== null ? value : new RegExp(value));
    const shown = head === "RegExp " ? base : `${head}${base}`;
    return empty || tooDeep(info) ? ctx.stylize(shown, "regexp") : { base: shown, braces: ["{", "}"], keys };
  }
  if (types.isDate(value)) {
    const head = prefix(constructor, tag, "Date");
    const time = Date.prototype.getTime.call(value);
    const base = Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
    const shown = head === "Date " ? base : `${head}${base}`;
    return empty ? ctx.stylize(shown, "date") : { base: shown, braces: ["{", "}"], keys };
  }
  if (types.isNativeError(value) || value instanceof Error) {
    const base = formatError(ctx, value, constructor, tag, keys);
    return keys.length === 0 && inherited === undefined ? base : { base, braces: ["{", "}"], keys };
  }
  return binaryShape(info, keys) ?? specialShape(info, keys, empty, based);
}

function tooDeep({ ctx, recursion }) {
  return recursion > ctx.depth && ctx.depth !== null;
}

function binaryShape(info, keys) {
  const { value, constructor, tag, isTypedArrayMember } = info;
  if (types.isAnyArrayBuffer(value)) {
    const kind = types.isArrayBuffer(value) ? "ArrayBuffer" : "SharedArrayBuffer";
    const head = prefix(constructor, tag, kind);
    if (isTypedArrayMember !== undefined) return { braces: [`${head}{`, "}"], keys: ["byteLength", ...keys] };
    return { braces: [`${head}{`, "}"], entries: arrayBufferEntries, keys: ["byteLength", ...keys] };
  }
  if (types.isDataView(value)) {
    return { braces: [`${prefix(constructor, tag, "DataView")}{`, "}"], keys: ["byteLength", "byteOffset", "buffer", ...keys] };
  }
  return undefined;
}

function specialShape(info, keys, empty, based) {
  const { ctx, value, constructor, tag } = info;
  const details = promiseDetails(value);
  if (details !== undefined) {
    return { braces: [`${prefix(constructor, tag, "Promise")}{`, "}"], entries: promiseEntries(details), keys };
  }
  if (types.isWeakSet(value)) return { braces: [`${prefix(constructor, tag, "WeakSet")}{`, "}"], entries: unknownItems, keys };
  if (types.isWeakMap(value)) return { braces: [`${prefix(constructor, tag, "WeakMap")}{`, "}"], entries: unknownItems, keys };
  if (types.isModuleNamespaceObject(value)) {
    return { braces: ["[Module: null prototype] {", "}"], keys, entries: undefined };
  }
  if (types.isBoxedPrimitive(value)) {
    const own = types.isStringObject(value) ? keys.slice(value.length) : keys;
    const base = boxedBase(ctx, value, constructor, tag);
    return own.length === 0 ? base : { base, braces: ["{", "}"], keys: own };
  }
  const head = constructor === "Object" && tag === "" ? "" : prefix(constructor, tag, "Object");
  if (empty) return `${head}{}`;
  return { braces: [`${head}{`, "}"], keys };
}

function functionBase(value, constructor, tag) {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith("class") && source.endsWith("}") && /^class[\s{]/.test(source)) {
    return classBase(value, constructor, tag);
  }
  let type = "Function";
  if (types.isGeneratorFunction(value)) type = `Generator${type}`;
  if (types.isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += " (null prototype)";
  base += value.name === "" || typeof value.name !== "string" ? " (anonymous)]" : `: ${value.name}]`;
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== "" && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, constructor, tag) {
  const name = Object.hasOwn(value, "name") && value.name ? value.name : "(anonymous)";
  let base = `class ${name}`;
  if (constructor !== "Function" && constructor !== null) base += ` [${constructor}]`;
  if (tag !== "" && constructor !== tag) base += ` [${tag}]`;
  if (constructor !== null) {
    const parent = Object.getPrototypeOf(value).name;
    if (parent) base += ` extends ${parent}`;
  } else {
    base += " extends [null prototype]";
  }
  return `[${base}]`;
}

function boxedBase(ctx, value, constructor, tag) {
  const [type, primitive] =
    types.isNumberObject(value) ? ["Number", Number.prototype.valueOf.call(value)] :
    types.isStringObject(value) ? ["String", String.prototype.valueOf.call(value)] :
    types.isBooleanObject(value) ? ["Boolean", Boolean.prototype.valueOf.call(value)] :
    types.isBigIntObject(value) ? ["BigInt", BigInt.prototype.valueOf.call(value)] :
    ["Symbol", Symbol.prototype.valueOf.call(value)];
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? " (null prototype)" : ` (${constructor})`;
  base += `: ${formatPrimitive({ ...ctx, stylize: (text) => text }, primitive)}]`;
  if (tag !== "" && tag !== constructor) base += ` [${tag}]`;
  return ctx.stylize(base, type.toLowerCase());
}

function moreItems(count) {
  return `... ${count} more item${count > 1 ? "s" : ""}`;
}

function arrayEntries(ctx, value, recursion) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!Object.hasOwn(value, i)) return sparseEntries(ctx, value, recursion, shown, output, i);
    output.push(formatPropertyOf(ctx, value, recursion, i, ARRAY));
  }
  if (value.length > shown) output.push(moreItems(value.length - shown));
  return output;
}

/** Holes count as one entry each run. */
function sparseEntries(ctx, value, recursion, limit, output, index) {
  const keys = Object.keys(value).filter((key) => /^(0|[1-9][0-9]*)$/.test(key) && +key < 2 ** 32 - 1);
  for (let i = index; i < keys.length && output.length < limit; i++) {
    const position = +keys[i];
    if (position !== index) {
      const holes = position - index;
      output.push(ctx.stylize(`<${holes} empty item${holes > 1 ? "s" : ""}>`, "undefined"));
      index = position;
      if (output.length === limit) break;
    }
    output.push(formatPropertyOf(ctx, value, recursion, keys[i], ARRAY));
    index++;
  }
  const remaining = value.length - index;
  if (output.length !== limit) {
    if (remaining > 0) output.push(ctx.stylize(`<${remaining} empty item${remaining > 1 ? "s" : ""}>`, "undefined"));
  } else if (remaining > 0) {
    output.push(moreItems(remaining));
  }
  return output;
}

function typedArrayEntries(ctx, value, recursion) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const output = [];
  for (let i = 0; i < shown; i++) output.push(formatPrimitive(ctx, value[i]));
  if (value.length > shown) output.push(moreItems(value.length - shown));
  if (ctx.showHidden) {
    ctx.indentation += 2;
    for (const key of ["BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"]) {
      output.push(`[${key}]: ${formatValue(ctx, value[key], recursion, true)}`);
    }
    ctx.indentation -= 2;
  }
  return output;
}

function arrayBufferEntries(ctx, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [ctx.stylize("(detached)", "special")];
  }
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), bytes.length);
  const hex = Array.from(bytes.subarray(0, shown), (byte) => byte.toString(16).padStart(2, "0"));
  const more = bytes.length - shown;
  const tail = more > 0 ? ` ... ${more} more byte${more > 1 ? "s" : ""}` : "";
  return [`${ctx.stylize("[Uint8Contents]", "special")}: <${hex.join(" ")}${tail}>`];
}

function setEntries(ctx, value, recursion) {
  const max = Math.min(Math.max(0, ctx.maxArrayLength), value.size);
  const output = [];
  ctx.indentation += 2;
  for (const item of Set.prototype.values.call(value)) {
    if (output.length >= max) break;
    output.push(formatValue(ctx, item, recursion));
  }
  ctx.indentation -= 2;
  if (value.size > max) output.push(moreItems(value.size - max));
  return output;
}

function mapEntries(ctx, value, recursion) {
  const max = Math.min(Math.max(0, ctx.maxArrayLength), value.size);
  const output = [];
  ctx.indentation += 2;
  for (const [key, item] of Map.prototype.entries.call(value)) {
    if (output.length >= max) break;
    output.push(`${formatValue(ctx, key, recursion)} => ${formatValue(ctx, item, recursion)}`);
  }
  ctx.indentation -= 2;
  if (value.size > max) output.push(moreItems(value.size - max));
  return output;
}

/** An iterator can't be looked at without moving it on. */
function iteratorEntries(ctx) {
  return [ctx.stylize("<items unknown>", "special")];
}

function unknownItems(ctx) {
  return [ctx.stylize("<items unknown>", "special")];
}

function promiseEntries([state, result]) {
  return (ctx, _, recursion) => {
    if (state === 0) return [ctx.stylize("<pending>", "special")];
    ctx.indentation += 2;
    const text = formatValue(ctx, result, recursion);
    ctx.indentation -= 2;
    return [state === 2 ? `${ctx.stylize("<rejected>", "special")} ${text}` : text];
  };
}


