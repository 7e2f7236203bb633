// Intl.ListFormat - https://tc39.es/ecma402/#listformat-objects
import * as host from "host:intl";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { matcherOption, optionsObject, stringOption } from "./options.js";
import { createFrom, internalSlots, partsOf, requireNew, settingsOf, shape } from "./service.js";

const SERVICE = "ListFormat";
const slots = internalSlots("Intl.ListFormat");

export function ListFormat() {
  const [locales, optionsGiven] = arguments;
  requireNew(new.target, "Intl.ListFormat");
  const format = createFrom(new.target, ListFormat);
  const requested = canonicalLocaleList(locales);
  const options = optionsObject(optionsGiven);
  matcherOption(options, SERVICE);
  const resolved = resolveLocale(SERVICE, requested, {});
  const type = stringOption(options, "type", ["conjunction", "disjunction", "unit"], "conjunction", SERVICE);
  const style = stringOption(options, "style", ["long", "short", "narrow"], "long", SERVICE);
  const settings = settingsOf({ locale: dataTag(resolved, {}), type, style });
  slots.set(format, { resolved, type, style, settings });
  return format;
}

/** StringListFromIterable */
function stringsOf(iterable) {
  if (iterable === undefined) return [];
  const strings = [];
  for (const element of iterable) {
    if (typeof element !== "string") throw new TypeError("Iterable yielded a value which is not a string");
    strings[strings.length] = element;
  }
  return strings;
}

/** The parts of a formatted list; strings[] is ours. */
export function listParts(settings, strings) {
  return partsOf(host.listParts(settings, JSON.stringify(strings)));
}

const members = {
  resolvedOptions() {
    const { resolved, type, style } = slots.get(this, "resolvedOptions");
    return { locale: resolved.locale, type, style };
  },
  format(list) {
    const { settings } = slots.get(this, "format");
    const strings = stringsOf(list);
    return host.formatList(settings, JSON.stringify(strings));
  },
  formatToParts(list) {
    const { settings } = slots.get(this, "formatToParts");
    return listParts(settings, stringsOf(list));
  },
};

shape(ListFormat, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
