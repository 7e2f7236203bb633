// Texts: Intl.Collator, ListFormat, DisplayNames, Segmenter, Locale, DurationFormat, and String's methods.
import { LOCALES, named, parts, row } from "./support.mjs";

const WORDS = ["z", "a", "ä", "Z", "A", "Ä", "o", "ö", "ø", "ß", "ss", "é", "e", "10", "9", "2", "-", "a-b", "ab", "ı", "i", "I", "İ", "中", "文", "อ", "กา", "हि", "ع", ""];
const COLLATOR_OPTIONS = [
  {},
  { numeric: true },
  { sensitivity: "base" },
  { sensitivity: "accent" },
  { sensitivity: "case" },
  { caseFirst: "upper" },
  { ignorePunctuation: true },
  { usage: "search" },
];

for (const locale of [...LOCALES, "sv-SE", "es-ES", "de-u-co-phonebk", "da-DK"]) {
  for (const options of COLLATOR_OPTIONS) {
    const collator = new Intl.Collator(locale, options);
    row(`Collator ${locale} ${named(options)} sort`, () => [...WORDS].sort(collator.compare).join(" "));
    row(`Collator ${locale} ${named(options)} equal`, () => WORDS.map((word) => collator.compare("a", word)).join(" "));
    row(`Collator ${locale} ${named(options)} resolved`, () => collator.resolvedOptions());
  }
  row(`localeCompare ${locale}`, () => [...WORDS].sort((x, y) => x.localeCompare(y, locale)).join(" "));
  row(`toLocaleUpperCase ${locale}`, () => "istanbul straße ǆ ΐ ά".toLocaleUpperCase(locale));
  row(`toLocaleLowerCase ${locale}`, () => "ISTANBUL İI ΑΣ".toLocaleLowerCase(locale));
}

for (const locale of [...LOCALES, "es-ES", "he-IL"]) {
  for (const type of ["conjunction", "disjunction", "unit"]) {
    for (const style of ["long", "short", "narrow"]) {
      const format = new Intl.ListFormat(locale, { type, style });
      row(`ListFormat ${locale} ${type} ${style}`, () => [[], ["a"], ["a", "e"], ["a", "b", "c"], ["a", "b", "i", "o"]].map((list) => format.format(list)).join(" ; "));
    }
  }
  row(`ListFormat ${locale} parts`, () => parts(new Intl.ListFormat(locale).formatToParts(["x", "y", "z"])));
}

const CODES = {
  language: ["en", "en-GB", "zh-Hans", "sr-Latn", "de-AT", "pt-BR", "xx", "fr-Latn-CH-fonipa"],
  region: ["US", "DE", "419", "EG", "XX"],
  script: ["Latn", "Hans", "Arab", "Qaaa"],
  currency: ["USD", "EUR", "JPY", "TRY", "XXA"],
  calendar: ["gregory", "buddhist", "islamic-umalqura", "roc", "nonsense"],
  dateTimeField: ["era", "year", "quarter", "month", "weekOfYear", "weekday", "day", "dayPeriod", "hour", "minute", "second", "timeZoneName"],
};
for (const locale of LOCALES) {
  for (const [type, codes] of Object.entries(CODES)) {
    for (const style of ["long", "short", "narrow"]) {
      const names = new Intl.DisplayNames(locale, { type, style, fallback: "none" });
      row(`DisplayNames ${locale} ${type} ${style}`, () => codes.map((code) => String(names.of(code))).join(" ; "));
    }
  }
  const names = new Intl.DisplayNames(locale, { type: "language", languageDisplay: "standard" });
  row(`DisplayNames ${locale} standard`, () => CODES.language.map((code) => names.of(code)).join(" ; "));
}

const TEXTS = [
  "Hello, world! It's 3.14 o'clock. Isn't it? Dr. Smith went home.",
  "吾輩は猫である。名前はまだない。",
  "ภาษาไทยไม่มีช่องว่าง",
  "👨‍👩‍👧‍👦🇩🇪é क्षि",
  "你好，世界！今天天气很好。",
  "",
];
for (const locale of LOCALES) {
  for (const granularity of ["grapheme", "word", "sentence"]) {
    const segmenter = new Intl.Segmenter(locale, { granularity });
    const show = ({ segment, isWordLike }) => segment + (isWordLike ? "*" : "");
    TEXTS.forEach((text, i) => row(`Segmenter ${locale} ${granularity} ${i}`, () => [...segmenter.segment(text)].map(show).join("|")));
    row(`Segmenter ${locale} ${granularity} containing`, () => [0, 5, 8, 62, 63, -1].map((i) => segmenter.segment(TEXTS[0]).containing(i)?.segment ?? "-").join("|"));
  }
}

