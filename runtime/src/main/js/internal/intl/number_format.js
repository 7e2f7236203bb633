// Intl.NumberFormat - https://tc39.es/ecma402/#numberformat-objects
import * as host from "host:intl";
import { digitOptions } from "./digit_options.js";
import { legacyConstructor } from "./legacy.js";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { coerceOptions, matcherOption, outOfRange, stringOption, typeOption } from "./options.js";
import { createFrom, internalSlots, partsOf, rangePartsOf, settingsOf, shape, shown } from "./service.js";
import { sanctionedUnits } from "./units.js";
import { toNumeric } from "./numeric.js";

const SERVICE = "NumberFormat";
const slots = internalSlots("Intl.NumberFormat");
const CURRENCY = /^[a-z]{3}$/i;

export function NumberFormat() {
  const [locales, options] = arguments;
  const newTarget = new.target === undefined ? NumberFormat : new.target;
  const format = createFrom(newTarget, NumberFormat);
  slots.set(format, slotsFor(locales, options));
  return new.target === undefined ? legacy.chained(this, format) : format;
}

const legacy = legacyConstructor(NumberFormat, slots);

/** What an object made with these arguments knows. */
export function slotsFor(locales, optionsGiven) {
  const requested = canonicalLocaleList(locales);
  const options = coerceOptions(optionsGiven);
  matcherOption(options, SERVICE);
  const nu = typeOption(options, "numberingSystem");
  const resolved = resolveLocale(SERVICE, requested, { nu: nu && host.canonicalType("nu", nu.toLowerCase()) });
  const unit = unitOptions(options);
  const { style, currency } = unit;
  const notations = ["standard", "scientific", "engineering", "compact"];
  const notation = stringOption(options, "notation", notations, "standard", SERVICE);
  const currencyDigits = style === "currency" && notation === "standard" ? host.currencyDigits(currency) : undefined;
  const mostDefault = currencyDigits ?? (style === "percent" ? 0 : 3);
  const digits = digitOptions(options, currencyDigits ?? 0, mostDefault, notation, SERVICE);
  const compactDisplay = stringOption(options, "compactDisplay", ["short", "long"], "short", SERVICE);
  const useGrouping = groupingOption(options, notation === "compact" ? "min2" : "auto");
  const signs = ["auto", "never", "always", "exceptZero", "negative"];
  const signDisplay = stringOption(options, "signDisplay", signs, "auto", SERVICE);
  return withSettings({
    resolved,
    ...unit,
    digits,
    useGrouping,
    notation,
    compactDisplay: notation === "compact" ? compactDisplay : undefined,
    signDisplay,
  });
}

function withSettings(values) {
  const { resolved, digits, useGrouping, ...rest } = values;
  const locale = dataTag(resolved, { nu: resolved.nu });
  return { ...values, settings: settingsOf({ locale, ...rest, ...digits, useGrouping: `${useGrouping}` }) };
}

/** SetNumberFormatUnitOptions: all are read, those that don't belong to the style are dropped. */
function unitOptions(options) {
  const style = stringOption(options, "style", ["decimal", "percent", "currency", "unit"], "decimal", SERVICE);
  const currency = currencyOption(options, style);
  const displays = ["code", "symbol", "narrowSymbol", "name"];
  const currencyDisplay = stringOption(options, "currencyDisplay", displays, "symbol", SERVICE);
  const currencySign = stringOption(options, "currencySign", ["standard", "accounting"], "standard", SERVICE);
  const unit = unitOption(options, style);
  const unitDisplay = stringOption(options, "unitDisplay", ["short", "narrow", "long"], "short", SERVICE);
  if (style === "currency") return { style, currency, currencyDisplay, currencySign };
  return style === "unit" ? { style, unit, unitDisplay } : { style };
}

function currencyOption(options, style) {
  const currency = stringOption(options, "currency", undefined, undefined, SERVICE);
  if (currency === undefined) {
    if (style === "currency") throw new TypeError("Currency code is required with currency style.");
    return undefined;
  }
  if (!CURRENCY.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`);
  return currency.toUpperCase();
}

function unitOption(options, style) {
  const unit = stringOption(options, "unit", undefined, undefined, SERVICE);
  if (unit === undefined) {
    if (style === "unit") throw new TypeError("Required unit is missing.");
    return undefined;
  }
  if (!isUnit(unit)) throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${unit}'`);
  return unit;
}

/** IsWellFormedUnitIdentifier */
function isUnit(unit) {
  const parts = unit.split("-per-");
  return parts.length <= 2 && parts.every((part) => sanctionedUnits.includes(part));
}

/** GetBooleanOrStringNumberFormatOption for useGrouping */
function groupingOption(options, fallback) {
  const given = options.useGrouping;
  if (given === undefined) return fallback;
  if (given === true) return "always";
  if (!given) return false;
  const value = `${given}`;
  if (value === "true" || value === "false") return fallback;
  if (!["min2", "auto", "always"].includes(value)) throw outOfRange(value, "useGrouping", SERVICE);
  return value;
}

export function formatNumber({ settings }, value) {
  return host.formatNumber(settings, toNumeric(value));
}

function range(format, method, start, end, work) {
  const { settings } = slots.get(format, method);
  if (start === undefined || end === undefined) throw new TypeError(`${method}: the range has two ends`);
  const [x, y] = [toNumeric(start), toNumeric(end)];
  if (Number.isNaN(x) || Number.isNaN(y)) throw new RangeError("Invalid number value: NaN");
  return work(settings, x, y);
}

const members = {
  resolvedOptions() {
    const { resolved, digits, ...own } = slots.get(legacy.unwrapped(this), "resolvedOptions");
    return shown({
      locale: resolved.locale,
      numberingSystem: resolved.nu,
      style: own.style,
      currency: own.currency,
      currencyDisplay: own.currencyDisplay,
      currencySign: own.currencySign,
      unit: own.unit,
      unitDisplay: own.unitDisplay,
      minimumIntegerDigits: digits.minimumIntegerDigits,
      minimumFractionDigits: digits.minimumFractionDigits,
      maximumFractionDigits: digits.maximumFractionDigits,
      minimumSignificantDigits: digits.minimumSignificantDigits,
      maximumSignificantDigits: digits.maximumSignificantDigits,
      useGrouping: own.useGrouping,
      notation: own.notation,
      compactDisplay: own.compactDisplay,
      signDisplay: own.signDisplay,
      roundingIncrement: digits.roundingIncrement,
      roundingMode: digits.roundingMode,
      roundingPriority: digits.roundingPriority,
      trailingZeroDisplay: digits.trailingZeroDisplay,
    });
  },
  formatToParts(value) {
    const { settings } = slots.get(this, "formatToParts");
    return partsOf(host.numberParts(settings, toNumeric(value)));
  },
  get format() {
    const own = slots.get(legacy.unwrapped(this), "format");
    own.bound ??= (0, (value) => formatNumber(own, value));
    return own.bound;
  },
  formatRange(start, end) {
    return range(this, "formatRange", start, end, host.formatNumberRange);
  },
  formatRangeToParts(start, end) {
    return range(this, "formatRangeToParts", start, end, (...args) => rangePartsOf(host.numberRangeParts(...args)));
  },
};

shape(NumberFormat, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
