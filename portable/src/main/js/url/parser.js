// The basic URL parser, one function per state - https://url.spec.whatwg.org/#concept-basic-url-parser
import { parseHost } from "./host.js";
import * as percent from "./percent.js";
import { defaultPort, isDriveLetter, isNormalizedDrive, isSpecialScheme, Url } from "./record.js";

const END = "";
const DONE = Symbol("done");
const FAILURE = Symbol("failure");

/** The record, or undefined. */
export function parseUrl(input, base = null) {
  const url = new Url();
  const trimmed = input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "");
  return new Parser(trimmed, base, url, null).run(states.schemeStart) === FAILURE ? undefined : url;
}

/** A setter's work: changes a part of the record, perhaps in part only when it fails, as the standard says. */
export function change(url, value, state) {
  new Parser(value, null, url, states[state]).run(states[state]);
}

class Parser {
  pointer = 0;
  buffer = "";
  atSignSeen = false;
  insideBrackets = false;
  passwordTokenSeen = false;

  constructor(input, base, url, override) {
    this.input = Array.from(input.replace(/[\t\n\r]/g, ""));
    this.base = base;
    this.url = url;
    this.override = override;
  }

  run(state) {
    this.state = state;
    for (; ; this.pointer++) {
      const c = this.current;
      const outcome = this.state(this, c);
      if (outcome === DONE || outcome === FAILURE) return outcome;
      // A state may have moved the pointer back to read the end again.
      if (c === END && this.pointer >= this.input.length) return DONE;
    }
  }

  get current() {
    return this.input[this.pointer] ?? END;
  }

  get next() {
    return this.input[this.pointer + 1];
  }

  to(state) {
    this.state = states[state];
  }

  /** Another state reads the present character as well. */
  again(state) {
    this.state = states[state];
    return this.state(this, this.current);
  }

  startQuery() {
    this.url.query = "";
    this.to("query");
  }

  startFragment() {
    this.url.fragment = "";
    this.to("fragment");
  }

  endsAuthority(c) {
    return c === END || c === "/" || c === "?" || c === "#" || (this.url.isSpecial && c === "\\");
  }

  isSlash(c) {
    return c === "/" || (this.url.isSpecial && c === "\\");
  }

  startsWithDrive() {
    const [first, second, third] = this.input.slice(this.pointer, this.pointer + 3);
    return isDriveLetter(`${first}${second}`) && (third === undefined || "/\\?#".includes(third));
  }

  takeHost() {
    const host = parseHost(this.buffer, !this.url.isSpecial);
    this.buffer = "";
    if (host === undefined) return false;
    this.url.host = host;
    return true;
  }

  take() {
    const text = this.buffer;
    this.buffer = "";
    return text;
  }
}

const isSingleDot = (segment) => /^(\.|%2e)$/i.test(segment);
const isDoubleDot = (segment) => /^(\.|%2e){2}$/i.test(segment);

function schemeSet(parser) {
  const { url, buffer } = parser;
  const mayChange =
    url.isSpecial === isSpecialScheme(buffer) &&
    !((url.hasCredentials || url.port !== null) && buffer === "file") &&
    !(url.isFile && url.host === "");
  if (mayChange) {
    url.scheme = buffer;
    if (url.port === defaultPort(buffer)) url.port = null;
  }
  return DONE;
}

function schemeFound(parser) {
  const { url, base } = parser;
  url.scheme = parser.take();
  if (url.isFile) return parser.to("file");
  if (url.isSpecial) {
    return parser.to(base?.scheme === url.scheme ? "specialRelativeOrAuthority" : "specialAuthoritySlashes");
  }
  if (parser.next === "/") {
    parser.pointer++;
    return parser.to("pathOrAuthority");
  }
  url.path = "";
  return parser.to("opaquePath");
}

/** The part of "relative" and "file" that decides how much of the base remains. */
function afterInherited(parser, c) {
  if (c === "?") return parser.startQuery();
  if (c === "#") return parser.startFragment();
  if (c === END) return undefined;
  parser.url.query = null;
  parser.url.shorten();
  return parser.again("path");
}

