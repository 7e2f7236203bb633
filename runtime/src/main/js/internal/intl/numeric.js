// ToIntlMathematicalValue - https://tc39.es/ecma402/#sec-tointlmathematicalvalue

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** As the host takes it: a number, a bigint, or the exact decimal that a string holds. */
export function toNumeric(value) {
  const primitive = toPrimitive(value);
  if (typeof primitive === "string") return ofString(primitive);
  return typeof primitive === "bigint" ? primitive : +primitive;
}

function toPrimitive(value) {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject ? ordinaryPrimitive(value) : value;
}

/** ToPrimitive with the hint "number". */
function ordinaryPrimitive(object) {
  const exotic = object[Symbol.toPrimitive];
  if (exotic !== undefined && exotic !== null) {
    const primitive = exotic.call(object, "number");
    if (!isPrimitive(primitive)) throw new TypeError("Cannot convert object to primitive value");
    return primitive;
  }
  for (const name of ["valueOf", "toString"]) {
    const method = object[name];
    const result = typeof method === "function" ? method.call(object) : object;
    if (isPrimitive(result)) return result;
  }
  throw new TypeError("Cannot convert object to primitive value");
}

function isPrimitive(value) {
  return (typeof value !== "object" || value === null) && typeof value !== "function";
}

/** What is beyond a double's range is infinite or zero, as on V8. */
function ofString(text) {
  const number = Number(text);
  const trimmed = text.trim();
  if (number === 0 || !Number.isFinite(number)) return number;
  if (DECIMAL.test(trimmed)) return trimmed;
  return Number.isSafeInteger(number) ? number : BigInt(trimmed);
}
