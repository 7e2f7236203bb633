// Numbers: Intl.NumberFormat, Intl.PluralRules, Number.prototype.toLocaleString, BigInt.prototype.toLocaleString.
import { LOCALES, named, parts, row } from "./support.mjs";

const VALUES = [0, -0, 1, -1.5, 0.000123, 1234.5, 12345.678, -9876543.21, 1e21, 123456789012345680000, NaN, Infinity, -Infinity];
const OPTIONS = [
  {},
  { style: "percent" },
  { style: "percent", minimumFractionDigits: 1 },
  { style: "currency", currency: "EUR" },
  { style: "currency", currency: "USD", currencyDisplay: "code" },
  { style: "currency", currency: "JPY", currencyDisplay: "name" },
  { style: "currency", currency: "TRY", currencyDisplay: "narrowSymbol" },
  { style: "currency", currency: "USD", currencySign: "accounting" },
  { style: "currency", currency: "USD", currencySign: "accounting", signDisplay: "exceptZero" },
  { style: "currency", currency: "KWD", trailingZeroDisplay: "stripIfInteger" },
  { style: "unit", unit: "kilometer-per-hour" },
  { style: "unit", unit: "liter", unitDisplay: "long" },
  { style: "unit", unit: "celsius", unitDisplay: "narrow" },
  { style: "unit", unit: "gigabyte" },
  { style: "unit", unit: "percent", unitDisplay: "long" },
  { notation: "scientific" },
  { notation: "engineering", maximumSignificantDigits: 3 },
  { notation: "compact" },
  { notation: "compact", compactDisplay: "long" },
  { notation: "compact", style: "currency", currency: "EUR" },
  { signDisplay: "always" },
  { signDisplay: "negative" },
  { signDisplay: "never", useGrouping: false },
  { useGrouping: "always" },
  { useGrouping: "min2" },
  { minimumIntegerDigits: 5 },
  { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  { minimumSignificantDigits: 3, maximumSignificantDigits: 5 },
  { maximumSignificantDigits: 2, maximumFractionDigits: 1, roundingPriority: "morePrecision" },
  { maximumSignificantDigits: 2, maximumFractionDigits: 1, roundingPriority: "lessPrecision" },
  { roundingIncrement: 5, maximumFractionDigits: 2, minimumFractionDigits: 2 },
  { numberingSystem: "deva" },
];
const DETAILED = ["en-US", "de-DE", "ja-JP", "ar-EG"];
const MODES = ["ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven"];

for (const locale of LOCALES) {
  for (const options of OPTIONS) {
    const format = new Intl.NumberFormat(locale, options);
    const name = `NumberFormat ${locale} ${named(options)}`;
    row(`${name} format`, () => VALUES.map(format.format).join(" ; "));
    row(`${name} parts`, () => [1234567.891, -5].map((value) => parts(format.formatToParts(value))).join(" ; "));
    row(`${name} range`, () => [[1, 2000], [-3, 5.5], [7, 7]].map((range) => format.formatRange(...range)).join(" ; "));
    if (!DETAILED.includes(locale)) continue;
    row(`${name} rangeParts`, () => parts(format.formatRangeToParts(-1.5, 1234.25)));
    row(`${name} resolved`, () => format.resolvedOptions());
  }
  row(`Number.toLocaleString ${locale}`, () => VALUES.map((value) => value.toLocaleString(locale)).join(" ; "));
  row(`BigInt.toLocaleString ${locale}`, () => [0n, -12345678901234567890n, 10n ** 60n].map((value) => value.toLocaleString(locale)).join(" ; "));
  row(`BigInt currency ${locale}`, () => 1234567n.toLocaleString(locale, { style: "currency", currency: "EUR" }));
  row(`strings ${locale}`, () => ["1234567890123456789.123456789", "-0", " 12 ", "0x1F", "1e-7", "x", ""].map((text) => new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(text)).join(" ; "));
  row(`Array.toLocaleString ${locale}`, () => [1234.5, null, 1234567n, undefined, [1e6]].toLocaleString(locale));
  row(`TypedArray.toLocaleString ${locale}`, () => new Float64Array([1234.5, -1e6]).toLocaleString(locale, { minimumFractionDigits: 1 }));
}

for (const roundingMode of MODES) {
  const format = new Intl.NumberFormat("en", { roundingMode, maximumFractionDigits: 0 });
  row(`rounding ${roundingMode}`, () => [2.5, -2.5, 1.5, -1.5, 2.4, -2.4, 2.6, -2.6, 0.5, -0.5].map(format.format).join(" ; "));
}

for (const locale of [...LOCALES, "ar", "cy", "ru", "pl", "ga", "sl"]) {
  for (const options of [{}, { type: "ordinal" }, { minimumFractionDigits: 1 }]) {
    const rules = new Intl.PluralRules(locale, options);
    const name = `PluralRules ${locale} ${named(options)}`;
    row(`${name} select`, () => [0, 1, 2, 3, 5, 11, 12, 21, 100, 1.5, -1, 1e6].map((value) => rules.select(value)).join(" "));
    row(`${name} range`, () => [[0, 1], [1, 2], [1, 5], [2, 100]].map((range) => rules.selectRange(...range)).join(" "));
    row(`${name} categories`, () => rules.resolvedOptions().pluralCategories.join(" "));
  }
}
