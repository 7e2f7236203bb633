// Parts as a pattern string again - https://urlpattern.spec.whatwg.org/#converting-part-lists-to-pattern-strings
import { escapePattern } from "./escape.js";
import {
  FIXED_TEXT,
  FULL_WILDCARD,
  FULL_WILDCARD_REGEXP,
  REGEXP,
  SEGMENT_WILDCARD,
  segmentWildcardRegExp,
} from "./parts.js";
import { isNamePart } from "./tokens.js";

const DIGIT_FIRST = /^[0-9]/;

export function patternString(parts, options) {
  return parts
    .map((part, i) =>
      part.type === FIXED_TEXT ? ofText(part) : ofGroup(part, parts[i - 1] ?? null, parts[i + 1] ?? null, options),
    )
    .join("");
}

function ofText({ value, modifier }) {
  const text = escapePattern(value);
  return modifier === "" ? text : `{${text}}${modifier}`;
}

function ofGroup(part, previous, next, options) {
  const isNamed = !DIGIT_FIRST.test(part.name);
  const isGrouped = needsGrouping(part, previous, next, isNamed, options);
  const name = isNamed ? `:${part.name}` : "";
  const matcher = matcherOf(part, previous, isNamed, isGrouped, options);
  // What follows a name must not continue it.
  const stop = part.type === SEGMENT_WILDCARD && isNamed && startsWithNamePart(part.suffix) ? "\\" : "";
  const text = `${escapePattern(part.prefix)}${name}${matcher}${stop}${escapePattern(part.suffix)}`;
  return (isGrouped ? `{${text}}` : text) + part.modifier;
}

function needsGrouping(part, previous, next, isNamed, options) {
  if (part.suffix !== "" || (part.prefix !== "" && part.prefix !== options.prefix)) {
    return true;
  }
  return (
    (isNamed && part.type === SEGMENT_WILDCARD && part.modifier === "" && next !== null && continues(next)) ||
    (part.prefix === "" && previous?.type === FIXED_TEXT && [...previous.value].at(-1) === options.prefix)
  );
}

/** Whether a name before that part would run into it. */
function continues({ type, value, name, prefix, suffix }) {
  if (prefix !== "" || suffix !== "") {
    return false;
  }
  return type === FIXED_TEXT ? startsWithNamePart(value) : DIGIT_FIRST.test(name);
}

function startsWithNamePart(text) {
  const [first] = text;
  return first !== undefined && isNamePart(first);
}

function matcherOf({ type, value, prefix }, previous, isNamed, isGrouped, options) {
  switch (type) {
    case REGEXP:
      return `(${value})`;
    case SEGMENT_WILDCARD:
      return isNamed ? "" : `(${segmentWildcardRegExp(options)})`;
    case FULL_WILDCARD: {
      const isAlone = previous === null || previous.type === FIXED_TEXT || previous.modifier !== "";
      return !isNamed && (isAlone || isGrouped || prefix !== "") ? "*" : `(${FULL_WILDCARD_REGEXP})`;
    }
  }
}
