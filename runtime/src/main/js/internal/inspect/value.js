// How util.inspect shows one value: primitives here, objects in objects.js.
import { proxyDetails } from "host:isolate";
import { CUSTOM, defaults } from "internal:inspect/options";
import { formatObject } from "internal:inspect/objects";
import { layOut, ARRAY } from "internal:inspect/layout";
import { escapeSymbol, quote } from "internal:inspect/text";
import { webView } from "internal:inspect/web_objects";

/** Strings shorter than this are never split over lines. */
const MIN_LINE_WIDTH = 16;

export function formatValue(ctx, value, recursion, isTypedArrayMember) {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return formatPrimitive(ctx, value);
  }
  const original = value;
  const proxy = proxyDetails(value);
  if (proxy !== undefined) {
    if (proxy[0] === null) return ctx.stylize("<Revoked Proxy>", "special");
    if (ctx.showProxy) return formatProxy(ctx, proxy, recursion);
    while (proxyDetails(value) !== undefined) value = proxyDetails(value)[0];
    if (value === null) return ctx.stylize("<Revoked Proxy>", "special");
  }
  if (ctx.customInspect) {
    const custom = value[CUSTOM];
    if (typeof custom === "function" && custom !== inspectReference) {
      const shown = callCustom(ctx, original, custom, recursion);
      if (shown !== undefined) return shown;
    }
  }
  if (ctx.seen.includes(value)) return circularMark(ctx, value);
  const web = webView(value);
  if (web !== undefined) return formatWebObject(ctx, web, recursion);
  return formatObject(ctx, value, recursion, isTypedArrayMember);
}

function formatWebObject(ctx, { name, view }, recursion) {
  if (recursion > ctx.depth && ctx.depth !== null) return ctx.stylize(`[${name}]`, "special");
  return `${name} ${formatValue(ctx, view, recursion)}`;
}

/** The program's own [util.inspect.custom](depth, options, inspect). */
function callCustom(ctx, value, custom, recursion) {
  // A constructor's prototype carries the method for its instances, not for itself.
  if (value.constructor?.prototype === value && Object.hasOwn(value, "constructor")) return undefined;
  const depth = ctx.depth === null ? null : ctx.depth - recursion;
  const shown = custom.call(value, depth, customOptions(ctx, depth), inspectReference);
  if (shown === value) return undefined;
  if (typeof shown !== "object") return String(shown).replaceAll("\n", `\n${" ".repeat(ctx.indentation)}`);
  return formatValue(ctx, shown, recursion);
}

function customOptions(ctx, depth) {
  const options = { ...ctx.userOptions };
  for (const key of Object.keys(defaults)) options[key] = ctx[key];
  options.depth = depth;
  options.stylize = (value, style) => ctx.stylize(`${value}`, style);
  return options;
}

// inspect.js imports this file and hands its function down for custom inspectors.
let inspectReference;

export function setInspectReference(fn) {
  inspectReference = fn;
}

function circularMark(ctx, value) {
  let index = 1;
  if (ctx.circular === undefined) {
    ctx.circular = new Map([[value, 1]]);
  } else {
    index = ctx.circular.get(value);
    if (index === undefined) {
      index = ctx.circular.size + 1;
      ctx.circular.set(value, index);
    }
  }
  return ctx.stylize(`[Circular *${index}]`, "special");
}

function formatProxy(ctx, [target, handler], recursion) {
  if (recursion > ctx.depth && ctx.depth !== null) return ctx.stylize("Proxy [Array]", "special");
  ctx.indentation += 2;
  const parts = [formatValue(ctx, target, recursion + 1), formatValue(ctx, handler, recursion + 1)];
  ctx.indentation -= 2;
  return layOut(ctx, parts, "", ["Proxy [", "]"], ARRAY + 1, recursion + 1);
}

export function formatPrimitive(ctx, value) {
  switch (typeof value) {
    case "string":
      return formatString(ctx, value);
    case "number":
      return formatNumber(ctx.stylize, value, ctx.numericSeparator);
    case "bigint":
      return formatBigInt(ctx.stylize, value, ctx.numericSeparator);
    case "boolean":
      return ctx.stylize(`${value}`, "boolean");
    case "undefined":
      return ctx.stylize("undefined", "undefined");
    case "symbol":
      return ctx.stylize(escapeSymbol(value), "symbol");
    default:
      return ctx.stylize("null", "null");
  }
}

function formatString(ctx, value) {
  let trailer = "";
  if (value.length > ctx.maxStringLength) {
    const remaining = value.length - ctx.maxStringLength;
    value = value.slice(0, ctx.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? "s" : ""}`;
  }
  const isLong = value.length > MIN_LINE_WIDTH && value.length > ctx.breakLength - ctx.indentation - 4;
  if (ctx.compact !== true && isLong) {
    const lines = value.split(/(?<=\n)/).map((line) => ctx.stylize(quote(line), "string"));
    return lines.join(` +\n${" ".repeat(ctx.indentation + 2)}`) + trailer;
  }
  return ctx.stylize(quote(value), "string") + trailer;
}

export function formatNumber(stylize, number, separated = false) {
  if (Object.is(number, -0)) return stylize("-0", "number");
  const text = `${number}`;
  if (!separated || !Number.isFinite(number) || text.includes("e")) return stylize(text, "number");
  const [whole, fraction] = text.split(".");
  const grouped = groupFromRight(whole);
  return stylize(fraction === undefined ? grouped : `${grouped}.${groupFromLeft(fraction)}`, "number");
}

export function formatBigInt(stylize, value, separated = false) {
  return stylize(`${separated ? groupFromRight(String(value)) : value}n`, "bigint");
}

function groupFromRight(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, "_");
}

function groupFromLeft(digits) {
  return digits.replace(/(\d{3})(?=\d)/g, "$1_");
}
