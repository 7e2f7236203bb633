// Intl.DateTimeFormat - https://tc39.es/ecma402/#datetimeformat-objects
import * as host from "host:intl";
import { legacyConstructor } from "./legacy.js";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { booleanOption, coerceOptions, matcherOption, numberOption, stringOption, typeOption } from "./options.js";
import { createFrom, internalSlots, partsOf, rangePartsOf, settingsOf, shape, shown } from "./service.js";

const SERVICE = "DateTimeFormat";
const slots = internalSlots("Intl.DateTimeFormat");
const MAX_TIME = 8.64e15;
const { now } = Date;

const TEXT = ["narrow", "short", "long"];
const DIGITS = ["2-digit", "numeric"];

/** In the order in which they are read and shown. */
const COMPONENTS = {
  weekday: TEXT,
  era: TEXT,
  year: DIGITS,
  month: [...DIGITS, ...TEXT],
  day: DIGITS,
  dayPeriod: TEXT,
  hour: DIGITS,
  minute: DIGITS,
  second: DIGITS,
  fractionalSecondDigits: undefined,
  timeZoneName: ["short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric"],
};
const STYLES = ["full", "long", "medium", "short"];

const DATE = ["weekday", "year", "month", "day"];
const TIME = ["dayPeriod", "hour", "minute", "second", "fractionalSecondDigits"];
const DEFAULT_DATE = { year: "numeric", month: "numeric", day: "numeric" };
const DEFAULT_TIME = { hour: "numeric", minute: "numeric", second: "numeric" };

/** Which components there have to be, and what is shown when there are none. */
export const DATE_WANTED = { required: "date", defaults: "date" };
export const TIME_WANTED = { required: "time", defaults: "time" };
export const ALL_WANTED = { required: "any", defaults: "all" };
const DATE_BY_DEFAULT = { required: "any", defaults: "date" };

export function DateTimeFormat() {
  const [locales, options] = arguments;
  const newTarget = new.target === undefined ? DateTimeFormat : new.target;
  const format = createFrom(newTarget, DateTimeFormat);
  slots.set(format, slotsFor(locales, options, DATE_BY_DEFAULT));
  return new.target === undefined ? legacy.chained(this, format) : format;
}

const legacy = legacyConstructor(DateTimeFormat, slots);

/** CreateDateTimeFormat: what an object made with these arguments knows. */
export function slotsFor(locales, optionsGiven, wanted) {
  const requested = canonicalLocaleList(locales);
  const options = coerceOptions(optionsGiven);
  matcherOption(options, SERVICE);
  const calendar = typeOption(options, "calendar");
  const numberingSystem = typeOption(options, "numberingSystem");
  const hour12 = booleanOption(options, "hour12");
  const hourCycle = stringOption(options, "hourCycle", ["h11", "h12", "h23", "h24"], undefined, SERVICE);
  const resolved = resolveLocale(SERVICE, requested, {
    ca: calendar && host.canonicalType("ca", calendar.toLowerCase()),
    nu: numberingSystem && host.canonicalType("nu", numberingSystem.toLowerCase()),
    hc: hour12 === undefined ? hourCycle : "none",
  });
  const timeZone = timeZoneOption(options.timeZone);
  const components = componentOptions(options);
  stringOption(options, "formatMatcher", ["basic", "best fit"], "best fit", SERVICE);
  const dateStyle = stringOption(options, "dateStyle", STYLES, undefined, SERVICE);
  const timeStyle = stringOption(options, "timeStyle", STYLES, undefined, SERVICE);
  const fields =
    dateStyle === undefined && timeStyle === undefined
      ? withDefaults(components, wanted)
      : styles(dateStyle, timeStyle, components, wanted);
  const locale = dataTag(resolved, { ca: resolved.ca, nu: resolved.nu });
  const settings = settingsOf({ locale, timeZone, hour12, hourCycle: resolved.hc, ...fields });
  return { resolved, timeZone, dateStyle, timeStyle, settings };
}

