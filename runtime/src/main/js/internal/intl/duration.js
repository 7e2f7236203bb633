// Durations as Intl.DurationFormat takes them - https://tc39.es/ecma402/#sec-todurationrecord

/** Largest first: the order in which they are shown. */
export const UNITS = [
  "years",
  "months",
  "weeks",
  "days",
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  "microseconds",
  "nanoseconds",
];
const IN_ORDER_OF_READING = [
  "days",
  "hours",
  "microseconds",
  "milliseconds",
  "minutes",
  "months",
  "nanoseconds",
  "seconds",
  "weeks",
  "years",
];
const NANOSECONDS = {
  days: 86_400_000_000_000n,
  hours: 3_600_000_000_000n,
  minutes: 60_000_000_000n,
  seconds: 1_000_000_000n,
  milliseconds: 1_000_000n,
  microseconds: 1000n,
  nanoseconds: 1n,
};
const MOST_NANOSECONDS = 2n ** 53n * 1_000_000_000n;

/** ToDurationRecord: a number for each unit. */
export function toDuration(input) {
  if (typeof input === "string") return valid(parsed(input));
  if ((typeof input !== "object" || input === null) && typeof input !== "function") {
    throw new TypeError("A duration is an object or a string");
  }
  const given = IN_ORDER_OF_READING.map((unit) => [unit, toInteger(input[unit], unit)]);
  if (given.every(([, value]) => value === undefined)) throw new TypeError("A duration has at least one unit");
  const values = Object.fromEntries(given);
  return valid(Object.fromEntries(UNITS.map((unit) => [unit, values[unit] ?? 0])));
}

/** ToIntegerIfIntegral */
function toInteger(given, unit) {
  if (given === undefined) return undefined;
  const value = +given;
  if (!Number.isInteger(value)) throw new RangeError(`The duration's ${unit} must be an integer, not ${value}`);
  return value + 0;
}

export function durationSign(duration) {
  return Math.sign(UNITS.map((unit) => duration[unit]).find((value) => value !== 0) ?? 0);
}

/** IsValidDuration */
function valid(duration) {
  const sign = durationSign(duration);
  const isMixed = UNITS.some((unit) => duration[unit] * sign < 0);
  const isLong = ["years", "months", "weeks"].some((unit) => Math.abs(duration[unit]) >= 2 ** 32);
  const total = nanoseconds(duration, Object.keys(NANOSECONDS));
  if (isMixed || isLong || total >= MOST_NANOSECONDS || total <= -MOST_NANOSECONDS) {
    throw new RangeError("The duration is out of range");
  }
  return duration;
}

function nanoseconds(duration, units) {
  return units.reduce((sum, unit) => sum + BigInt(duration[unit]) * NANOSECONDS[unit], 0n);
}

/** The unit with all smaller ones as its fraction: an exact decimal number. */
export function withFraction(duration, unit) {
  const smaller = UNITS.slice(UNITS.indexOf(unit));
  const total = nanoseconds(duration, smaller);
  const magnitude = total < 0n ? -total : total;
  const digits = String(NANOSECONDS[unit]).length - 1;
  const fraction = String(magnitude % NANOSECONDS[unit]).padStart(digits, "0");
  return `${total < 0n ? "-" : ""}${magnitude / NANOSECONDS[unit]}.${fraction}`;
}

const ISO =
  /^([+-])?P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)(?:[.,](\d{1,9}))?H)?(?:(\d+)(?:[.,](\d{1,9}))?M)?(?:(\d+)(?:[.,](\d{1,9}))?S)?)?$/i;

/** ParseTemporalDurationString: only the smallest unit that is given may have a fraction. */
function parsed(text) {
  const match = ISO.exec(text);
  if (match === null) throw new RangeError(`Invalid duration: ${text}`);
  const [, sign, years, months, weeks, days, hours, hourPart, minutes, minutePart, seconds, secondPart] = match;
  const isBroken =
    (hourPart !== undefined && (minutes ?? seconds) !== undefined) || (minutePart !== undefined && seconds !== undefined);
  if (isBroken) throw new RangeError(`Invalid duration: ${text}`);
  const factor = sign === "-" ? -1 : 1;
  const fraction = fractionOf(hourPart, "hours") ?? fractionOf(minutePart, "minutes") ?? fractionOf(secondPart, "seconds");
  const whole = { years, months, weeks, days, hours, minutes, seconds };
  const values = UNITS.map((unit) => Number(whole[unit] ?? 0) + Number(fraction?.[unit] ?? 0n));
  return Object.fromEntries(UNITS.map((unit, i) => [unit, values[i] === 0 ? 0 : factor * values[i]]));
}

function fractionOf(digits, unit) {
  if (digits === undefined) return undefined;
  let rest = (BigInt(digits.padEnd(9, "0")) * NANOSECONDS[unit]) / 1_000_000_000n;
  const values = {};
  for (const smaller of UNITS.slice(UNITS.indexOf(unit) + 1)) {
    values[smaller] = rest / NANOSECONDS[smaller];
    rest %= NANOSECONDS[smaller];
  }
  return values;
}
