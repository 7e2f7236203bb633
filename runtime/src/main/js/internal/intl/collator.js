// Intl.Collator - https://tc39.es/ecma402/#collator-objects
import * as host from "host:intl";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { booleanOption, coerceOptions, matcherOption, stringOption, typeOption } from "./options.js";
import { createFrom, internalSlots, settingsOf, shape } from "./service.js";

const SERVICE = "Collator";
const slots = internalSlots("Intl.Collator");

export function Collator() {
  const [locales, options] = arguments;
  const newTarget = new.target === undefined ? Collator : new.target;
  const collator = createFrom(newTarget, Collator);
  slots.set(collator, slotsFor(locales, options));
  return collator;
}

/** What an object made with these arguments knows. */
export function slotsFor(locales, optionsGiven) {
  const requested = canonicalLocaleList(locales);
  const options = coerceOptions(optionsGiven);
  const usage = stringOption(options, "usage", ["sort", "search"], "sort", SERVICE);
  matcherOption(options, SERVICE);
  const collation = typeOption(options, "collation");
  const numeric = booleanOption(options, "numeric");
  const caseFirst = stringOption(options, "caseFirst", ["upper", "lower", "false"], undefined, SERVICE);
  const levels = ["base", "accent", "case", "variant"];
  const sensitivity = stringOption(options, "sensitivity", levels, undefined, SERVICE);
  const ignorePunctuation = booleanOption(options, "ignorePunctuation");
  const resolved = resolveLocale(SERVICE, requested, {
    co: collation && host.canonicalType("co", collation.toLowerCase()),
    kf: caseFirst,
    kn: numeric === undefined ? undefined : `${numeric}`,
  });
  const isNumeric = resolved.kn === "true";
  const settings = settingsOf({
    locale: dataTag(resolved, { co: resolved.co }),
    usage,
    numeric: isNumeric,
    caseFirst: resolved.kf,
    sensitivity,
    ignorePunctuation,
  });
  return { resolved, usage, numeric: isNumeric, settings };
}

export function compare({ settings }, x, y) {
  return host.compare(settings, x, y);
}

const members = {
  resolvedOptions() {
    const { resolved, usage, numeric, settings } = slots.get(this, "resolvedOptions");
    const { sensitivity, ignorePunctuation, caseFirst } = JSON.parse(host.describeCollator(settings));
    const { locale } = resolved;
    const collation = (usage === "sort" && resolved.co) || "default";
    return { locale, usage, sensitivity, ignorePunctuation, collation, numeric, caseFirst };
  },
  get compare() {
    const own = slots.get(this, "compare");
    own.bound ??= (0, (x, y) => compare(own, `${x}`, `${y}`));
    return own.bound;
  },
};

shape(Collator, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
