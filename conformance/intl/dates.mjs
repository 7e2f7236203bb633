// Dates: Intl.DateTimeFormat, Date.prototype.toLocaleString and the other two, Intl.RelativeTimeFormat.
import { LOCALES, named, parts, row, ZONES } from "./support.mjs";

const TIMES = [0, Date.UTC(2024, 2, 10, 7, 30, 5, 42), Date.UTC(2011, 11, 30, 23, 59, 59)];
const LONG_AGO = [Date.UTC(1582, 9, 10), Date.UTC(-43, 2, 15)];
/** Where all is shown: each adds to the length of the golden file. */
const MOST_SHOWN = "Europe/Berlin";
const DETAILED = ["en-US", "de-DE", "ja-JP", "ar-EG"];
const STYLES = ["full", "long", "medium", "short"];
const OPTIONS = [
  {},
  ...STYLES.map((dateStyle) => ({ dateStyle })),
  ...STYLES.map((timeStyle) => ({ timeStyle })),
  ...STYLES.map((style) => ({ dateStyle: style, timeStyle: style })),
  { dateStyle: "long", timeStyle: "short", hour12: true },
  { timeStyle: "medium", hourCycle: "h23" },
  { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  { weekday: "short", month: "short", day: "2-digit" },
  { year: "2-digit", month: "2-digit", day: "2-digit" },
  { year: "numeric", month: "narrow" },
  { era: "short", year: "numeric", month: "long", day: "numeric" },
  { month: "long" },
  { hour: "numeric", minute: "2-digit" },
  { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
  { hour: "numeric", hour12: true },
  { hour: "numeric", hour12: false },
  { hour: "numeric", hourCycle: "h11" },
  { hour: "numeric", hourCycle: "h24" },
  { hour: "numeric", dayPeriod: "long" },
  { minute: "numeric", second: "numeric" },
  { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", timeZoneName: "short" },
  { hour: "numeric", timeZoneName: "long" },
  { hour: "numeric", timeZoneName: "shortOffset" },
  { hour: "numeric", timeZoneName: "longOffset" },
  { hour: "numeric", timeZoneName: "shortGeneric" },
  { hour: "numeric", timeZoneName: "longGeneric" },
  { calendar: "buddhist", dateStyle: "long" },
  { calendar: "japanese", dateStyle: "long" },
  { calendar: "islamic-umalqura", dateStyle: "long" },
  { calendar: "hebrew", year: "numeric", month: "long", day: "numeric" },
  { calendar: "chinese", year: "numeric", month: "long", day: "numeric" },
  { numberingSystem: "arab", dateStyle: "short" },
];
const RANGE = [Date.UTC(2024, 0, 1, 8), Date.UTC(2024, 0, 1, 17, 30), Date.UTC(2024, 1, 3), Date.UTC(2025, 1, 3)];

for (const locale of LOCALES) {
  for (const options of OPTIONS) {
    const showsTime = Object.keys(options).some((name) => /time|hour|minute/i.test(name));
    for (const timeZone of showsTime ? ZONES : [MOST_SHOWN, "Pacific/Apia"]) {
      const name = `DateTimeFormat ${locale} ${named(options)} ${timeZone}`;
      const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
      row(`${name} format`, () => TIMES.map(format.format).join(" ; "));
      if (timeZone !== MOST_SHOWN) continue;
      row(`${name} long ago`, () => LONG_AGO.map(format.format).join(" ; "));
      row(`${name} parts`, () => parts(format.formatToParts(TIMES[1])));
      row(`${name} range`, () => RANGE.map((end) => format.formatRange(RANGE[0], end)).join(" ; "));
      if (!DETAILED.includes(locale)) continue;
      row(`${name} rangeParts`, () => parts(format.formatRangeToParts(RANGE[0], RANGE[2])));
      row(`${name} resolved`, () => format.resolvedOptions());
    }
  }
  for (const timeZone of ZONES) {
    for (const method of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
      row(`Date.${method} ${locale} ${timeZone}`, () => TIMES.map((time) => new Date(time)[method](locale, { timeZone })).join(" ; "));
    }
  }
  for (const options of [{}, { numeric: "auto" }, { style: "short" }, { style: "narrow", numeric: "auto" }]) {
    const format = new Intl.RelativeTimeFormat(locale, options);
    for (const unit of ["second", "minutes", "hour", "days", "week", "month", "quarter", "year"]) {
      row(`RelativeTimeFormat ${locale} ${named(options)} ${unit}`, () => [-2, -1, -0, 0, 1, 2, 12345.67].map((value) => format.format(value, unit)).join(" ; "));
    }
    row(`RelativeTimeFormat ${locale} ${named(options)} parts`, () => parts(format.formatToParts(-12345.67, "day")));
    row(`RelativeTimeFormat ${locale} ${named(options)} resolved`, () => format.resolvedOptions());
  }
}
row("Invalid Date", () => new Date(NaN).toLocaleString("en-US"));
row("Invalid time", () => new Intl.DateTimeFormat("en-US").format(NaN));
for (const zone of ["utc", "Etc/UTC", "GMT", "asia/calcutta", "+05:30", "-0330", "US/Eastern", "Mars/Olympus", "CET", "EST5EDT", "+24:00"]) {
  row(`zone ${zone}`, () => new Intl.DateTimeFormat("en-US", { timeZone: zone, dateStyle: "short", timeStyle: "full" }).format(0));
  row(`zone ${zone} resolved`, () => new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone);
}