function takeCredentials(parser) {
  const { url } = parser;
  const text = parser.atSignSeen ? `%40${parser.take()}` : parser.take();
  parser.atSignSeen = true;
  for (const c of text) {
    if (c === ":" && !parser.passwordTokenSeen) {
      parser.passwordTokenSeen = true;
      continue;
    }
    url[parser.passwordTokenSeen ? "password" : "username"] += percent.encodeCharacter(c, percent.USERINFO);
  }
}

function addSegment(url, segment, isSlash) {
  if (isDoubleDot(segment)) {
    url.shorten();
    if (!isSlash) url.path.push("");
  } else if (isSingleDot(segment)) {
    if (!isSlash) url.path.push("");
  } else {
    const isDrive = url.isFile && url.path.length === 0 && isDriveLetter(segment);
    url.path.push(isDrive ? `${segment[0]}:` : segment);
  }
}

function hostState(parser, c) {
  const { url, override } = parser;
  if (override !== null && url.isFile) return parser.again("fileHost");
  if (c === ":" && !parser.insideBrackets) {
    if (parser.buffer === "" || override === states.hostname) return FAILURE;
    return parser.takeHost() ? parser.to("port") : FAILURE;
  }
  if (parser.endsAuthority(c)) {
    if (url.isSpecial && parser.buffer === "") return FAILURE;
    if (override !== null && parser.buffer === "" && (url.hasCredentials || url.port !== null)) return FAILURE;
    if (!parser.takeHost()) return FAILURE;
    return override !== null ? DONE : parser.again("pathStart");
  }
  parser.insideBrackets = c === "[" || (parser.insideBrackets && c !== "]");
  parser.buffer += c;
  return undefined;
}

