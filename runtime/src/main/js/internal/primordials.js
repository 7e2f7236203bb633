// Built-ins as they were before any program ran. What guards the boundary uses these, never a property
// that a program may have replaced since.
const { bind, call } = Function.prototype;

/** Turns a method into a function that takes its receiver first. */
export const uncurryThis = bind.bind(call);

export const { Array, Map, Promise, Uint8Array: Bytes, Int32Array: Int32s } = globalThis;

const TypedArray = Object.getPrototypeOf(Uint8Array);

export const typedArraySet = uncurryThis(TypedArray.prototype.set);
export const typedArrayByteLength = uncurryThis(
  Object.getOwnPropertyDescriptor(TypedArray.prototype, "byteLength").get,
);
export const typedArrayFill = uncurryThis(TypedArray.prototype.fill);
export const arrayFill = uncurryThis(Array.prototype.fill);
export const subarray = uncurryThis(TypedArray.prototype.subarray);
export const stringSplit = uncurryThis(String.prototype.split);
export const stringIndexOf = uncurryThis(String.prototype.indexOf);
export const stringSlice = uncurryThis(String.prototype.slice);
export const stringStartsWith = uncurryThis(String.prototype.startsWith);
export const charCodeAt = uncurryThis(String.prototype.charCodeAt);
export const apply = Reflect.apply;
export const objectValues = Object.values;
export const mapGet = uncurryThis(Map.prototype.get);
export const mapSet = uncurryThis(Map.prototype.set);
export const mapDelete = uncurryThis(Map.prototype.delete);