const TAGS = [
  "en", "EN-us", "zh-hant-tw", "sr-me", "de-1996-DE", "de-DE-1996", "sl-rozaj-biske-1994", "en-u-ca-gregorian-nu-latn",
  "en-u-kn-true", "th-TH-u-nu-thai-ca-buddhist", "cmn", "iw", "no-bok", "ji", "mo", "sh", "en-BU", "ru-SU", "und", "x-private",
  "en-x-priv-ate", "hi-t-en-u-ca-indian", "en-t-jp-m0-true", "en_US", "", "a", "i-klingon", "en-GB-oed", "art-lojban", "zh-min",
  "de-u-co-phonebook", "en-u-ca-islamicc", "en-u-tz-utc", "en-001", "en-u-attr-ca-gregory", "aaaa-BB", "es-419", "cs-u-kf",
];
/** Without the default locale, which depends on the machine that asks. */
function resolved(Service, tag) {
  return Service.supportedLocalesOf(tag).length === 0 ? "-" : new Service(tag).resolvedOptions().locale;
}
for (const tag of TAGS) {
  row(`getCanonicalLocales ${tag}`, () => Intl.getCanonicalLocales(tag));
  row(`Locale ${tag}`, () => {
    const locale = new Intl.Locale(tag);
    const { language, script, region, baseName, calendar, collation, hourCycle, caseFirst, numeric, numberingSystem } = locale;
    return { language, script, region, baseName, calendar, collation, hourCycle, caseFirst, numeric, numberingSystem, max: `${locale.maximize()}`, min: `${locale.minimize()}` };
  });
  row(`resolve ${tag}`, () => [Intl.NumberFormat, Intl.DateTimeFormat, Intl.Collator, Intl.PluralRules, Intl.Segmenter].map((Service) => resolved(Service, tag)).join(" "));
  row(`supported ${tag}`, () => Intl.NumberFormat.supportedLocalesOf(tag));
}
for (const locale of [...LOCALES, "he", "en-GB", "fa-IR", "ar-SA", "und"]) {
  const methods = ["getCalendars", "getCollations", "getHourCycles", "getNumberingSystems", "getTimeZones", "getTextInfo", "getWeekInfo"];
  for (const method of methods) row(`Locale ${locale} ${method}`, () => new Intl.Locale(locale)[method]());
}
row("Locale options", () => `${new Intl.Locale("en-US-u-ca-gregory", { language: "de", script: "Latn", region: "at", calendar: "buddhist", collation: "phonebk", hourCycle: "h23", caseFirst: "upper", numeric: true, numberingSystem: "arab" })}`);

for (const key of ["calendar", "collation", "currency", "numberingSystem", "timeZone", "unit"]) {
  row(`supportedValuesOf ${key}`, () => Intl.supportedValuesOf(key));
}

const DURATIONS = [{ years: 1, months: 2, days: 3, hours: 4, minutes: 5, seconds: 6, milliseconds: 7, nanoseconds: 8 }, { hours: -1, minutes: -30 }, { seconds: 0 }, { minutes: 61, seconds: 5, microseconds: 1500 }];
for (const locale of LOCALES) {
  for (const options of [{}, { style: "long" }, { style: "narrow" }, { style: "digital" }, { hours: "numeric" }, { style: "digital", fractionalDigits: 2 }, { milliseconds: "numeric", secondsDisplay: "always" }]) {
    row(`DurationFormat ${locale} ${named(options)}`, () => DURATIONS.map((duration) => new Intl.DurationFormat(locale, options).format(duration)).join(" ; "));
    row(`DurationFormat ${locale} ${named(options)} parts`, () => parts(new Intl.DurationFormat(locale, options).formatToParts(DURATIONS[0])));
  }
}
