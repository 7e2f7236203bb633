// The Intl object, on engines that have none - https://tc39.es/ecma402/#intl-object
// Loaded when a program first uses Intl or a locale-sensitive method.
import { defineTag } from "internal:define";
import * as host from "host:intl";
import { Collator } from "./intl/collator.js";
import { DateTimeFormat } from "./intl/date_time_format.js";
import { DisplayNames } from "./intl/display_names.js";
import { DurationFormat } from "./intl/duration_format.js";
import { ListFormat } from "./intl/list_format.js";
import { Locale } from "./intl/locale.js";
import { canonicalLocaleList } from "./intl/locales.js";
import { NumberFormat } from "./intl/number_format.js";
import { PluralRules } from "./intl/plural_rules.js";
import { RelativeTimeFormat } from "./intl/relative_time_format.js";
import { Segmenter } from "./intl/segmenter.js";
import { defineMembers, wordsOf } from "./intl/service.js";

export * from "./intl/locale_methods.js";

const KEYS = ["calendar", "collation", "currency", "numberingSystem", "timeZone", "unit"];

export const Intl = {};
defineTag(Intl, "Intl");
defineMembers(Intl, {
  getCanonicalLocales(locales) {
    return canonicalLocaleList(locales);
  },
  supportedValuesOf(given) {
    const key = `${given}`;
    if (!KEYS.includes(key)) throw new RangeError(`Invalid key : ${key}`);
    return wordsOf(host.supportedValues(key));
  },
  DateTimeFormat,
  NumberFormat,
  Collator,
  PluralRules,
  RelativeTimeFormat,
  ListFormat,
  Locale,
  DisplayNames,
  Segmenter,
  DurationFormat,
});
