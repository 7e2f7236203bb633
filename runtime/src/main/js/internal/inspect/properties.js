// The properties of an inspected object: which ones, and how each is written.
import { ARRAY, OBJECT } from "internal:inspect/layout";
import { escapeSymbol, quote, stringWidth } from "internal:inspect/text";
import { formatValue } from "internal:inspect/value";

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const INDEX = /^(0|[1-9][0-9]*)$/;

export function keysOf(value, showHidden) {
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...Object.getOwnPropertySymbols(value)];
  let keys;
  try {
    keys = Object.keys(value);
  } catch {
    // A module namespace whose exports are not initialised yet.
    keys = Object.getOwnPropertyNames(value);
  }
  const symbols = Object.getOwnPropertySymbols(value);
  return symbols.length === 0 ? keys : [...keys, ...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))];
}

export function nonIndexKeys(value, showHidden) {
  const keys = keysOf(value, showHidden);
  return keys.length === value.length && !showHidden && keys.length > 0 && keys.at(-1) === String(value.length - 1)
    ? []
    : keys.filter((key) => typeof key === "symbol" || !INDEX.test(key) || +key > 2 ** 32 - 2);
}

export function formatPropertyOf(ctx, value, recursion, key, kind, holder = value) {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ??
    { value: holder[key], configurable: true, enumerable: true };
  const extra = { text: " " };
  const shown = formatDescriptor(ctx, descriptor, holder, recursion, kind, extra);
  if (kind === ARRAY && isIndex(key)) return shown;
  return `${keyText(ctx, key, descriptor)}:${extra.text}${shown}`;
}

function isIndex(key) {
  return typeof key === "number" || (typeof key === "string" && INDEX.test(key));
}

function formatDescriptor(ctx, descriptor, holder, recursion, kind, extra) {
  if (descriptor.value !== undefined || (descriptor.get === undefined && descriptor.set === undefined)) {
    const indent = ctx.compact !== true || kind !== OBJECT ? 2 : 3;
    ctx.indentation += indent;
    const text = formatValue(ctx, descriptor.value, recursion);
    if (indent === 3 && ctx.breakLength < stringWidth(text, ctx.colors)) extra.text = `\n${" ".repeat(ctx.indentation)}`;
    ctx.indentation -= indent;
    return text;
  }
  if (descriptor.get === undefined) return ctx.stylize("[Setter]", "special");
  const label = descriptor.set === undefined ? "Getter" : "Getter/Setter";
  const wanted = ctx.getters === true || (ctx.getters === "get" && descriptor.set === undefined) ||
    (ctx.getters === "set" && descriptor.set !== undefined);
  return wanted ? calledGetter(ctx, descriptor, holder, recursion, label) : ctx.stylize(`[${label}]`, "special");
}

function calledGetter(ctx, descriptor, holder, recursion, label) {
  const open = ctx.stylize(`[${label}:`, "special");
  const close = ctx.stylize("]", "special");
  try {
    const value = descriptor.get.call(holder);
    ctx.indentation += 2;
    const text = typeof value === "object" && value !== null
      ? `${ctx.stylize(`[${label}]`, "special")} ${formatValue(ctx, value, recursion)}`
      : `${open} ${formatValue(ctx, value, recursion)}${close}`;
    ctx.indentation -= 2;
    return text;
  } catch (error) {
    return ctx.stylize(`[${label}: <Inspection threw (${error.message})>]`, "special");
  }
}

function keyText(ctx, key, descriptor) {
  if (typeof key === "symbol") {
    const name = ctx.stylize(escapeSymbol(key), "symbol");
    return `[${name}]`;
  }
  if (key === "__proto__") return "['__proto__']";
  if (descriptor.enumerable === false) return `[${key}]`;
  if (IDENTIFIER.test(key)) return ctx.stylize(`${key}`, "name");
  return ctx.stylize(quote(`${key}`), "string");
}

/** Inherited accessors and values, shown with showHidden. */
export function formatProtoProperties(ctx, value, recursion, keys) {
  return keys.map((key) => {
    let holder = Object.getPrototypeOf(value);
    while (holder !== null && !Object.hasOwn(holder, key)) holder = Object.getPrototypeOf(holder);
    const descriptor = Object.getOwnPropertyDescriptor(holder ?? {}, key) ?? { value: value[key], enumerable: false };
    const shown = formatDescriptor(ctx, descriptor, value, recursion, OBJECT, { text: " " });
    return `${keyText(ctx, key, { enumerable: false })}: ${shown}`;
  });
}
