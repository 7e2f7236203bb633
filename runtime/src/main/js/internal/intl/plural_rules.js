// Intl.PluralRules - https://tc39.es/ecma402/#pluralrules-objects
import * as host from "host:intl";
import { digitOptions } from "./digit_options.js";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { coerceOptions, matcherOption, stringOption } from "./options.js";
import { createFrom, internalSlots, requireNew, settingsOf, shape, shown, wordsOf } from "./service.js";

const SERVICE = "PluralRules";
const slots = internalSlots("Intl.PluralRules");

export function PluralRules() {
  const [locales, optionsGiven] = arguments;
  requireNew(new.target, "Intl.PluralRules");
  const rules = createFrom(new.target, PluralRules);
  const requested = canonicalLocaleList(locales);
  const options = coerceOptions(optionsGiven);
  matcherOption(options, SERVICE);
  const resolved = resolveLocale(SERVICE, requested, {});
  const type = stringOption(options, "type", ["cardinal", "ordinal"], "cardinal", SERVICE);
  const notations = ["standard", "compact", "scientific", "engineering"];
  const notation = stringOption(options, "notation", notations, "standard", SERVICE);
  const compactDisplay = stringOption(options, "compactDisplay", ["short", "long"], "short", SERVICE);
  const digits = digitOptions(options, 0, 3, notation, SERVICE);
  const settings = settingsOf({ locale: dataTag(resolved, {}), type, notation, compactDisplay, ...digits });
  slots.set(rules, { resolved, type, notation, compactDisplay, digits, settings });
  return rules;
}

const members = {
  resolvedOptions() {
    const { resolved, type, notation, compactDisplay, digits, settings } = slots.get(this, "resolvedOptions");
    return shown({
      locale: resolved.locale,
      type,
      notation,
      compactDisplay: notation === "compact" ? compactDisplay : undefined,
      minimumIntegerDigits: digits.minimumIntegerDigits,
      minimumFractionDigits: digits.minimumFractionDigits,
      maximumFractionDigits: digits.maximumFractionDigits,
      minimumSignificantDigits: digits.minimumSignificantDigits,
      maximumSignificantDigits: digits.maximumSignificantDigits,
      pluralCategories: wordsOf(host.pluralCategories(settings)),
      roundingIncrement: digits.roundingIncrement,
      roundingMode: digits.roundingMode,
      roundingPriority: digits.roundingPriority,
      trailingZeroDisplay: digits.trailingZeroDisplay,
    });
  },
  select(value) {
    const { settings } = slots.get(this, "select");
    return host.selectPlural(settings, +value);
  },
  selectRange(start, end) {
    const { settings } = slots.get(this, "selectRange");
    if (start === undefined || end === undefined) throw new TypeError("selectRange: the range has two ends");
    const [x, y] = [+start, +end];
    if (Number.isNaN(x) || Number.isNaN(y)) throw new RangeError("Invalid number value: NaN");
    return host.selectPluralRange(settings, x, y);
  },
};

shape(PluralRules, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
