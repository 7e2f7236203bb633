// A pattern written like a URL, cut into components - https://urlpattern.spec.whatwg.org/#constructor-string-parsing
import { canonicalProtocol } from "./canonicalize.js";
import { component, DEFAULT_OPTIONS, matchesSpecialScheme } from "./component.js";
import { LENIENT, tokenize } from "./tokens.js";

const PLAIN = ["char", "escaped-char", "invalid-char"];
/** After these a "?" is a modifier. */
const MODIFIABLE = ["name", "regexp", "close", "asterisk"];
const ORDER = ["init", "protocol", "authority", "username", "password", "hostname", "port", "pathname", "search", "hash"];

/** A URLPatternInit. */
export function parseConstructorString(input) {
  return new ConstructorString(input).parse();
}

class ConstructorString {
  #points;
  #tokens;
  #result = {};
  #state = "init";
  #index = 0;
  #increment = 1;
  #start = 0;
  #groupDepth = 0;
  #bracketDepth = 0;
  #isSpecial = false;

  constructor(input) {
    this.#points = [...input];
    this.#tokens = tokenize(input, LENIENT);
  }

  parse() {
    for (; this.#state !== "done"; this.#index += this.#increment) {
      this.#increment = 1;
      if (this.#token.type === "end") {
        this.#end();
      } else if (!this.#skipsGroup()) {
        this[this.#state]();
      }
    }
    if (this.#result.hostname !== undefined) {
      this.#result.port ??= "";
    }
    return this.#result;
  }

  get #token() {
    return this.#tokens[this.#index];
  }

  #end() {
    if (this.#state === "init") {
      this.#rewind("init");
      this.#relative();
    } else if (this.#state === "authority") {
      this.#rewind("hostname");
    } else {
      this.#enter("done", 0);
    }
  }

  /** No protocol was found: the pattern starts with a later component. */
  #relative() {
    if (this.#is("#")) {
      this.#enter("hash", 1);
    } else if (this.#isSearchPrefix()) {
      this.#enter("search", 1);
    } else {
      this.#enter("pathname", 0);
    }
  }

  /** No component ends inside of braces. */
  #skipsGroup() {
    if (this.#token.type === "open") {
      this.#groupDepth++;
      return true;
    }
    if (this.#groupDepth > 0 && this.#token.type === "close") {
      this.#groupDepth--;
    }
    return this.#groupDepth > 0;
  }

  // One method for each state, as the spec names them.

  init() {
    if (this.#is(":")) {
      this.#rewind("protocol");
    }
  }

  protocol() {
    if (!this.#is(":")) {
      return;
    }
    this.#isSpecial = matchesSpecialScheme(component(this.#text(), canonicalProtocol, DEFAULT_OPTIONS));
    if (this.#is("/", 1) && this.#is("/", 2)) {
      this.#enter("authority", 3);
    } else {
      this.#enter(this.#isSpecial ? "authority" : "pathname", 1);
    }
  }

  authority() {
    if (this.#is("@")) {
      this.#rewind("username");
    } else if (this.#is("/") || this.#isSearchPrefix() || this.#is("#")) {
      this.#rewind("hostname");
    }
  }

  username() {
    if (this.#is(":")) {
      this.#enter("password", 1);
    } else {
      this.password();
    }
  }

  password() {
    if (this.#is("@")) {
      this.#enter("hostname", 1);
    }
  }

  hostname() {
    if (this.#is("[")) {
      this.#bracketDepth++;
    } else if (this.#is("]")) {
      this.#bracketDepth--;
    } else if (this.#is(":") && this.#bracketDepth === 0) {
      this.#enter("port", 1);
    } else {
      this.port();
    }
  }

  port() {
    if (this.#is("/")) {
      this.#enter("pathname", 0);
    } else {
      this.pathname();
    }
  }

  pathname() {
    if (this.#isSearchPrefix()) {
      this.#enter("search", 1);
    } else {
      this.search();
    }
  }

  search() {
    if (this.#is("#")) {
      this.#enter("hash", 1);
    }
  }

  hash() {}

  #is(value, offset = 0) {
    const token = this.#tokens[Math.min(this.#index + offset, this.#tokens.length - 1)];
    return token.value === value && PLAIN.includes(token.type);
  }

  #isSearchPrefix() {
    if (this.#is("?")) {
      return true;
    }
    return this.#token.value === "?" && !MODIFIABLE.includes(this.#tokens[this.#index - 1]?.type);
  }

  #rewind(state) {
    this.#index = this.#start;
    this.#increment = 0;
    this.#state = state;
  }

  #enter(state, skip) {
    const left = this.#state;
    if (left !== "init" && left !== "authority") {
      this.#result[left] = this.#text();
    }
    if (left !== "init" && state !== "done") {
      this.#fillBetween(left, state);
    }
    this.#state = state;
    this.#index += skip;
    this.#start = this.#index;
    this.#increment = 0;
  }

  /** What was jumped over is empty. */
  #fillBetween(left, entered) {
    const jumped = (name) => ORDER.indexOf(left) < ORDER.indexOf(name) && ORDER.indexOf(name) < ORDER.indexOf(entered);
    if (jumped("hostname")) {
      this.#result.hostname ??= "";
    }
    if (jumped("pathname")) {
      this.#result.pathname ??= this.#isSpecial ? "/" : "";
    }
    if (jumped("search")) {
      this.#result.search ??= "";
    }
  }

  /** From the component's start up to the current token. */
  #text() {
    const start = this.#tokens[Math.min(this.#start, this.#tokens.length - 1)];
    return this.#points.slice(start.index, this.#token.index).join("");
  }
}
