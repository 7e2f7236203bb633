// util.types: what a value really is, whatever its prototype says - https://nodejs.org/api/util.html#utiltypes
import { proxyDetails, promiseDetails } from "host:isolate";

const { toString } = Object.prototype;
const TypedArray = Object.getPrototypeOf(Uint8Array);
const typedArrayTag = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;

function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** A check by a method that throws on any other kind of object. */
function branded(probe) {
  return (value) => {
    if (!isObject(value)) return false;
    try {
      probe(value);
      return true;
    } catch {
      return false;
    }
  };
}

function getterOf(Class, name) {
  const { get } = Object.getOwnPropertyDescriptor(Class.prototype, name);
  return (value) => get.call(value);
}

const key = {};

export const isMap = branded(getterOf(Map, "size"));
export const isSet = branded(getterOf(Set, "size"));
export const isWeakMap = branded((value) => WeakMap.prototype.has.call(value, key));
export const isWeakSet = branded((value) => WeakSet.prototype.has.call(value, key));
export const isArrayBuffer = branded(getterOf(ArrayBuffer, "byteLength"));
export const isSharedArrayBuffer = typeof SharedArrayBuffer === "function"
  ? branded(getterOf(SharedArrayBuffer, "byteLength"))
  : () => false;
export const isDataView = branded(getterOf(DataView, "buffer"));
export const isDate = branded((value) => Date.prototype.getTime.call(value));
export const isNumberObject = branded((value) => Number.prototype.valueOf.call(value));
export const isStringObject = branded((value) => String.prototype.valueOf.call(value));
export const isBooleanObject = branded((value) => Boolean.prototype.valueOf.call(value));
export const isBigIntObject = branded((value) => BigInt.prototype.valueOf.call(value));
export const isSymbolObject = branded((value) => Symbol.prototype.valueOf.call(value));

/** The engine's own class name, where no Symbol.toStringTag hides it. */
function slotTag(value) {
  if (!isObject(value)) return "";
  const tag = toString.call(value);
  return tag.slice(8, -1);
}

export function isRegExp(value) {
  return isObject(value) && (slotTag(value) === "RegExp" || (value instanceof RegExp && hasSource(value)));
}

const hasSource = branded((value) => getterOf(RegExp, "flags")(value) !== undefined && RegExp.prototype.exec !== value);

export function isNativeError(value) {
  if (!isObject(value)) return false;
  if (typeof Error.isError === "function") return Error.isError(value);
  return slotTag(value) === "Error" || (value instanceof Error && !Object.hasOwn(value, Symbol.toStringTag));
}

export function isArgumentsObject(value) {
  return isObject(value) && !(Symbol.toStringTag in value) && toString.call(value) === "[object Arguments]";
}

export function isPromise(value) {
  return isObject(value) && promiseDetails(value) !== undefined;
}

export function isProxy(value) {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && proxyDetails(value) !== undefined;
}

export function isTypedArray(value) {
  return ArrayBuffer.isView(value) && typedArrayTag.call(value) !== undefined;
}

function isTypedArrayNamed(name) {
  return (value) => ArrayBuffer.isView(value) && typedArrayTag.call(value) === name;
}

export const isUint8Array = isTypedArrayNamed("Uint8Array");
export const isUint8ClampedArray = isTypedArrayNamed("Uint8ClampedArray");
export const isUint16Array = isTypedArrayNamed("Uint16Array");
export const isUint32Array = isTypedArrayNamed("Uint32Array");
export const isInt8Array = isTypedArrayNamed("Int8Array");
export const isInt16Array = isTypedArrayNamed("Int16Array");
export const isInt32Array = isTypedArrayNamed("Int32Array");
export const isFloat32Array = isTypedArrayNamed("Float32Array");
export const isFloat64Array = isTypedArrayNamed("Float64Array");
export const isBigInt64Array = isTypedArrayNamed("BigInt64Array");
export const isBigUint64Array = isTypedArrayNamed("BigUint64Array");

export function isArrayBufferView(value) {
  return ArrayBuffer.isView(value);
}

export function isAnyArrayBuffer(value) {
  return isArrayBuffer(value) || isSharedArrayBuffer(value);
}

export function isBoxedPrimitive(value) {
  return isNumberObject(value) || isStringObject(value) || isBooleanObject(value) ||
    isBigIntObject(value) || isSymbolObject(value);
}

function functionTag(value) {
  return typeof value === "function" ? toString.call(value).slice(8, -1) : "";
}

export function isAsyncFunction(value) {
  return functionTag(value).startsWith("Async");
}

export function isGeneratorFunction(value) {
  return functionTag(value).endsWith("GeneratorFunction");
}

export function isGeneratorObject(value) {
  return isObject(value) && /Generator$/.test(slotTag(value)) && typeof value.next === "function";
}

function isIteratorTagged(tag) {
  return (value) => isObject(value) && value[Symbol.toStringTag] === tag && typeof value.next === "function";
}

export const isMapIterator = isIteratorTagged("Map Iterator");
export const isSetIterator = isIteratorTagged("Set Iterator");

export function isModuleNamespaceObject(value) {
  return isObject(value) && Object.getPrototypeOf(value) === null && !Object.isExtensible(value) &&
    Object.getOwnPropertyDescriptor(value, Symbol.toStringTag)?.value === "Module";
}

export function isWeakRef(value) {
  return typeof WeakRef === "function" && value instanceof WeakRef;
}

export function isExternal() {
  return false;
}

export function isKeyObject(value) {
  return slotTag(value) === "KeyObject";
}

export function isCryptoKey(value) {
  return typeof CryptoKey === "function" && value instanceof CryptoKey;
}

export function isEventTarget(value) {
  return typeof EventTarget === "function" && value instanceof EventTarget;
}
