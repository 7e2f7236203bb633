// Checks of header fields, and how received ones are joined - https://nodejs.org/api/http.html#messageheaders
// Java checks them again: these checks are for the program's sake.
import { codes } from "internal:node_errors";

const { ERR_HTTP_INVALID_HEADER_VALUE, ERR_INVALID_CHAR, ERR_INVALID_HTTP_TOKEN } = codes;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// eslint-disable-next-line no-control-regex
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Programs send the same few names and values again and again, and a regular expression costs the engine far more
 * than a look into a set. Only short strings are kept, and the set starts anew when it is full.
 */
class Approved {
  #known = new Set();

  constructor(isGood) {
    this.isGood = isGood;
  }

  has(text) {
    if (this.#known.has(text)) return true;
    if (!this.isGood(text)) return false;
    if (text.length <= MAX_KEPT_LENGTH) {
      if (this.#known.size >= MAX_KEPT) this.#known.clear();
      this.#known.add(text);
    }
    return true;
  }
}

const MAX_KEPT = 500;
const MAX_KEPT_LENGTH = 100;
const goodNames = new Approved((text) => TOKEN.test(text));
const goodValues = new Approved((text) => !BAD_VALUE.test(text));

export function hasInvalidChar(text) {
  return !goodValues.has(text);
}

export function validateHeaderName(name, label = "Header name") {
  if (typeof name !== "string" || !goodNames.has(name)) throw new ERR_INVALID_HTTP_TOKEN(label || "Header name", name);
}

export function validateHeaderValue(name, value) {
  if (value === undefined) throw new ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (typeof value === "number") return;
  if (Array.isArray(value)) {
    for (const each of value) if (hasInvalidChar(`${each}`)) throw new ERR_INVALID_CHAR("header content", name);
  } else if (hasInvalidChar(`${value}`)) {
    throw new ERR_INVALID_CHAR("header content", name);
  }
}

/** Of these the first one counts. */
const SINGLE = new Set([
  "age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host", "if-modified-since",
  "if-unmodified-since", "last-modified", "location", "max-forwards", "proxy-authorization", "referer",
  "retry-after", "server", "user-agent",
]);

/** [name, value, …] → an object with lower-case names. */
export function joined(raw, joinDuplicates = false) {
  const headers = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    const value = raw[i + 1];
    const existing = headers[name];
    if (name === "set-cookie") {
      if (existing === undefined) headers[name] = [value];
      else existing.push(value);
    } else if (existing === undefined) {
      headers[name] = value;
    } else if (joinDuplicates || !SINGLE.has(name)) {
      headers[name] = `${existing}${name === "cookie" ? "; " : ", "}${value}`;
    }
  }
  return headers;
}

/** [name, value, …] → an object of arrays. */
export function distinct(raw) {
  const headers = { __proto__: null };
  for (let i = 0; i + 1 < raw.length; i += 2) (headers[raw[i].toLowerCase()] ??= []).push(raw[i + 1]);
  return headers;
}
