// Intl.RelativeTimeFormat - https://tc39.es/ecma402/#relativetimeformat-objects
import * as host from "host:intl";
import { canonicalLocaleList, dataTag, resolveLocale, supportedLocalesOf } from "./locales.js";
import { coerceOptions, matcherOption, stringOption, typeOption } from "./options.js";
import { createFrom, internalSlots, partsOf, requireNew, settingsOf, shape } from "./service.js";

const SERVICE = "RelativeTimeFormat";
const slots = internalSlots("Intl.RelativeTimeFormat");
const UNITS = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

export function RelativeTimeFormat() {
  const [locales, optionsGiven] = arguments;
  requireNew(new.target, "Intl.RelativeTimeFormat");
  const format = createFrom(new.target, RelativeTimeFormat);
  const requested = canonicalLocaleList(locales);
  const options = coerceOptions(optionsGiven);
  matcherOption(options, SERVICE);
  const nu = typeOption(options, "numberingSystem");
  const resolved = resolveLocale(SERVICE, requested, { nu: nu && host.canonicalType("nu", nu.toLowerCase()) });
  const style = stringOption(options, "style", ["long", "short", "narrow"], "long", SERVICE);
  const numeric = stringOption(options, "numeric", ["always", "auto"], "always", SERVICE);
  const settings = settingsOf({ locale: dataTag(resolved, { nu: resolved.nu }), style, numeric });
  slots.set(format, { resolved, style, numeric, settings });
  return format;
}

/** SingularRelativeTimeUnit */
function singular(given) {
  const unit = `${given}`;
  const name = unit.endsWith("s") ? unit.slice(0, -1) : unit;
  if (!UNITS.includes(name)) throw new RangeError(`Invalid unit argument for Intl.RelativeTimeFormat.prototype.format() '${unit}'`);
  return name;
}

function finite(number) {
  if (!Number.isFinite(number)) throw new RangeError("The value must be a finite number");
  return number;
}

const members = {
  resolvedOptions() {
    const { resolved, style, numeric } = slots.get(this, "resolvedOptions");
    return { locale: resolved.locale, style, numeric, numberingSystem: resolved.nu };
  },
  format(value, unit) {
    const { settings } = slots.get(this, "format");
    const [number, name] = [+value, singular(unit)];
    return host.relativeTime(settings, finite(number), name);
  },
  formatToParts(value, unit) {
    const { settings } = slots.get(this, "formatToParts");
    const [number, name] = [+value, singular(unit)];
    const parts = host.relativeTimeParts(settings, finite(number), name);
    return partsOf(parts, (part) => (part.type === "literal" ? part : { ...part, unit: name }));
  },
};

shape(RelativeTimeFormat, SERVICE, { members, statics: supportedLocalesOf(SERVICE) });
