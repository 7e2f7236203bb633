// Reading options - https://tc39.es/ecma402/#sec-abstract-operations

function isObject(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** GetOptionsObject */
export function optionsObject(options) {
  if (options === undefined) return Object.create(null);
  if (isObject(options)) return options;
  throw new TypeError("Incorrect options: an object was expected");
}

/** CoerceOptionsToObject */
export function coerceOptions(options) {
  if (options === null) throw new TypeError("Cannot convert undefined or null to object");
  return options === undefined ? Object.create(null) : Object(options);
}

/** GetOption for strings; any string will do when there are no values. */
export function stringOption(options, property, values, fallback, service) {
  const given = options[property];
  if (given === undefined) return fallback;
  const value = `${given}`;
  if (values !== undefined && !values.includes(value)) throw outOfRange(value, property, service);
  return value;
}

export function outOfRange(value, property, service) {
  return new RangeError(`Value ${value} out of range for Intl.${service} options property ${property}`);
}

/** GetOption for booleans */
export function booleanOption(options, property) {
  const value = options[property];
  return value === undefined ? undefined : Boolean(value);
}

/** GetNumberOption */
export function numberOption(options, property, minimum, maximum, fallback) {
  return defaultNumber(options[property], property, minimum, maximum, fallback);
}

/** DefaultNumberOption */
export function defaultNumber(given, property, minimum, maximum, fallback) {
  if (given === undefined) return fallback;
  const value = +given;
  if (!(value >= minimum && value <= maximum)) throw new RangeError(`${property} value is out of range.`);
  return Math.floor(value);
}

const TYPE = /^[a-z0-9]{3,8}(?:-[a-z0-9]{3,8})*$/i;

/** An option whose value is a `type` of Unicode's locale extensions, such as calendar and numberingSystem. */
export function typeOption(options, property) {
  const given = options[property];
  if (given === undefined) return undefined;
  const value = `${given}`;
  if (!TYPE.test(value)) throw new RangeError(`Invalid ${property} : ${value}`);
  return value;
}

/** The first option of all constructors. */
export function matcherOption(options, service) {
  return stringOption(options, "localeMatcher", ["lookup", "best fit"], "best fit", service);
}
