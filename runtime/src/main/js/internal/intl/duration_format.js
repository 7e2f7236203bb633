// Intl.DurationFormat - https://tc39.es/ecma402/#durationformat-objects
import * as host from "host:intl";
import { durationSign, toDuration, UNITS, withFraction } from "./duration.js";
import { listParts } from "./list_format.js";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { slotsFor as numberFormatFor } from "./number_format.js";
import { toNumeric } from "./numeric.js";
import { matcherOption, numberOption, optionsObject, stringOption, typeOption } from "./options.js";
import { createFrom, internalSlots, partsOf, requireNew, settingsOf, shape, shown } from "./service.js";

const SERVICE = "DurationFormat";
const slots = internalSlots("Intl.DurationFormat");

const TEXT = ["long", "short", "narrow"];
const CLOCK = [...TEXT, "numeric", "2-digit"];
const PART_OF_SECOND = [...TEXT, "numeric"];

/** By unit, its styles. */
const STYLES = {
  years: TEXT,
  months: TEXT,
  weeks: TEXT,
  days: TEXT,
  hours: CLOCK,
  minutes: CLOCK,
  seconds: CLOCK,
  milliseconds: PART_OF_SECOND,
  microseconds: PART_OF_SECOND,
  nanoseconds: PART_OF_SECOND,
};
/** What a unit is in the style "digital" when nothing else is said. */
const DIGITAL = { ...Object.fromEntries(UNITS.map((unit) => [unit, "short"])), hours: "numeric", minutes: "numeric" };
Object.assign(DIGITAL, { seconds: "numeric", milliseconds: "numeric", microseconds: "numeric", nanoseconds: "numeric" });

export function DurationFormat() {
  const [locales, optionsGiven] = arguments;
  requireNew(new.target, "Intl.DurationFormat");
  const format = createFrom(new.target, DurationFormat);
  const requested = canonicalLocaleList(locales);
  const options = optionsObject(optionsGiven);
  matcherOption(options, SERVICE);
  const nu = typeOption(options, "numberingSystem");
  const resolved = resolveLocale(SERVICE, requested, { nu: nu && host.canonicalType("nu", nu.toLowerCase()) });
  const style = stringOption(options, "style", [...TEXT, "digital"], "short", SERVICE);
  const units = unitOptions(options, style);
  const fractionalDigits = numberOption(options, "fractionalDigits", 0, 9, undefined);
  const locale = dataTag(resolved, { nu: resolved.nu });
  const list = settingsOf({ locale, type: "unit", style: style === "digital" ? "short" : style });
  slots.set(format, { resolved, locale, style, units, fractionalDigits, list, formats: new Map() });
  return format;
}

/** By unit, { style, display }. */
function unitOptions(options, baseStyle) {
  const units = Object.create(null);
  let previous = "";
  for (const unit of UNITS) {
    units[unit] = unitOption(unit, options, baseStyle, previous);
    previous = units[unit].style;
  }
  return units;
}

const isNumeric = (style) => style === "numeric" || style === "2-digit";

/** GetDurationUnitOptions */
function unitOption(unit, options, baseStyle, previous) {
  const given = stringOption(options, unit, STYLES[unit], undefined, SERVICE);
  const standard = standardOption(unit, baseStyle, previous);
  let style = given ?? standard.style;
  let displayDefault = given === undefined ? standard.display : "always";
  if (style === "numeric" && unit.endsWith("seconds") && unit !== "seconds") {
    style = "fractional";
    displayDefault = "auto";
  }
  const display = stringOption(options, `${unit}Display`, ["auto", "always"], displayDefault, SERVICE);
  checkStyle(unit, style, display, previous);
  const followsClock = (unit === "minutes" || unit === "seconds") && isNumeric(previous);
  return { style: followsClock ? "2-digit" : style, display };
}

function standardOption(unit, baseStyle, previous) {
  if (baseStyle === "digital") {
    return { style: DIGITAL[unit], display: ["hours", "minutes", "seconds"].includes(unit) ? "always" : "auto" };
  }
  if (previous === "fractional" || isNumeric(previous)) {
    return { style: "numeric", display: unit === "minutes" || unit === "seconds" ? "always" : "auto" };
  }
  return { style: baseStyle, display: "auto" };
}

function checkStyle(unit, style, display, previous) {
  const isWrong =
    (display === "always" && style === "fractional") ||
    (previous === "fractional" && style !== "fractional") ||
    (isNumeric(previous) && style !== "fractional" && !isNumeric(style));
  if (isWrong) throw new RangeError(`Value ${style} out of range for Intl.DurationFormat options property ${unit}`);
}

