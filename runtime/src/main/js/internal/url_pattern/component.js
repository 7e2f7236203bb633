// One component of a pattern, compiled - https://urlpattern.spec.whatwg.org/#component
import { FIXED_TEXT, parsePattern, REGEXP } from "./parts.js";
import { patternString } from "./pattern_string.js";
import { regExpSource } from "./regexp.js";
import { SPECIAL_PORTS } from "./canonicalize.js";

/** How a pattern is read: where a segment ends, and what is taken into a group that it stands before. */
export const DEFAULT_OPTIONS = { delimiter: "", prefix: "" };
export const HOSTNAME_OPTIONS = { delimiter: ".", prefix: "" };
export const PATHNAME_OPTIONS = { delimiter: "/", prefix: "/" };

const { exec } = RegExp.prototype;

/** What most components of most patterns are: "*". */
const ANYTHING = {
  pattern: "*",
  hasRegExpGroups: false,
  match: (input) => ({ groups: { 0: input }, input }),
  matches: () => true,
};

/** encode turns fixed text into what a URL would hold; it and a bad pattern throw a TypeError. */
export function component(pattern, encode, options, ignoreCase = false) {
  if (pattern === "*") {
    return ANYTHING;
  }
  const parts = parsePattern(pattern, options, encode);
  const isText = parts.every(({ type, modifier }) => type === FIXED_TEXT && modifier === "");
  return {
    pattern: patternString(parts, options),
    hasRegExpGroups: parts.some(({ type }) => type === REGEXP),
    ...(isText && !ignoreCase ? textMatcher(parts) : regExpMatcher(pattern, parts, options, ignoreCase)),
  };
}

export function matchesSpecialScheme(protocol) {
  return Object.keys(SPECIAL_PORTS).some((scheme) => protocol.matches(scheme));
}

function textMatcher(parts) {
  const text = parts.map(({ value }) => value).join("");
  return {
    matches: (input) => input === text,
    match: (input) => (input === text ? { groups: {}, input } : null),
  };
}

/** match() makes a URLPatternComponentResult. */
function regExpMatcher(pattern, parts, options, ignoreCase) {
  const expression = regExp(pattern, regExpSource(parts, options), ignoreCase);
  const names = parts.map(({ name }) => name).filter((name) => name !== "");
  return {
    matches: (input) => exec.call(expression, input) !== null,
    match(input) {
      const found = exec.call(expression, input);
      return found && { groups: Object.fromEntries(names.map((name, i) => [name, found[i + 1]])), input };
    },
  };
}

/**
 * The flag v, which lets classes hold sets. QuickJS-ng 0.17 then applies the syntax of such classes to a whole
 * expression and refuses "a-b"; what it refuses is read with the flag u there.
 */
const FLAGS = isRegExp("a-b", "v") ? ["v"] : ["v", "u"];

function regExp(pattern, source, ignoreCase) {
  const flag = FLAGS.find((candidate) => isRegExp(source, candidate));
  if (flag === undefined) {
    throw new TypeError(`URLPattern: '${pattern}' holds a regular expression that is not valid.`);
  }
  return new RegExp(source, ignoreCase ? `${flag}i` : flag);
}

function isRegExp(source, flags) {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}
