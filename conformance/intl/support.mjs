// What the tables have in common: the locales and time zones, and one line for each result.

export const LOCALES = ["en-US", "de-DE", "fr-FR", "ja-JP", "ar-EG", "hi-IN", "zh-CN", "pt-BR", "tr-TR", "th-TH"];
export const ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia"];

/** Writes `key<TAB>result`, a string as it is and all else as JSON; an error is its name. */
export function row(key, make) {
  let result;
  try {
    const value = make();
    result = typeof value === "string" ? value : JSON.stringify(value);
  } catch (error) {
    result = `!${error.name}`;
  }
  console.log(`${key}\t${String(result).replace(/[\n\t]/g, (c) => (c === "\n" ? "\\n" : "\\t"))}`);
}

/** type=value|type=value. V8 14.1 has CLDR's narrow space before "AM" in parts, but a space in formatted text; 14.7 has a space in both. */
export function parts(list) {
  const name = ({ type, source, unit }) => [type, source, unit].filter(Boolean).join(".");
  return list.map((part) => `${name(part)}=${part.value.replace("\u202f", " ")}`).join("|");
}

/** A short name for options in keys. */
export function named(options) {
  return JSON.stringify(options).replace(/"/g, "");
}
