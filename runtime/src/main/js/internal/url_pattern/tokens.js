// Pattern strings as tokens - https://urlpattern.spec.whatwg.org/#tokenizing
// A token is { type, index, value }; index counts code points.

const IDENTIFIER_START = /^[$_\p{ID_Start}]$/u;
const IDENTIFIER_PART = /^[$\u200c\u200d\p{ID_Continue}]$/u;
const ASCII = /^[\0-\x7f]$/;

const SINGLE = { "*": "asterisk", "+": "other-modifier", "?": "other-modifier", "{": "open", "}": "close" };

/** Throws a TypeError at what is wrong. */
export const STRICT = "strict";
/** Makes a token of type "invalid-char" of it. */
export const LENIENT = "lenient";

export function isNamePart(codePoint) {
  return IDENTIFIER_PART.test(codePoint);
}

export function tokenize(input, policy) {
  const points = [...input];
  const tokens = [];
  let index = 0;
  while (index < points.length) {
    const token = tokenAt(points, index) ?? invalid(points, index, policy);
    tokens.push(token);
    index = token.end;
  }
  tokens.push({ type: "end", index, end: index, value: "" });
  return tokens;
}

/** undefined where the input makes no sense. */
function tokenAt(points, index) {
  const point = points[index];
  const single = SINGLE[point];
  if (single !== undefined) {
    return { type: single, index, end: index + 1, value: point };
  }
  switch (point) {
    case "\\":
      return index + 1 < points.length
        ? { type: "escaped-char", index, end: index + 2, value: points[index + 1] }
        : undefined;
    case ":":
      return name(points, index);
    case "(":
      return regexp(points, index);
    default:
      return { type: "char", index, end: index + 1, value: point };
  }
}

function invalid(points, index, policy) {
  if (policy === STRICT) {
    throw new TypeError(`URLPattern: '${points[index]}' at position ${index} of '${points.join("")}' is invalid.`);
  }
  return { type: "invalid-char", index, end: index + 1, value: points[index] };
}

function name(points, index) {
  const start = index + 1;
  let end = start;
  while (end < points.length && (end === start ? IDENTIFIER_START : IDENTIFIER_PART).test(points[end])) {
    end++;
  }
  return end === start ? undefined : { type: "name", index, end, value: points.slice(start, end).join("") };
}

/** "(…)": ASCII, not empty, and groups inside of it capture nothing. */
function regexp(points, index) {
  const start = index + 1;
  let depth = 1;
  for (let i = start; i < points.length; i++) {
    if (!ASCII.test(points[i]) || (i === start && points[i] === "?")) {
      return undefined;
    }
    if (points[i] === "\\") {
      i++;
      if (i === points.length || !ASCII.test(points[i])) {
        return undefined;
      }
    } else if (points[i] === ")") {
      depth--;
      if (depth === 0) {
        return i === start ? undefined : { type: "regexp", index, end: i + 1, value: points.slice(start, i).join("") };
      }
    } else if (points[i] === "(") {
      depth++;
      if (points[i + 1] !== "?") {
        return undefined;
      }
    }
  }
  return undefined;
}
