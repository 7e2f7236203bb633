// Lists of locales and what a service makes of them - https://tc39.es/ecma402/#sec-locale-and-parameter-negotiation
import * as host from "host:intl";
import { coerceOptions, matcherOption } from "./options.js";
import { internalSlots, wordsOf } from "./service.js";

export const localeSlots = internalSlots("Intl.Locale");

/** Canonical forms of tags that were asked for lately. */
const canonical = new Map();
const MOST_KEPT = 64;

/** Throws a RangeError for what is no language tag. */
export function canonicalTag(tag) {
  let found = canonical.get(tag);
  if (found === undefined) {
    found = host.canonicalTag(tag);
    if (found === undefined) throw new RangeError(`Incorrect locale information provided`);
    if (canonical.size >= MOST_KEPT) canonical.clear();
    canonical.set(tag, found);
  }
  return found;
}

/** CanonicalizeLocaleList */
export function canonicalLocaleList(locales) {
  if (locales === undefined) return [];
  if (typeof locales === "string") return [canonicalTag(locales)];
  if (localeSlots.has(locales)) return [localeSlots.get(locales).tag];
  if (locales === null) throw new TypeError("Cannot convert undefined or null to object");
  return listOf(Object(locales));
}

function listOf(locales) {
  const length = lengthOf(locales);
  const seen = new Set();
  for (let i = 0; i < length; i++) {
    if (i in locales) seen.add(tagOf(locales[i]));
  }
  return [...seen];
}

function lengthOf(object) {
  const length = Math.trunc(Number(object.length));
  return length > 0 ? Math.min(length, Number.MAX_SAFE_INTEGER) : 0;
}

function tagOf(element) {
  if (typeof element !== "string" && (typeof element !== "object" || element === null) && typeof element !== "function") {
    throw new TypeError("Incorrect locale information provided");
  }
  return localeSlots.has(element) ? localeSlots.get(element).tag : canonicalTag(`${element}`);
}

/** ResolveLocale, the same for both matchers: { locale, dataLocale, and the service's extension keys }. */
export function resolveLocale(service, requested, values) {
  const options = JSON.stringify({ __proto__: null, ...values, default: host.defaultLocale() });
  return JSON.parse(host.resolveLocale(service, spaced(requested), options));
}

/** The host's form of a list. Programs may have replaced join(). */
function spaced(tags) {
  let text = "";
  for (let i = 0; i < tags.length; i++) text += i === 0 ? tags[i] : ` ${tags[i]}`;
  return text;
}

/** The tag by which the host finds data: the available locale with what was chosen of its variants. */
export function dataTag({ dataLocale }, values) {
  let extension = "";
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) extension += `-${key}-${value}`;
  }
  return extension === "" ? dataLocale : `${dataLocale}-u${extension}`;
}

/** The static method of all constructors. */
export function supportedLocalesOf(service) {
  return {
    supportedLocalesOf(locales) {
      const [, options] = arguments;
      const requested = canonicalLocaleList(locales);
      // Both ways of matching find the same locales here.
      if (options !== undefined) matcherOption(coerceOptions(options), service);
      return wordsOf(host.supportedLocales(service, spaced(requested)));
    },
  };
}
