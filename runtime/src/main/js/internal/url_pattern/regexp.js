// Parts as a regular expression - https://urlpattern.spec.whatwg.org/#converting-part-lists-to-regular-expressions
import { escapeRegExp } from "./escape.js";
import { FIXED_TEXT, FULL_WILDCARD, FULL_WILDCARD_REGEXP, SEGMENT_WILDCARD, segmentWildcardRegExp } from "./parts.js";

/** The expression's source. Its groups stand in the order of the parts that have a name. */
export function regExpSource(parts, options) {
  return `^${parts.map((part) => (part.type === FIXED_TEXT ? ofText(part) : ofGroup(part, options))).join("")}$`;
}

function ofText({ value, modifier }) {
  const text = escapeRegExp(value);
  return modifier === "" ? text : `(?:${text})${modifier}`;
}

function ofGroup(part, options) {
  const { modifier } = part;
  const expression = expressionOf(part, options);
  const prefix = escapeRegExp(part.prefix);
  const suffix = escapeRegExp(part.suffix);
  const repeats = modifier === "*" || modifier === "+";
  if (prefix === "" && suffix === "") {
    return repeats ? `((?:${expression})${modifier})` : `(${expression})${modifier}`;
  }
  if (!repeats) {
    return `(?:${prefix}(${expression})${suffix})${modifier}`;
  }
  // The first prefix and the last suffix stand outside of the group, all others between its repetitions.
  const repeated = `((?:${expression})(?:${suffix}${prefix}(?:${expression}))*)`;
  return `(?:${prefix}${repeated}${suffix})${modifier === "*" ? "?" : ""}`;
}

function expressionOf({ type, value }, options) {
  switch (type) {
    case SEGMENT_WILDCARD:
      return segmentWildcardRegExp(options);
    case FULL_WILDCARD:
      return FULL_WILDCARD_REGEXP;
    default:
      return value;
  }
}
