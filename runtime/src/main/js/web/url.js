// URL - https://url.spec.whatwg.org/#url-class
// Java parses; the components are cut out of the serialization, which is unambiguous.
import { defineInterfaces } from "internal:define";
import { requireArguments, toDOMString, toUSVString } from "internal:webidl";
import { URLSearchParams, connect, refill } from "./url_search_params.js";
import * as host from "host:url";

/** For URL.parse, which has parsed already. */
const EMPTY = Symbol("URL");
const SPECIAL = /^(?:https?|wss?|ftp):$/;

export class URL {
  #href;
  #searchParams = null;

  static parse(url, base = undefined) {
    requireArguments(arguments.length, 1, "URL.parse");
    const href = parseUrl(url, base);
    if (href === undefined) {
      return null;
    }
    const parsed = new URL(EMPTY);
    parsed.#href = href;
    return parsed;
  }

  static canParse(url, base = undefined) {
    requireArguments(arguments.length, 1, "URL.canParse");
    return parseUrl(url, base) !== undefined;
  }

  constructor(url, base = undefined) {
    requireArguments(arguments.length, 1, "URL constructor");
    this.#href = url === EMPTY ? "" : (parseUrl(url, base) ?? fail(url, base));
  }

  get href() {
    if (!(#href in this)) throw wrongReceiver();
    return this.#href;
  }
  set href(value) {
    URL.#hrefOf(this);
    this.#update(parseUrl(value, undefined) ?? fail(value, undefined));
  }
  toString() {
    if (!(#href in this)) throw wrongReceiver();
    return this.#href;
  }
  toJSON() {
    if (!(#href in this)) throw wrongReceiver();
    return this.#href;
  }

  get origin() {
    URL.#hrefOf(this);
    const { protocol } = this;
    if (SPECIAL.test(protocol)) {
      return `${protocol}//${this.host}`;
    }
    return protocol === "blob:" ? originOfBlob(this.pathname) : "null";
  }

  get protocol() {
    const href = URL.#hrefOf(this);
    return href.slice(0, href.indexOf(":") + 1);
  }
  set protocol(value) {
    URL.#set(this, "protocol", value);
  }

  get username() {
    return credentials(URL.#hrefOf(this))[0];
  }
  set username(value) {
    URL.#set(this, "username", value);
  }

  get password() {
    return credentials(URL.#hrefOf(this))[1];
  }
  set password(value) {
    URL.#set(this, "password", value);
  }

  get host() {
    return hostAndPort(URL.#hrefOf(this));
  }
  set host(value) {
    URL.#set(this, "host", value);
  }

  get hostname() {
    const host = hostAndPort(URL.#hrefOf(this));
    return host.slice(0, portStart(host));
  }
  set hostname(value) {
    URL.#set(this, "hostname", value);
  }

  get port() {
    const host = hostAndPort(URL.#hrefOf(this));
    return host.slice(portStart(host) + 1);
  }
  set port(value) {
    URL.#set(this, "port", value);
  }

  get pathname() {
    const href = URL.#hrefOf(this);
    return href.slice(pathStart(href), pathEnd(href));
  }
  set pathname(value) {
    URL.#set(this, "pathname", value);
  }

  get search() {
    if (!(#href in this)) throw wrongReceiver();
    const query = queryOf(this.#href);
    return query === "" ? "" : `?${query}`;
  }
  set search(value) {
    URL.#set(this, "search", value);
  }

  get searchParams() {
    URL.#hrefOf(this);
    if (this.#searchParams === null) {
      this.#searchParams = new URLSearchParams();
      refill(this.#searchParams, queryOf(this.#href));
      connect(this.#searchParams, (query) => (this.#href = host.set(this.#href, "search", query)));
    }
    return this.#searchParams;
  }

  get hash() {
    const href = URL.#hrefOf(this);
    const start = href.indexOf("#");
    return start < 0 || start === href.length - 1 ? "" : href.slice(start);
  }
  set hash(value) {
    URL.#set(this, "hash", value);
  }

  static #hrefOf(url) {
    if (!(#href in url)) throw new TypeError("Cannot read private member #href from an object whose class did not declare it");
    return url.#href;
  }

  static #set(url, part, value) {
    const href = host.set(URL.#hrefOf(url), part, toUSVString(value));
    url.#update(href);
  }

  #update(href) {
    this.#href = href;
    if (this.#searchParams !== null) {
      refill(this.#searchParams, queryOf(href));
    }
  }
}

/** In the words that programs for Node look for. */
function wrongReceiver() {
  return new TypeError("Receiver must be an instance of class URL");
}

/** The serialization of a URL, or undefined. */
export function parseUrl(url, base) {
  const input = toDOMString(url);
  return host.parse(input.toWellFormed(), base === undefined ? undefined : toUSVString(base));
}

/** As on Node: programs look at the code. */
function fail(url, base) {
  const error = new TypeError("Invalid URL");
  error.code = "ERR_INVALID_URL";
  error.input = String(url);
  if (base !== undefined) {
    error.base = String(base);
  }
  throw error;
}

function originOfBlob(path) {
  const inner = host.parse(path, undefined);
  return inner !== undefined && /^https?:/.test(inner) ? new URL(inner).origin : "null";
}

/** Where the text between "//" and the path starts and ends; [-1, -1] without a host. */
function authority(href) {
  const start = href.indexOf(":") + 3;
  if (!href.startsWith("//", start - 2)) {
    return [-1, -1];
  }
  let end = pathEnd(href);
  const slash = href.indexOf("/", start);
  if (slash >= 0 && slash < end) {
    end = slash;
  }
  return [start, end];
}

function credentials(href) {
  const [start, end] = authority(href);
  const at = start < 0 ? -1 : href.lastIndexOf("@", end);
  if (at < start) {
    return ["", ""];
  }
  const text = href.slice(start, at);
  const colon = text.indexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

function hostAndPort(href) {
  const [start, end] = authority(href);
  if (start < 0) {
    return "";
  }
  const at = href.lastIndexOf("@", end);
  return href.slice(Math.max(start, at + 1), end);
}

/** The index of the colon before the port; the length when there is none. */
function portStart(host) {
  const colon = host.lastIndexOf(":");
  return colon < 0 || host.endsWith("]") ? host.length : colon;
}

function pathStart(href) {
  const [, end] = authority(href);
  if (end >= 0) {
    return end;
  }
  const start = href.indexOf(":") + 1;
  // "/." keeps a path that starts with two slashes from being read as a host.
  return href.startsWith("/.//", start) ? start + 2 : start;
}

function pathEnd(href) {
  const hash = href.indexOf("#");
  const end = hash < 0 ? href.length : hash;
  const query = href.indexOf("?");
  return query < 0 || query > end ? end : query;
}

function queryOf(href) {
  const start = href.indexOf("?");
  const hash = href.indexOf("#");
  const end = hash < 0 ? href.length : hash;
  return start < 0 || start > end ? "" : href.slice(start + 1, end);
}

defineInterfaces({ URL });
