// The locale-sensitive methods of ECMAScript's own objects - https://tc39.es/ecma402/#locale-sensitive-functions
import * as host from "host:intl";
import { compare, slotsFor as collatorFor } from "./collator.js";
import { ALL_WANTED, DATE_WANTED, formatTime, slotsFor as dateFormatFor, TIME_WANTED } from "./date_time_format.js";
import { canonicalLocaleList } from "./locales.js";
import { formatNumber, slotsFor as numberFormatFor } from "./number_format.js";

/** What was made of a locale alone: reading it again would show the program nothing new. */
const made = new Map();
const MOST_KEPT = 64;

function slotsFor(kind, make, locales, options) {
  const isPlain = options === undefined && (locales === undefined || typeof locales === "string");
  if (!isPlain) return make(locales, options);
  const key = `${kind} ${locales ?? ""}`;
  let slots = made.get(key);
  if (slots === undefined) {
    slots = make(locales, options);
    if (made.size >= MOST_KEPT) made.clear();
    made.set(key, slots);
  }
  return slots;
}

/** A number or a bigint. */
export function numberToLocaleString(value, locales, options) {
  return formatNumber(slotsFor("number", numberFormatFor, locales, options), value);
}

const WANTED = { all: ALL_WANTED, date: DATE_WANTED, time: TIME_WANTED };

/** kind: "all" | "date" | "time" */
export function dateToLocaleString(kind, time, locales, options) {
  if (Number.isNaN(time)) return "Invalid Date";
  const make = (...args) => dateFormatFor(...args, WANTED[kind]);
  return formatTime(slotsFor(kind, make, locales, options), time);
}

export function localeCompare(x, y, locales, options) {
  return compare(slotsFor("collator", collatorFor, locales, options), x, y);
}

/** The languages with letter cases of their own. */
const CASED = ["az", "el", "lt", "tr"];

function changedCase(text, locales, byHost, plain) {
  const [requested = host.defaultLocale()] = canonicalLocaleList(locales);
  const [language] = requested.split("-");
  return CASED.includes(language) ? byHost(language, text) : plain.call(text);
}

const { toUpperCase, toLowerCase } = String.prototype;

export function toLocaleUpperCase(text, locales) {
  return changedCase(text, locales, host.toUpperCase, toUpperCase);
}

export function toLocaleLowerCase(text, locales) {
  return changedCase(text, locales, host.toLowerCase, toLowerCase);
}
