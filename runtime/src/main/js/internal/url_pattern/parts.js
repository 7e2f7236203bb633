// Pattern strings as parts - https://urlpattern.spec.whatwg.org/#parsing
// A part is { type, value, modifier, name, prefix, suffix }; its modifier is "", "?", "*" or "+".
import { STRICT, tokenize } from "./tokens.js";
import { escapeRegExp } from "./escape.js";

export const FIXED_TEXT = "fixed-text";
export const REGEXP = "regexp";
export const SEGMENT_WILDCARD = "segment-wildcard";
export const FULL_WILDCARD = "full-wildcard";
export const FULL_WILDCARD_REGEXP = ".*";

export function segmentWildcardRegExp({ delimiter }) {
  return `[^${escapeRegExp(delimiter)}]+?`;
}

/** encode turns fixed text into what a URL would hold, or throws a TypeError. */
export function parsePattern(input, options, encode) {
  return new Parser(tokenize(input, STRICT), options, encode).parse();
}

class Parser {
  #tokens;
  #options;
  #encode;
  #segmentWildcard;
  #parts = [];
  #pendingText = "";
  #index = 0;
  #nextNumber = 0;

  constructor(tokens, options, encode) {
    this.#tokens = tokens;
    this.#options = options;
    this.#encode = (text) => (text === "" ? "" : encode(text));
    this.#segmentWildcard = segmentWildcardRegExp(options);
  }

  parse() {
    while (this.#index < this.#tokens.length) {
      if (this.#group() || this.#fixedText() || this.#braces()) {
        continue;
      }
      this.#addPendingText();
      this.#require("end");
    }
    return this.#parts;
  }

  /** [char] (name [regexp] | regexp | *) [modifier] */
  #group() {
    const char = this.#take("char");
    const name = this.#take("name");
    const matcher = this.#takeMatcher(name);
    if (name === null && matcher === null) {
      this.#index -= char === null ? 0 : 1;
      return false;
    }
    let prefix = char?.value ?? "";
    if (prefix !== this.#options.prefix) {
      this.#pendingText += prefix;
      prefix = "";
    }
    this.#addPendingText();
    this.#add({ prefix, name, matcher, suffix: "", modifier: this.#takeModifier() });
    return true;
  }

  #fixedText() {
    const token = this.#take("char") ?? this.#take("escaped-char");
    this.#pendingText += token?.value ?? "";
    return token !== null;
  }

  /** { [text] [name] [regexp | *] [text] } [modifier] */
  #braces() {
    if (this.#take("open") === null) {
      return false;
    }
    const prefix = this.#takeText();
    const name = this.#take("name");
    const matcher = this.#takeMatcher(name);
    const suffix = this.#takeText();
    this.#require("close");
    this.#add({ prefix, name, matcher, suffix, modifier: this.#takeModifier() });
    return true;
  }

  #take(type) {
    const token = this.#tokens[this.#index];
    if (token.type !== type) {
      return null;
    }
    this.#index++;
    return token;
  }

  #takeMatcher(name) {
    return this.#take("regexp") ?? (name === null ? this.#take("asterisk") : null);
  }

  #takeModifier() {
    return (this.#take("other-modifier") ?? this.#take("asterisk"))?.value ?? "";
  }

  #takeText() {
    let text = "";
    for (let token; (token = this.#take("char") ?? this.#take("escaped-char")) !== null; ) {
      text += token.value;
    }
    return text;
  }

  #require(type) {
    if (this.#take(type) === null) {
      const { value, index } = this.#tokens[this.#index];
      throw new TypeError(`URLPattern: '${value}' at position ${index} of a pattern is not expected there.`);
    }
  }

  #addPendingText() {
    if (this.#pendingText !== "") {
      this.#addText(this.#pendingText, "");
      this.#pendingText = "";
    }
  }

  #addText(text, modifier) {
    this.#parts.push({ type: FIXED_TEXT, value: this.#encode(text), modifier, name: "", prefix: "", suffix: "" });
  }

  #add({ prefix, name, matcher, suffix, modifier }) {
    const isText = name === null && matcher === null;
    if (isText && modifier === "") {
      this.#pendingText += prefix;
      return;
    }
    this.#addPendingText();
    if (!isText) {
      this.#addGroup({ prefix, name, matcher, suffix, modifier });
    } else if (prefix !== "") {
      this.#addText(prefix, modifier);
    }
  }

  #addGroup({ prefix, name, matcher, suffix, modifier }) {
    const groupName = name?.value ?? String(this.#nextNumber++);
    if (this.#parts.some((part) => part.name === groupName)) {
      throw new TypeError(`URLPattern: the name '${groupName}' is used twice in a pattern.`);
    }
    this.#parts.push({
      ...this.#typeAndValue(matcher),
      modifier,
      name: groupName,
      prefix: this.#encode(prefix),
      suffix: this.#encode(suffix),
    });
  }

  /** A regular expression that says what a wildcard says is that wildcard. */
  #typeAndValue(matcher) {
    if (matcher === null || matcher.value === this.#segmentWildcard) {
      return { type: SEGMENT_WILDCARD, value: "" };
    }
    if (matcher.type === "asterisk" || matcher.value === FULL_WILDCARD_REGEXP) {
      return { type: FULL_WILDCARD, value: "" };
    }
    return { type: REGEXP, value: matcher.value };
  }
}