function timeZoneOption(given) {
  if (given === undefined) return host.defaultTimeZone();
  const timeZone = host.timeZone(`${given}`);
  if (timeZone === undefined) throw new RangeError(`Invalid time zone specified: ${given}`);
  return timeZone;
}

function componentOptions(options) {
  const components = Object.create(null);
  for (const [name, values] of Object.entries(COMPONENTS)) {
    components[name] =
      name === "fractionalSecondDigits"
        ? numberOption(options, name, 1, 3, undefined)
        : stringOption(options, name, values, undefined, SERVICE);
  }
  return components;
}

function styles(dateStyle, timeStyle, components, { required }) {
  const explicit = Object.keys(components).find((name) => components[name] !== undefined);
  if (explicit !== undefined) {
    throw new TypeError(`Can't set option ${explicit} when ${dateStyle === undefined ? "timeStyle" : "dateStyle"} is used`);
  }
  if (required === "date" && timeStyle !== undefined) throw new TypeError("Invalid option : timeStyle");
  if (required === "time" && dateStyle !== undefined) throw new TypeError("Invalid option : dateStyle");
  return { dateStyle, timeStyle };
}

function withDefaults(components, { required, defaults }) {
  const looked = required === "date" ? DATE : required === "time" ? TIME : [...DATE, ...TIME];
  if (looked.some((name) => components[name] !== undefined)) return components;
  return {
    ...components,
    ...(defaults === "time" ? {} : DEFAULT_DATE),
    ...(defaults === "date" ? {} : DEFAULT_TIME),
  };
}

/** TimeClip, with an error for what isn't a time. */
function toTime(value) {
  const number = value === undefined ? now() : +value;
  if (!(Math.abs(number) <= MAX_TIME)) throw new RangeError("Invalid time value");
  return Math.trunc(number) + 0;
}

export function formatTime({ settings }, time) {
  return host.formatDate(settings, toTime(time));
}

function range(format, method, start, end, work) {
  const { settings } = slots.get(format, method);
  if (start === undefined || end === undefined) throw new TypeError("startDate or endDate cannot be undefined");
  const [x, y] = [+start, +end];
  return work(settings, toTime(x), toTime(y));
}

function shownComponents({ settings, dateStyle, timeStyle }) {
  const { hourCycle, ...components } = JSON.parse(host.describeDates(settings));
  const digits = components.fractionalSecondDigits;
  const inOrder = Object.keys(COMPONENTS).map((name) => [name, components[name]]);
  return {
    hourCycle,
    hour12: hourCycle && (hourCycle === "h11" || hourCycle === "h12"),
    ...Object.fromEntries(inOrder),
    fractionalSecondDigits: digits && Number(digits),
    dateStyle,
    timeStyle,
  };
}

const members = {
  resolvedOptions() {
    const own = slots.get(legacy.unwrapped(this), "resolvedOptions");
    const { resolved, timeZone } = own;
    return shown({
      locale: resolved.locale,
      calendar: resolved.ca,
      numberingSystem: resolved.nu,
      timeZone,
      ...shownComponents(own),
    });
  },
  formatToParts(date) {
    const { settings } = slots.get(this, "formatToParts");
    return partsOf(host.dateParts(settings, toTime(date)));
  },
  get format() {
    const own = slots.get(legacy.unwrapped(this), "format");
    own.bound ??= (0, (date) => formatTime(own, date));
    return own.bound;
  },
  formatRange(startDate, endDate) {
    return range(this, "formatRange", startDate, endDate, host.formatDateRange);
  },
  formatRangeToParts(startDate, endDate) {
    const parts = (...args) => rangePartsOf(host.dateRangeParts(...args));
    return range(this, "formatRangeToParts", startDate, endDate, parts);
  },
};

shape(DateTimeFormat, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
