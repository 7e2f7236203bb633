// url.parse() and its kin - https://nodejs.org/api/url.html#legacy-url-api
// Older than the URL Standard, and unlike it: it never fails on a relative or a strange URL.
import { codes, nodeError } from "internal:node_errors";
import { resolveInto, SLASHED } from "internal:legacy_url_resolve";
import { validateString } from "internal:validators";
import * as punycode from "node:punycode";
import * as querystring from "node:querystring";

const HOSTLESS = new Set(["javascript:"]);
// eslint-disable-next-line no-control-regex
const AUTO_ESCAPE = /[\t\n\r "'<>\\^`{|}]/g;
const FORBIDDEN_HOST = /[\0\t\n\r #%/:<>?@[\\\]^|]/;

export function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

export function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  const result = new Url();
  result.parse(url, parseQueryString, slashesDenoteHost);
  return result;
}

Url.prototype.parse = function (input, parseQueryString, slashesDenoteHost) {
  validateString(input, "url");
  let rest = trimmed(input);
  const cut = rest.search(/[?#]/);
  const head = cut < 0 ? rest : rest.slice(0, cut);
  rest = head.replaceAll("\\", "/") + (cut < 0 ? "" : rest.slice(cut));
  const scheme = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
  const protocol = scheme?.toLowerCase();
  if (scheme !== undefined) {
    this.protocol = protocol;
    rest = rest.slice(scheme.length);
  }
  const hasSlashes = rest.startsWith("//") &&
    (slashesDenoteHost || scheme !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest));
  if (hasSlashes && !(protocol !== undefined && HOSTLESS.has(protocol))) {
    rest = rest.slice(2);
    this.slashes = true;
  }
  if (!HOSTLESS.has(protocol) && (hasSlashes || (protocol !== undefined && !SLASHED.has(protocol)))) {
    rest = parseAuthority(this, rest, input);
  }
  parseTail(this, rest, parseQueryString);
  if (SLASHED.has(protocol) && this.hostname && !this.pathname) this.pathname = "/";
  if (this.pathname || this.search) this.path = (this.pathname || "") + (this.search || "");
  this.href = this.format();
  return this;
};

/** Without control characters and spaces around it, whatever trim() leaves. */
function trimmed(text) {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code) {
  return code <= 0x20 || code === 0xa0 || code === 0xfeff;
}

/** Takes "user:password@host:port" off the front. */
function parseAuthority(url, rest, input) {
  const hostEnd = rest.search(/[/?#]/);
  // As the URL Standard has it: tabs and line ends are no part of it.
  const authority = (hostEnd < 0 ? rest : rest.slice(0, hostEnd)).replace(/[\t\n\r]/g, "");
  const at = authority.lastIndexOf("@");
  if (at >= 0) url.auth = decodeURIComponent(authority.slice(0, at));
  let host = authority.slice(at + 1);
  const invalid = /[ "%'<>\\^`{|};]/.exec(host);
  let remaining = hostEnd < 0 ? "" : rest.slice(hostEnd);
  if (invalid !== null) {
    remaining = host.slice(invalid.index) + remaining;
    host = host.slice(0, invalid.index);
  }
  const port = /:[0-9]*$/.exec(host)?.[0];
  if (port !== undefined && !(host.startsWith("[") && !host.includes("]"))) {
    if (port !== ":") url.port = port.slice(1);
    host = host.slice(0, -port.length);
  }
  const isIpv6 = setHost(url, host, input);
  return isIpv6 && remaining[0] !== "/" ? `/${remaining}` : remaining;
}

/** Whether it is an IPv6 address. */
function setHost(url, hostname, input) {
  const isIpv6 = hostname.startsWith("[") && hostname.endsWith("]");
  let name = hostname.length > 255 ? "" : hostname.toLowerCase();
  if (!isIpv6 && name !== "") {
    name = punycode.toASCII(name);
    if (FORBIDDEN_HOST.test(name)) {
      throw Object.assign(nodeError("ERR_INVALID_URL", "Invalid URL", TypeError), { input });
    }
  }
  url.host = name + (url.port ? `:${url.port}` : "");
  url.hostname = isIpv6 ? name.slice(1, -1) : name;
  return isIpv6;
}

function parseTail(url, rest, parseQueryString) {
  if (url.protocol !== "javascript:") rest = rest.replace(AUTO_ESCAPE, (char) => encodeURIComponent(char).replace("'", "%27"));
  const hash = rest.indexOf("#");
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf("?");
  if (question >= 0) {
    url.search = rest.slice(question);
    url.query = parseQueryString ? querystring.parse(rest.slice(question + 1)) : rest.slice(question + 1);
    rest = rest.slice(0, question);
  } else if (parseQueryString) {
    url.search = null;
    url.query = { __proto__: null };
  }
  if (rest !== "") url.pathname = rest;
}

export function format(urlObject) {
  if (typeof urlObject === "string") urlObject = parse(urlObject);
  else if (typeof urlObject !== "object" || urlObject === null) {
    throw new codes.ERR_INVALID_ARG_TYPE("urlObject", ["Object", "string"], urlObject);
  }
  return Url.prototype.format.call(urlObject);
}

Url.prototype.format = function () {
  let protocol = this.protocol || "";
  if (protocol && !protocol.endsWith(":")) protocol += ":";
  const auth = this.auth ? `${encodeURIComponent(this.auth).replace(/%3A/i, ":")}@` : "";
  let host = "";
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    const isBare = this.hostname.includes(":") && !this.hostname.startsWith("[");
    host = `${auth}${isBare ? `[${this.hostname}]` : this.hostname}${this.port ? `:${this.port}` : ""}`;
  }
  let query = "";
  if (this.query !== null && typeof this.query === "object") query = querystring.stringify(this.query);
  let search = this.search || (query && `?${query}`) || "";
  if (search && search[0] !== "?") search = `?${search}`;
  let hash = this.hash || "";
  if (hash && hash[0] !== "#") hash = `#${hash}`;
  let pathname = (this.pathname || "").replace(/[?#]/g, (char) => encodeURIComponent(char));
  if (this.slashes || SLASHED.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== "/") pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol === "file:") {
      host = "//";
    }
  }
  return protocol + host + pathname + search.replaceAll("#", "%23") + hash;
};

export function resolve(source, relative) {
  return parse(source, false, true).resolve(relative);
}

export function resolveObject(source, relative) {
  return source ? parse(source, false, true).resolveObject(relative) : relative;
}

Url.prototype.resolve = function (relative) {
  return this.resolveObject(parse(relative, false, true)).format();
};

Url.prototype.resolveObject = function (relative) {
  if (typeof relative === "string") relative = parse(relative, false, true);
  const result = Object.assign(new Url(), this);
  return resolveInto(result, relative);
};
