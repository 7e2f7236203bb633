// URLPatternInit - https://urlpattern.spec.whatwg.org/#canon-processing-for-init
import { URL } from "../../web/url.js";
import * as canonical from "./canonicalize.js";
import { escapePattern } from "./escape.js";

/** Each component with those before it in a URL: if one of them is given, it is not taken from the base. */
const INHERITED = {
  protocol: ["protocol"],
  hostname: ["protocol", "hostname"],
  port: ["protocol", "hostname", "port"],
  pathname: ["protocol", "hostname", "port", "pathname"],
  search: ["protocol", "hostname", "port", "pathname", "search"],
  hash: ["protocol", "hostname", "port", "pathname", "search", "hash"],
};
/** A pattern never inherits these. */
const INHERITED_CREDENTIALS = {
  username: ["protocol", "hostname", "port", "username"],
  password: ["protocol", "hostname", "port", "username", "password"],
};

/** The components of a URL, without what separates them. */
export function componentsOf(url) {
  const { username, password, hostname, port, pathname } = url;
  return {
    protocol: url.protocol.slice(0, -1),
    username,
    password,
    hostname,
    port,
    pathname,
    search: url.search.slice(1),
    hash: url.hash.slice(1),
  };
}

/** The patterns that an init stands for; components that it says nothing about are missing. */
export function patternsOf(init) {
  const base = baseOf(init);
  const result = inherited(init, base, INHERITED, escapePattern);
  const isAbsolute = /^(?:\/|\\\/|\{\/)/;
  return { ...result, ...stripped(init), ...pathnameOf(init, base, isAbsolute, escapePattern) };
}

/** The components of the URL that an init stands for, all of them. Throws a TypeError when it can't be one. */
export function componentsOfInit(init) {
  const base = baseOf(init);
  const result = {
    ...componentsOf({ protocol: "", username: "", password: "", hostname: "", port: "", pathname: "", search: "", hash: "" }),
    ...inherited(init, base, { ...INHERITED, ...INHERITED_CREDENTIALS }, (text) => text),
  };
  const given = { ...stripped(init), ...pathnameOf(init, base, /^\//, (text) => text) };
  for (const name of ["protocol", "username", "password", "hostname", "port", "pathname", "search", "hash"]) {
    if (given[name] !== undefined) {
      result[name] = canonicalized(name, given[name], result.protocol);
    }
  }
  return result;
}

function canonicalized(name, value, protocol) {
  switch (name) {
    case "protocol":
      return canonical.canonicalProtocol(value);
    case "username":
      return canonical.canonicalUsername(value);
    case "password":
      return canonical.canonicalPassword(value);
    case "hostname":
      return canonical.canonicalHostname(value);
    case "port":
      return canonical.canonicalPort(value, protocol);
    case "pathname":
      return protocol === "" || canonical.isSpecial(protocol)
        ? canonical.canonicalPathname(value)
        : canonical.canonicalOpaquePathname(value);
    case "search":
      return canonical.canonicalSearch(value);
    case "hash":
      return canonical.canonicalHash(value);
  }
}

function baseOf({ baseURL }) {
  return baseURL === undefined ? null : new URL(baseURL);
}

function inherited(init, base, rules, escape) {
  if (base === null) {
    return {};
  }
  const components = componentsOf(base);
  return Object.fromEntries(
    Object.entries(rules)
      .filter(([, unless]) => unless.every((name) => init[name] === undefined))
      .map(([name]) => [name, escape(components[name])]),
  );
}

/** What is given, without the separators that may stand at its ends. */
function stripped({ baseURL, ...given }) {
  const { protocol, search, hash } = given;
  return {
    ...given,
    ...(protocol !== undefined && { protocol: protocol.replace(/:$/, "") }),
    ...(search !== undefined && { search: search.replace(/^\?/, "") }),
    ...(hash !== undefined && { hash: hash.replace(/^#/, "") }),
  };
}

/** A relative path is put behind the base's last slash. */
function pathnameOf({ pathname }, base, isAbsolute, escape) {
  if (pathname === undefined || base === null || hasOpaquePath(base) || isAbsolute.test(pathname)) {
    return {};
  }
  const basePath = escape(base.pathname);
  return { pathname: basePath.slice(0, basePath.lastIndexOf("/") + 1) + pathname };
}

function hasOpaquePath({ href, protocol }) {
  return href[protocol.length] !== "/";
}
