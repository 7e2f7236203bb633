// util.inspect and util.format - https://nodejs.org/api/util.html#utilinspectobject-options
// The entry: options and format strings. inspect/value.js chooses how a value is shown, inspect/objects.js
// shows objects by kind, inspect/layout.js puts entries on lines, inspect/text.js quotes and colours.
import { codes } from "internal:node_errors";
import { validateObject } from "internal:validators";
import { CUSTOM, defaults } from "internal:inspect/options";
import { colored, colors, plain, styles } from "internal:inspect/text";
import { formatBigInt, formatNumber, formatValue, setInspectReference } from "internal:inspect/value";

const { ERR_INVALID_ARG_TYPE } = codes;

/** inspect(value, options) or, as of old, inspect(value, showHidden, depth, colors). */
export function inspect(value, options, ...legacy) {
  const ctx = {
    ...defaults,
    budget: {},
    indentation: 0,
    seen: [],
    currentDepth: 0,
    stylize: plain,
    circular: undefined,
  };
  applyOptions(ctx, options, legacy, arguments.length);
  if (ctx.colors) ctx.stylize = colored;
  ctx.maxArrayLength ??= Infinity;
  ctx.maxStringLength ??= Infinity;
  return formatValue(ctx, value, 0);
}

function applyOptions(ctx, options, [depth, useColors], count) {
  if (count >= 3 && depth !== undefined) ctx.depth = depth;
  if (count >= 4 && useColors !== undefined) ctx.colors = useColors;
  if (typeof options === "boolean") {
    ctx.showHidden = options;
  } else if (options) {
    for (const key of Object.keys(options)) {
      if (key in defaults || key === "stylize") ctx[key] = options[key];
      else ctx.userOptions ??= options;
    }
    ctx.userOptions ??= options;
  }
}

inspect.custom = CUSTOM;
inspect.colors = colors;
inspect.styles = styles;
Object.defineProperty(inspect, "defaultOptions", {
  get: () => defaults,
  set(options) {
    validateObject(options, "options");
    Object.assign(defaults, options);
  },
});

setInspectReference(inspect);

/** printf-like: %s %d %i %f %j %o %O %c %%. Arguments without a placeholder follow, separated by spaces. */
export function format(...args) {
  return formatArguments(undefined, args);
}

export function formatWithOptions(options, ...args) {
  if (typeof options !== "object" || options === null) {
    throw new ERR_INVALID_ARG_TYPE("inspectOptions", "object", options);
  }
  return formatArguments(options, args);
}

function formatArguments(options, args) {
  const first = args[0];
  if (args.length === 1 && typeof first === "string") return first;
  let used = 0;
  let text = "";
  if (typeof first === "string") {
    used = 1;
    text = first.replace(/%([sdifjoOc%])/g, (whole, letter) => {
      if (letter === "%") return args.length > 1 ? "%" : whole;
      if (used >= args.length) return whole;
      return substitutions[letter](args[used++], options);
    });
  }
  for (; used < args.length; used++) {
    const value = args[used];
    if (used > 0) text += " ";
    text += typeof value === "string" ? value : inspect(value, { ...options, compact: 3, colors: options?.colors ?? false, depth: options?.depth ?? 2 });
  }
  return text;
}

const substitutions = {
  s: stringSubstitution,
  d: (value) => numberSubstitution(value, Number),
  i: (value) => numberSubstitution(value, parseInt),
  f: (value) => (typeof value === "symbol" ? formatNumber(plain, NaN) : formatNumber(plain, parseFloat(value))),
  j: jsonSubstitution,
  o: (value, options) => inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 }),
  O: (value, options) => inspect(value, options),
  c: () => "",
};

function numberSubstitution(value, convert) {
  if (typeof value === "bigint") return formatBigInt(plain, value);
  if (typeof value === "symbol" || (convert === parseInt && typeof value === "object" && value === null)) return "NaN";
  return formatNumber(plain, convert(value));
}

function stringSubstitution(value, options) {
  if (typeof value === "number") return formatNumber(plain, value);
  if (typeof value === "bigint") return formatBigInt(plain, value);
  if (typeof value !== "object" || value === null || hasOwnText(value)) return String(value);
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

/** True when the object's own class, and not a built-in one, says how it looks as a string. */
function hasOwnText(value) {
  for (const name of ["toString", Symbol.toPrimitive]) {
    let holder = value;
    while (holder !== null && !Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder);
    if (holder === null) continue;
    const maker = holder.constructor;
    if (holder === value) return typeof value[name] === "function";
    if (typeof maker === "function" && !isBuiltIn(maker)) return true;
  }
  return false;
}

function isBuiltIn(maker) {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, maker.name);
  return descriptor !== undefined && descriptor.value === maker;
}

function jsonSubstitution(value) {
  try {
    return `${JSON.stringify(value)}`;
  } catch (error) {
    if (/circular/i.test(error.message)) return "[Circular]";
    throw error;
  }
}
