// Digits and rounding - https://tc39.es/ecma402/#sec-setnfdigitoptions
import { defaultNumber, numberOption, stringOption } from "./options.js";

const INCREMENTS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000];
const MODES = [
  "ceil",
  "floor",
  "expand",
  "trunc",
  "halfCeil",
  "halfFloor",
  "halfExpand",
  "halfTrunc",
  "halfEven",
];
const MAX_DIGITS = 21;
const MAX_FRACTION_DIGITS = 100;

/**
 * SetNumberFormatDigitOptions: the slots, in the order in which resolvedOptions() shows them; those that don't apply
 * are undefined.
 */
export function digitOptions(options, leastDefault, mostDefault, notation, service) {
  const read = readOptions(options, service);
  const { roundingIncrement, roundingPriority } = read;
  const digits = chooseDigits(read, leastDefault, roundingIncrement === 1 ? mostDefault : leastDefault, notation);
  if (roundingIncrement !== 1) {
    if (digits.roundingType !== "fractionDigits") throw new TypeError("roundingIncrement needs fraction digits");
    if (digits.maximumFractionDigits !== digits.minimumFractionDigits) {
      throw new RangeError("roundingIncrement value is out of range.");
    }
  }
  const isCompact = digits.roundingType === "morePrecision" && roundingPriority === "auto";
  return {
    minimumIntegerDigits: read.minimumIntegerDigits,
    ...digits,
    roundingIncrement,
    roundingMode: read.roundingMode,
    roundingPriority: isCompact ? "morePrecision" : roundingPriority,
    trailingZeroDisplay: read.trailingZeroDisplay,
  };
}

function readOptions(options, service) {
  const minimumIntegerDigits = numberOption(options, "minimumIntegerDigits", 1, MAX_DIGITS, 1);
  const { minimumFractionDigits, maximumFractionDigits } = options;
  const { minimumSignificantDigits, maximumSignificantDigits } = options;
  const roundingIncrement = numberOption(options, "roundingIncrement", 1, 5000, 1);
  if (!INCREMENTS.includes(roundingIncrement)) throw new RangeError("roundingIncrement value is out of range.");
  const roundingMode = stringOption(options, "roundingMode", MODES, "halfExpand", service);
  const priorities = ["auto", "morePrecision", "lessPrecision"];
  const roundingPriority = stringOption(options, "roundingPriority", priorities, "auto", service);
  const zeros = ["auto", "stripIfInteger"];
  const trailingZeroDisplay = stringOption(options, "trailingZeroDisplay", zeros, "auto", service);
  return {
    minimumIntegerDigits,
    minimumFractionDigits,
    maximumFractionDigits,
    minimumSignificantDigits,
    maximumSignificantDigits,
    roundingIncrement,
    roundingMode,
    roundingPriority,
    trailingZeroDisplay,
  };
}

function chooseDigits(read, leastDefault, mostDefault, notation) {
  const hasSignificant = read.minimumSignificantDigits !== undefined || read.maximumSignificantDigits !== undefined;
  const hasFraction = read.minimumFractionDigits !== undefined || read.maximumFractionDigits !== undefined;
  const isAuto = read.roundingPriority === "auto";
  const needsSignificant = !isAuto || hasSignificant;
  const needsFraction = !isAuto || !(hasSignificant || (!hasFraction && notation === "compact"));
  if (!needsSignificant && !needsFraction) {
    return slots({ least: 0, most: 0 }, { least: 1, most: 2 }, "morePrecision");
  }
  const significant = needsSignificant ? significantDigits(read, hasSignificant) : {};
  const fraction = needsFraction ? fractionDigits(read, hasFraction, leastDefault, mostDefault) : {};
  const type = !isAuto ? read.roundingPriority : hasSignificant ? "significantDigits" : "fractionDigits";
  return slots(fraction, significant, type);
}

function slots(fraction, significant, roundingType) {
  return {
    minimumFractionDigits: fraction.least,
    maximumFractionDigits: fraction.most,
    minimumSignificantDigits: significant.least,
    maximumSignificantDigits: significant.most,
    roundingType,
  };
}

function significantDigits(read, isGiven) {
  if (!isGiven) return { least: 1, most: MAX_DIGITS };
  const least = defaultNumber(read.minimumSignificantDigits, "minimumSignificantDigits", 1, MAX_DIGITS, 1);
  const given = read.maximumSignificantDigits;
  return { least, most: defaultNumber(given, "maximumSignificantDigits", least, MAX_DIGITS, MAX_DIGITS) };
}

function fractionDigits(read, isGiven, leastDefault, mostDefault) {
  if (!isGiven) return { least: leastDefault, most: mostDefault };
  const least = fractionOption(read.minimumFractionDigits, "minimumFractionDigits");
  const most = fractionOption(read.maximumFractionDigits, "maximumFractionDigits");
  if (least === undefined) return { least: Math.min(leastDefault, most), most };
  if (most === undefined) return { least, most: Math.max(mostDefault, least) };
  if (least > most) throw new RangeError("maximumFractionDigits value is out of range.");
  return { least, most };
}

function fractionOption(given, property) {
  return defaultNumber(given, property, 0, MAX_FRACTION_DIGITS, undefined);
}
