// Intl.Locale - https://tc39.es/ecma402/#locale-objects
import * as host from "host:intl";
import { canonicalTag, localeSlots } from "./locales.js";
import { booleanOption, coerceOptions, stringOption, typeOption } from "./options.js";
import { createFrom, requireNew, shape, shown, wordsOf } from "./service.js";
import { joinTag, parseTag } from "./tag.js";

const SERVICE = "Locale";
const LANGUAGE = /^(?:[a-z]{2,3}|[a-z]{5,8})$/i;
const SCRIPT = /^[a-z]{4}$/i;
const REGION = /^(?:[a-z]{2}|\d{3})$/i;
const VARIANTS = /^(?:[a-z\d]{5,8}|\d[a-z\d]{3})(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*$/i;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export function Locale(tag, options = undefined) {
  requireNew(new.target, "Intl.Locale");
  const locale = createFrom(new.target, Locale);
  const given = tagOf(tag);
  localeSlots.set(locale, slotsOf(withOptions(given, coerceOptions(options))));
  return locale;
}

function tagOf(tag) {
  const isObject = (typeof tag === "object" && tag !== null) || typeof tag === "function";
  if (typeof tag !== "string" && !isObject) {
    throw new TypeError("First argument to Intl.Locale constructor can't be empty or missing");
  }
  return localeSlots.has(tag) ? localeSlots.get(tag).tag : canonicalTag(`${tag}`);
}

/** UpdateLanguageId, then MakeLocaleRecord */
function withOptions(tag, options) {
  const parsed = parseTag(tag);
  const language = subtagOption(options, "language", LANGUAGE) ?? parsed.language;
  const script = subtagOption(options, "script", SCRIPT) ?? parsed.script;
  const region = subtagOption(options, "region", REGION) ?? parsed.region;
  const variants = variantsOption(options) ?? parsed.variants;
  const changed = canonicalTag(joinTag({ ...parsed, language, script, region, variants }));
  return canonicalTag(joinTag(withKeywords(parseTag(changed), keywordOptions(options))));
}

function subtagOption(options, property, syntax) {
  const value = stringOption(options, property, undefined, undefined, SERVICE);
  if (value !== undefined && !syntax.test(value)) throw invalid(property, value);
  return value;
}

function variantsOption(options) {
  const value = subtagOption(options, "variants", VARIANTS);
  if (value === undefined) return undefined;
  const variants = value.toLowerCase().split("-");
  if (new Set(variants).size < variants.length) throw invalid("variants", value);
  return variants;
}

function invalid(property, value) {
  return new RangeError(`Value ${value} out of range for Intl.Locale options property ${property}`);
}

function keywordOptions(options) {
  const ca = typeOption(options, "calendar");
  const co = typeOption(options, "collation");
  const fw = firstDayOption(options);
  const hc = stringOption(options, "hourCycle", ["h11", "h12", "h23", "h24"], undefined, SERVICE);
  const kf = stringOption(options, "caseFirst", ["upper", "lower", "false"], undefined, SERVICE);
  const numeric = booleanOption(options, "numeric");
  const kn = numeric === undefined ? undefined : `${numeric}`;
  const nu = typeOption(options, "numberingSystem");
  return { ca, co, fw, hc, kf, kn, nu };
}

/** WeekdayToString */
function firstDayOption(options) {
  const given = stringOption(options, "firstDayOfWeek", undefined, undefined, SERVICE);
  if (given === undefined) return undefined;
  const value = WEEKDAYS[/^[0-7]$/.test(given) ? Number(given) : -1] ?? given;
  return typeOption({ firstDayOfWeek: value }, "firstDayOfWeek");
}

function withKeywords(parsed, given) {
  const keywords = new Map(parsed.keywords);
  for (const [key, value] of Object.entries(given)) {
    if (value !== undefined) keywords.set(key, host.canonicalType(key, value.toLowerCase()));
  }
  return { ...parsed, keywords: [...keywords] };
}

function slotsOf(tag) {
  return { tag, parsed: parseTag(tag) };
}

function keyword(locale, key, method) {
  const { parsed } = localeSlots.get(locale, method);
  return new Map(parsed.keywords).get(key);
}

function fromTag(tag) {
  const locale = Object.create(Locale.prototype);
  localeSlots.set(locale, slotsOf(tag));
  return locale;
}

/** What the locale says itself, or what its users are used to. */
function values(locale, method, key, what) {
  const { tag } = localeSlots.get(locale, method);
  const own = keyword(locale, key, method);
  return own === undefined ? wordsOf(host.localeValues(tag, what)) : [own];
}

const members = {
  toString() {
    return localeSlots.get(this, "toString").tag;
  },
  maximize() {
    return fromTag(host.maximize(localeSlots.get(this, "maximize").tag));
  },
  minimize() {
    return fromTag(host.minimize(localeSlots.get(this, "minimize").tag));
  },
  get language() {
    return localeSlots.get(this, "language").parsed.language;
  },
  get script() {
    return localeSlots.get(this, "script").parsed.script;
  },
  get region() {
    return localeSlots.get(this, "region").parsed.region;
  },
  get variants() {
    const { variants } = localeSlots.get(this, "variants").parsed;
    return variants.length === 0 ? undefined : variants.join("-");
  },
  get baseName() {
    const { language, script, region, variants } = localeSlots.get(this, "baseName").parsed;
    return joinTag({ language, script, region, variants, keywords: [], attributes: [], others: [] });
  },
  get calendar() {
    return keyword(this, "ca", "calendar");
  },
  get caseFirst() {
    return keyword(this, "kf", "caseFirst");
  },
  get collation() {
    return keyword(this, "co", "collation");
  },
  get firstDayOfWeek() {
    return keyword(this, "fw", "firstDayOfWeek");
  },
  get hourCycle() {
    return keyword(this, "hc", "hourCycle");
  },
  get numeric() {
    const value = keyword(this, "kn", "numeric");
    return value === "" || value === "true";
  },
  get numberingSystem() {
    return keyword(this, "nu", "numberingSystem");
  },
  getCalendars() {
    return values(this, "getCalendars", "ca", "calendars");
  },
  getCollations() {
    return values(this, "getCollations", "co", "collations");
  },
  getHourCycles() {
    return values(this, "getHourCycles", "hc", "hourCycles");
  },
  getNumberingSystems() {
    return values(this, "getNumberingSystems", "nu", "numberingSystems");
  },
  getTimeZones() {
    const { tag, parsed } = localeSlots.get(this, "getTimeZones");
    return parsed.region === undefined ? undefined : wordsOf(host.localeValues(tag, "timeZones"));
  },
  getTextInfo() {
    const { tag } = localeSlots.get(this, "getTextInfo");
    return { direction: host.isRightToLeft(tag) ? "rtl" : "ltr" };
  },
  getWeekInfo() {
    const { firstDay, weekend } = JSON.parse(host.weekInfo(localeSlots.get(this, "getWeekInfo").tag));
    const own = WEEKDAYS.indexOf(keyword(this, "fw", "getWeekInfo"));
    return shown({ firstDay: own < 0 ? firstDay : own || 7, weekend });
  },
};

Object.defineProperty(Locale, "length", { __proto__: null, value: 1 });
shape(Locale, SERVICE, { members });
