// assert.AssertionError - https://nodejs.org/api/assert.html#class-assertassertionerror
import { inspect } from "internal:inspect";
import { kErrorCode } from "internal:node_errors";
import { validateObject } from "internal:validators";

const HEADS = {
  deepStrictEqual: "Expected values to be strictly deep-equal:",
  strictEqual: "Expected values to be strictly equal:",
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: "Expected values to be loosely deep-equal:",
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: "Values identical but not reference-equal:",
};

const MAX_SHORT = 12;

export class AssertionError extends Error {
  constructor(options) {
    validateObject(options, "options");
    const { actual, expected, operator, message, stackStartFn } = options;
    super(message === undefined ? generated(operator, actual, expected) : String(message));
    Object.defineProperty(this, "name", { value: "AssertionError", enumerable: false, writable: true, configurable: true });
    this.generatedMessage = message === undefined;
    this.code = "ERR_ASSERTION";
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    if (stackStartFn) Error.captureStackTrace?.(this, stackStartFn);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

Object.defineProperty(AssertionError.prototype, kErrorCode, { value: "ERR_ASSERTION", configurable: true });

function shown(value) {
  return inspect(value, {
    compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false,
    sorted: true, getters: true, breakLength: Infinity,
  });
}

function generated(operator, actual, expected) {
  switch (operator) {
    case "deepStrictEqual":
    case "strictEqual":
      return difference(operator, actual, expected);
    case "notDeepStrictEqual":
    case "notStrictEqual":
      return negated(operator, actual);
    case "deepEqual":
      return `${HEADS.deepEqual}\n\n${limited(shown(actual))}\n\nshould loosely deep-equal\n\n${limited(shown(expected))}`;
    case "notDeepEqual":
      return `${HEADS.notDeepEqual}\n\n${limited(shown(expected))}`;
    default:
      return `${limited(shown(actual))} ${operator} ${limited(shown(expected))}`;
  }
}

function limited(text) {
  return text.length > 512 ? `${text.slice(0, 509)}...` : text;
}

function isObjectLike(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function negated(operator, actual) {
  const lines = shown(actual).split("\n");
  const head = operator === "notStrictEqual" && isObjectLike(actual) ? HEADS.notStrictEqualObject : HEADS[operator];
  if (lines.length === 1) return `${head}${lines[0].length > 5 ? "\n\n" : " "}${lines[0]}`;
  const kept = lines.length > 50 ? [...lines.slice(0, 46), "..."] : lines;
  return `${head}\n\n${kept.join("\n")}\n`;
}

function difference(operator, actual, expected) {
  const left = shown(actual).split("\n");
  const right = shown(expected).split("\n");
  const bothObjects = isObjectLike(actual) && isObjectLike(expected);
  const head = operator === "strictEqual" && bothObjects ? HEADS.strictEqualObject : HEADS[operator];
  if (left.length === 1 && right.length === 1 && left[0] !== right[0]) {
    const isShort = left[0].length + right[0].length <= MAX_SHORT;
    if (isShort && !isObjectLike(actual) && !isObjectLike(expected) && (actual !== 0 || expected !== 0)) {
      return `${head}\n\n${left[0]} !== ${right[0]}\n`;
    }
  }
  if (left.join("\n") === right.join("\n")) return `${HEADS.notIdentical}\n\n${left.join("\n")}\n`;
  return `${head}\n+ actual - expected\n\n${lineDifference(left, right).join("\n")}`;
}

/** A longest common subsequence: "+" only in actual, "-" only in expected. */
function lineDifference(left, right) {
  const lengths = commonLengths(left, right);
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && sameLine(left[i], right[j])) {
      lines.push(`  ${left[i]}`);
      i++;
      j++;
    } else if (j >= right.length || (i < left.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      lines.push(`+ ${left[i++]}`);
    } else {
      lines.push(`- ${right[j++]}`);
    }
  }
  return lines;
}

function sameLine(a, b) {
  return a === b || (a.endsWith(",") ? a.slice(0, -1) === b : `${a},` === b);
}

function commonLengths(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i][j] = sameLine(left[i], right[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}
