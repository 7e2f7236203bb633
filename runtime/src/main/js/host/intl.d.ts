/**
 * Implemented by IntlHost.java. `settings` is a JSON object with `locale` and the resolved options that the operation
 * looks at; `parts` are JSON arrays: [type, value, type, value, …], with ranges [type, value, source, …].
 */
declare module "host:intl" {
  /** A number; a string is a decimal number. */
  type Numeric = number | bigint | string;

  /** A canonical tag. */
  export function defaultLocale(): string;
  /** A canonical name. */
  export function defaultTimeZone(): string;
  /** The canonical tag, or undefined when it isn't structurally valid. */
  export function canonicalTag(tag: string): string | undefined;
  /** The canonical form of a value of a `-u-` key. */
  export function canonicalType(key: string, type: string): string;
  /**
   * ResolveLocale as JSON: locale, dataLocale and the service's extension keys. Locales are separated by spaces;
   * options is a JSON object with default (a tag) and extension keys.
   */
  export function resolveLocale(service: string, locales: string, options: string): string;
  /** Those of the locales that are supported, separated by spaces. */
  export function supportedLocales(service: string, locales: string): string;
  /** Separated by spaces. key: as for Intl.supportedValuesOf. */
  export function supportedValues(key: string): string;
  export function maximize(tag: string): string;
  export function minimize(tag: string): string;
  /** what: "calendars" | "collations" | "hourCycles" | "numberingSystems" | "timeZones"; separated by spaces. */
  export function localeValues(tag: string, what: string): string;
  /** JSON: firstDay and weekend, days from 1 (Monday) to 7. */
  export function weekInfo(tag: string): string;
  export function isRightToLeft(tag: string): boolean;
  /** The canonical name or offset, or undefined. */
  export function timeZone(id: string): string | undefined;

  export function currencyDigits(currency: string): number;
  export function formatNumber(settings: string, number: Numeric): string;
  export function numberParts(settings: string, number: Numeric): string;
  export function formatNumberRange(settings: string, start: Numeric, end: Numeric): string;
  export function numberRangeParts(settings: string, start: Numeric, end: Numeric): string;

  export function selectPlural(settings: string, number: Numeric): string;
  export function selectPluralRange(settings: string, start: Numeric, end: Numeric): string;
  /** Separated by spaces. */
  export function pluralCategories(settings: string): string;

  /** JSON: the components that are shown, with their values, and hourCycle. */
  export function describeDates(settings: string): string;
  export function formatDate(settings: string, time: number): string;
  export function dateParts(settings: string, time: number): string;
  export function formatDateRange(settings: string, start: number, end: number): string;
  export function dateRangeParts(settings: string, start: number, end: number): string;

  /** What stands between hours and minutes. */
  export function timeSeparator(locale: string): string;

  /** -1, 0 or 1. */
  export function compare(settings: string, x: string, y: string): number;
  /** JSON: sensitivity, ignorePunctuation, caseFirst as they are in effect. */
  export function describeCollator(settings: string): string;
  export function toUpperCase(locale: string, text: string): string;
  export function toLowerCase(locale: string, text: string): string;

  /** For each segment its end × 2, plus 1 when it is a word: 32-bit integers, little-endian. */
  export function breaks(settings: string, text: string): Uint8Array;

  export function relativeTime(settings: string, value: number, unit: string): string;
  export function relativeTimeParts(settings: string, value: number, unit: string): string;

  /** undefined when the code has no name. */
  export function displayName(settings: string, code: string): string | undefined;
  /** elements: a JSON array of strings. */
  export function formatList(settings: string, elements: string): string;
  export function listParts(settings: string, elements: string): string;
}