/** PartitionDurationFormatPattern */
function partition(own, duration) {
  const groups = [];
  let needsSign = true;
  for (const unit of UNITS) {
    const { style, display } = own.units[unit];
    if (isNumeric(style)) {
      const parts = clockParts(own, duration, unit, needsSign);
      if (parts.length > 0) groups[groups.length] = parts;
      break;
    }
    const isLast = own.units[UNITS[UNITS.indexOf(unit) + 1]]?.style === "fractional";
    const value = isLast ? withFraction(duration, unit) : duration[unit];
    if (display === "always" || Number(value) !== 0) {
      const options = { style: "unit", unit: singular(unit), unitDisplay: style, ...(isLast ? fraction(own) : {}) };
      groups[groups.length] = numberParts(own, unit, value, options, duration, needsSign);
      needsSign = false;
    }
    if (isLast) break;
  }
  return inList(own, groups);
}

const singular = (unit) => unit.slice(0, -1);

function fraction({ fractionalDigits }) {
  return {
    minimumFractionDigits: fractionalDigits ?? 0,
    maximumFractionDigits: fractionalDigits ?? 9,
    roundingMode: "trunc",
  };
}

/** Only the first value shows the duration's sign. */
function numberParts(own, unit, value, options, duration, needsSign) {
  const isNegativeZero = needsSign && Number(value) === 0 && durationSign(duration) < 0;
  const shownValue = isNegativeZero ? -0 : toNumeric(value);
  const settings = formatFor(own, needsSign ? options : { ...options, signDisplay: "never" });
  return partsOf(host.numberParts(settings, shownValue), (part) => ({ ...part, unit: singular(unit) }));
}

function formatFor({ formats, locale }, options) {
  const key = JSON.stringify(options);
  let settings = formats.get(key);
  if (settings === undefined) {
    settings = numberFormatFor(locale, options).settings;
    formats.set(key, settings);
  }
  return settings;
}

/** FormatNumericUnits: hours, minutes and seconds from `first` on, with the locale's separator between. */
function clockParts(own, duration, first, needsSign) {
  const { units } = own;
  const isShown = (unit, value) => Number(value) !== 0 || units[unit].display !== "auto";
  const hasFraction = units.milliseconds.style === "fractional";
  const seconds = hasFraction ? withFraction(duration, "seconds") : duration.seconds;
  const hours = first === "hours" && isShown("hours", duration.hours);
  const showsSeconds = isShown("seconds", seconds);
  const minutes = first !== "seconds" && ((hours && showsSeconds) || isShown("minutes", duration.minutes));
  const fields = [
    hours && ["hours", duration.hours, {}],
    minutes && ["minutes", duration.minutes, {}],
    showsSeconds && ["seconds", seconds, hasFraction ? fraction(own) : {}],
  ].filter(Boolean);
  return fields.flatMap(([unit, value, options], i) => {
    const width = units[unit].style === "2-digit" ? { minimumIntegerDigits: 2 } : {};
    const digits = { ...options, ...width, useGrouping: false };
    const parts = numberParts(own, unit, value, digits, duration, needsSign && i === 0);
    return i === 0 ? parts : [separator(own), ...parts];
  });
}

function separator({ locale }) {
  return { type: "literal", value: host.timeSeparator(locale) };
}

/** ListFormatParts */
function inList(own, groups) {
  const strings = groups.map((parts) => parts.map(({ value }) => value).join(""));
  const rest = [...groups];
  return listParts(own.list, strings).flatMap((part) => (part.type === "element" ? rest.shift() : [part]));
}

const members = {
  format(duration) {
    const own = slots.get(this, "format");
    const parts = partition(own, toDuration(duration));
    return parts.map(({ value }) => value).join("");
  },
  formatToParts(duration) {
    const own = slots.get(this, "formatToParts");
    return partition(own, toDuration(duration));
  },
  resolvedOptions() {
    const { resolved, style, units, fractionalDigits } = slots.get(this, "resolvedOptions");
    const shownUnits = UNITS.flatMap((unit) => [
      [unit, units[unit].style === "fractional" ? "numeric" : units[unit].style],
      [`${unit}Display`, units[unit].display],
    ]);
    return shown({
      locale: resolved.locale,
      numberingSystem: resolved.nu,
      style,
      ...Object.fromEntries(shownUnits),
      fractionalDigits,
    });
  },
};

shape(DurationFormat, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
