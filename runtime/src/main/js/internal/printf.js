// C's printf for QuickJS's std - https://pubs.opengroup.org/onlinepubs/9699919799/functions/fprintf.html
const DIRECTIVE = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|z|j|t)?([diouxXcsfFeEgGaA%])/g;

export function sprintf(format, ...args) {
  const values = args[Symbol.iterator]();
  const next = () => values.next().value;
  return `${format}`.replace(DIRECTIVE, (whole, flags, width, precision, letter) => {
    if (letter === "%") return "%";
    const spec = { flags, letter, width: 0, precision: undefined };
    if (width !== undefined) spec.width = width === "*" ? Math.trunc(Number(next())) : +width;
    if (spec.width < 0) {
      spec.flags += "-";
      spec.width = -spec.width;
    }
    if (/\.\*|\.\d|\./.test(whole)) spec.precision = precision === "*" ? Math.trunc(Number(next())) : +(precision ?? 0);
    return padded(converted(next(), spec), spec);
  });
}

function converted(value, spec) {
  switch (spec.letter) {
    case "c":
      return typeof value === "number" ? String.fromCodePoint(value) : `${value}`.slice(0, 1);
    case "s":
      return spec.precision === undefined ? `${value}` : `${value}`.slice(0, spec.precision);
    case "d":
    case "i":
      return signed(integerText(BigInt.asIntN(64, toBigInt(value)), 10, spec), spec);
    case "u":
    case "o":
    case "x":
    case "X":
      return unsigned(value, spec);
    default:
      return signed(floatText(Number(value), spec), spec);
  }
}

function toBigInt(value) {
  if (typeof value === "bigint") return value;
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? BigInt(number) : 0n;
}

function integerText(value, radix, { precision }) {
  const digits = (value < 0n ? -value : value).toString(radix).padStart(precision ?? 1, "0");
  return value < 0n ? `-${digits}` : digits;
}

function unsigned(value, spec) {
  const bits = toBigInt(value);
  const radix = { u: 10, o: 8, x: 16, X: 16 }[spec.letter];
  const whole = BigInt.asUintN(bits < 0n && bits >= -(2n ** 31n) ? 32 : 64, bits);
  let text = integerText(whole, radix, spec);
  if (spec.flags.includes("#") && whole !== 0n) text = (radix === 16 ? "0x" : radix === 8 ? "0" : "") + text;
  return spec.letter === "X" ? text.toUpperCase() : text;
}

function signed(text, { flags }) {
  if (text.startsWith("-")) return text;
  return (flags.includes("+") ? "+" : flags.includes(" ") ? " " : "") + text;
}

function floatText(number, { letter, precision = 6, flags }) {
  const upper = letter === letter.toUpperCase();
  let text;
  if (!Number.isFinite(number)) text = Number.isNaN(number) ? "nan" : number < 0 ? "-inf" : "inf";
  else if (letter === "f" || letter === "F") text = number.toFixed(Math.min(precision, 100));
  else if (letter === "e" || letter === "E") text = exponent(number.toExponential(Math.min(precision, 100)));
  else if (letter === "a" || letter === "A") text = hexFloat(number);
  else text = shortest(number, precision || 1, flags.includes("#"));
  return upper ? text.toUpperCase() : text;
}

/** At least two digits, as C has it. */
function exponent(text) {
  return text.replace(/e([-+])(\d)$/, "e$10$2");
}

function shortest(number, precision, keepZeros) {
  const scale = number === 0 ? 0 : +number.toExponential(precision - 1).split("e")[1];
  const text = scale < -4 || scale >= precision
    ? exponent(number.toExponential(precision - 1))
    : number.toFixed(Math.max(0, precision - 1 - scale));
  if (keepZeros || !text.includes(".")) return text;
  return text.replace(/\.?0+(e|$)/, "$1");
}

function hexFloat(number) {
  if (number === 0) return Object.is(number, -0) ? "-0x0p+0" : "0x0p+0";
  const power = Math.floor(Math.log2(Math.abs(number)));
  const mantissa = (Math.abs(number) / 2 ** power).toString(16);
  return `${number < 0 ? "-" : ""}0x${mantissa}p${power < 0 ? "-" : "+"}${Math.abs(power)}`;
}

function padded(text, { flags, width, letter, precision }) {
  if (text.length >= width) return text;
  if (flags.includes("-")) return text.padEnd(width);
  const zeros = flags.includes("0") && !"cs".includes(letter) && !("diouxX".includes(letter) && precision !== undefined);
  if (!zeros) return text.padStart(width);
  const [, sign, digits] = /^([-+ ]?(?:0[xX])?)(.*)$/.exec(text);
  return sign + digits.padStart(width - sign.length, "0");
}