const states = {
  schemeStart(parser, c) {
    if (/^[a-zA-Z]$/.test(c)) {
      parser.buffer += c.toLowerCase();
      return parser.to("scheme");
    }
    return parser.override !== null ? FAILURE : parser.again("noScheme");
  },

  scheme(parser, c) {
    if (/^[a-zA-Z0-9+.-]$/.test(c)) {
      parser.buffer += c.toLowerCase();
      return undefined;
    }
    if (c === ":") return parser.override !== null ? schemeSet(parser) : schemeFound(parser);
    if (parser.override !== null) return FAILURE;
    parser.buffer = "";
    parser.pointer = 0;
    return parser.again("noScheme");
  },

  noScheme(parser, c) {
    const { url, base } = parser;
    if (base === null || (base.isOpaque && c !== "#")) return FAILURE;
    if (!base.isOpaque) return parser.again(base.isFile ? "file" : "relative");
    url.scheme = base.scheme;
    url.copyPath(base);
    url.query = base.query;
    return parser.startFragment();
  },

  specialRelativeOrAuthority(parser, c) {
    if (c !== "/" || parser.next !== "/") return parser.again("relative");
    parser.pointer++;
    return parser.to("specialAuthorityIgnoreSlashes");
  },

  pathOrAuthority(parser, c) {
    return c === "/" ? parser.to("authority") : parser.again("path");
  },

  relative(parser, c) {
    const { url, base } = parser;
    url.scheme = base.scheme;
    if (parser.isSlash(c)) return parser.to("relativeSlash");
    url.copyAuthority(base);
    url.copyPath(base);
    url.query = base.query;
    return afterInherited(parser, c);
  },

  relativeSlash(parser, c) {
    if (parser.url.isSpecial && (c === "/" || c === "\\")) return parser.to("specialAuthorityIgnoreSlashes");
    if (c === "/") return parser.to("authority");
    parser.url.copyAuthority(parser.base);
    return parser.again("path");
  },

  specialAuthoritySlashes(parser, c) {
    if (c !== "/" || parser.next !== "/") return parser.again("specialAuthorityIgnoreSlashes");
    parser.pointer++;
    return parser.to("specialAuthorityIgnoreSlashes");
  },

  specialAuthorityIgnoreSlashes(parser, c) {
    return c === "/" || c === "\\" ? undefined : parser.again("authority");
  },

  authority(parser, c) {
    if (c === "@") return takeCredentials(parser);
    if (parser.endsAuthority(c)) {
      if (parser.atSignSeen && parser.buffer === "") return FAILURE;
      parser.pointer -= Array.from(parser.take()).length;
      return parser.again("host");
    }
    parser.buffer += c;
    return undefined;
  },

  host: (parser, c) => hostState(parser, c),
  hostname: (parser, c) => hostState(parser, c),

  port(parser, c) {
    const { url, override } = parser;
    if (/^[0-9]$/.test(c)) {
      parser.buffer += c;
      return undefined;
    }
    if (!parser.endsAuthority(c) && override === null) return FAILURE;
    if (parser.buffer !== "") {
      const port = Number(parser.take());
      if (port > 65535) return FAILURE;
      url.port = port === defaultPort(url.scheme) ? null : port;
      if (override !== null) return DONE;
    }
    return override !== null ? FAILURE : parser.again("pathStart");
  },

  file(parser, c) {
    const { url, base } = parser;
    url.scheme = "file";
    url.host = "";
    if (c === "/" || c === "\\") return parser.to("fileSlash");
    if (base === null || !base.isFile) return parser.again("path");
    url.host = base.host;
    url.copyPath(base);
    url.query = base.query;
    if (c === END || c === "?" || c === "#" || !parser.startsWithDrive()) return afterInherited(parser, c);
    url.query = null;
    url.path = [];
    return parser.again("path");
  },

  fileSlash(parser, c) {
    const { url, base } = parser;
    if (c === "/" || c === "\\") return parser.to("fileHost");
    if (base?.isFile) {
      url.host = base.host;
      if (!parser.startsWithDrive() && base.path.length > 0 && isNormalizedDrive(base.path[0])) url.path.push(base.path[0]);
    }
    return parser.again("path");
  },

  fileHost(parser, c) {
    const { url, override } = parser;
    if (c !== END && !"/\\?#".includes(c)) {
      parser.buffer += c;
      return undefined;
    }
    // A drive letter stays in the buffer: the path begins with it.
    if (override === null && isDriveLetter(parser.buffer)) return parser.again("path");
    if (parser.buffer === "") {
      url.host = "";
    } else {
      if (!parser.takeHost()) return FAILURE;
      if (url.host === "localhost") url.host = "";
    }
    return override !== null ? DONE : parser.again("pathStart");
  },

  pathStart(parser, c) {
    const { url, override } = parser;
    if (url.isSpecial) return parser.isSlash(c) ? parser.to("path") : parser.again("path");
    if (override === null && c === "?") return parser.startQuery();
    if (override === null && c === "#") return parser.startFragment();
    if (c !== END) return c === "/" ? parser.to("path") : parser.again("path");
    if (override !== null && url.host === null) url.path.push("");
    return undefined;
  },

  path(parser, c) {
    const isSlash = parser.isSlash(c);
    const endsPath = parser.override === null && (c === "?" || c === "#");
    if (c !== END && !isSlash && !endsPath) {
      parser.buffer += percent.encodeCharacter(c, percent.PATH);
      return undefined;
    }
    addSegment(parser.url, parser.take(), isSlash);
    if (!endsPath) return undefined;
    return c === "?" ? parser.startQuery() : parser.startFragment();
  },

  opaquePath(parser, c) {
    if (c === "?") return parser.startQuery();
    if (c === "#") return parser.startFragment();
    const isLast = parser.next === "?" || parser.next === "#";
    if (c !== END) parser.url.path += c === " " && isLast ? "%20" : percent.encodeCharacter(c, percent.C0_CONTROL);
    return undefined;
  },

  query(parser, c) {
    if (c === "#" && parser.override === null) return parser.startFragment();
    const set = parser.url.isSpecial ? percent.SPECIAL_QUERY : percent.QUERY;
    if (c !== END) parser.url.query += percent.encodeCharacter(c, set);
    return undefined;
  },

  fragment(parser, c) {
    if (c !== END) parser.url.fragment += percent.encodeCharacter(c, percent.FRAGMENT);
    return undefined;
  },
};
