// Intl.DisplayNames - https://tc39.es/ecma402/#intl-displaynames-objects
import * as host from "host:intl";
import { canonicalLocaleList, canonicalTag, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { matcherOption, stringOption } from "./options.js";
import { createFrom, internalSlots, requireNew, settingsOf, shape, shown } from "./service.js";

const SERVICE = "DisplayNames";
const slots = internalSlots("Intl.DisplayNames");
const TYPES = ["language", "region", "script", "currency", "calendar", "dateTimeField"];
const FIELDS = [
  "era",
  "year",
  "quarter",
  "month",
  "weekOfYear",
  "weekday",
  "day",
  "dayPeriod",
  "hour",
  "minute",
  "second",
  "timeZoneName",
];

export function DisplayNames(locales, optionsGiven) {
  requireNew(new.target, "Intl.DisplayNames");
  const names = createFrom(new.target, DisplayNames);
  const requested = canonicalLocaleList(locales);
  const options = requiredOptions(optionsGiven);
  matcherOption(options, SERVICE);
  const style = stringOption(options, "style", ["narrow", "short", "long"], "long", SERVICE);
  const type = stringOption(options, "type", TYPES, undefined, SERVICE);
  if (type === undefined) throw new TypeError('Required option "type" must not be undefined');
  const fallback = stringOption(options, "fallback", ["code", "none"], "code", SERVICE);
  const resolved = resolveLocale(SERVICE, requested, {});
  const dialects = stringOption(options, "languageDisplay", ["dialect", "standard"], "dialect", SERVICE);
  const languageDisplay = type === "language" ? dialects : undefined;
  const settings = settingsOf({ locale: dataTag(resolved, {}), style, type, fallback, languageDisplay });
  slots.set(names, { resolved, style, type, fallback, languageDisplay, settings });
  return names;
}

function requiredOptions(options) {
  const isObject = (typeof options === "object" && options !== null) || typeof options === "function";
  if (!isObject) throw new TypeError("Incorrect options: an object was expected");
  return options;
}

/** CanonicalCodeForDisplayNames */
function canonicalCode(type, code) {
  const isValid = type === "dateTimeField" ? FIELDS.includes(code) : FORMS[type].test(code);
  if (!isValid) throw new RangeError(`Invalid argument to Intl.DisplayNames.prototype.of`);
  if (type === "language") return canonicalTag(code);
  if (type === "region" || type === "currency") return code.toUpperCase();
  if (type === "script") return code[0].toUpperCase() + code.slice(1).toLowerCase();
  return type === "calendar" ? host.canonicalType("ca", code.toLowerCase()) : code;
}

const FORMS = {
  language: /^(?:[a-z]{2,3}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*$/i,
  region: /^(?:[a-z]{2}|\d{3})$/i,
  script: /^[a-z]{4}$/i,
  currency: /^[a-z]{3}$/i,
  calendar: /^[a-z\d]{3,8}(?:-[a-z\d]{3,8})*$/i,
};

const members = {
  of(given) {
    const { type, fallback, settings } = slots.get(this, "of");
    const code = canonicalCode(type, `${given}`);
    return host.displayName(settings, code) ?? (fallback === "code" ? code : undefined);
  },
  resolvedOptions() {
    const { resolved, style, type, fallback, languageDisplay } = slots.get(this, "resolvedOptions");
    return shown({ locale: resolved.locale, style, type, fallback, languageDisplay });
  },
};

shape(DisplayNames, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
