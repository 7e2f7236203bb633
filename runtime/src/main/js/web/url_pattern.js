// URLPattern - https://urlpattern.spec.whatwg.org/#urlpattern-class
import { defineHiddenInterface } from "internal:define";
import { isObject, toDictionary, toUSVString } from "internal:webidl";
import * as canonical from "internal:url_pattern/canonicalize";
import {
  component,
  DEFAULT_OPTIONS,
  HOSTNAME_OPTIONS,
  matchesSpecialScheme,
  PATHNAME_OPTIONS,
} from "internal:url_pattern/component";
import { parseConstructorString } from "internal:url_pattern/constructor_string";
import { componentsOf, componentsOfInit, patternsOf } from "internal:url_pattern/init";
import { URL } from "./url.js";

/** In the order in which Web IDL reads and writes a dictionary's members. */
const COMPONENTS = ["hash", "hostname", "password", "pathname", "port", "protocol", "search", "username"];

export class URLPattern {
  #components;

  constructor(input = {}, baseURLOrOptions = undefined, options = undefined) {
    const { init, isString } = toInput(input);
    const hasBase = arguments.length > 2 || !isDictionary(baseURLOrOptions);
    const baseURL = hasBase ? toUSVString(baseURLOrOptions) : undefined;
    const { ignoreCase } = toDictionary(hasBase ? options : baseURLOrOptions, "URLPattern constructor");
    this.#components = compile(toInit(init, isString, baseURL), Boolean(ignoreCase));
  }

  test(input = {}, baseURL = undefined) {
    const components = this.#components;
    const { url } = toUrl(input, baseURL, "URLPattern.test");
    return url !== null && COMPONENTS.every((name) => components[name].matches(url[name]));
  }

  exec(input = {}, baseURL = undefined) {
    const components = this.#components;
    const { url, inputs } = toUrl(input, baseURL, "URLPattern.exec");
    if (url === null) {
      return null;
    }
    const results = {};
    for (const name of COMPONENTS) {
      const result = components[name].match(url[name]);
      if (result === null) {
        return null;
      }
      results[name] = result;
    }
    const { hash, hostname, ...others } = results;
    return { hash, hostname, inputs, ...others };
  }

  get protocol() {
    return this.#components.protocol.pattern;
  }
  get username() {
    return this.#components.username.pattern;
  }
  get password() {
    return this.#components.password.pattern;
  }
  get hostname() {
    return this.#components.hostname.pattern;
  }
  get port() {
    return this.#components.port.pattern;
  }
  get pathname() {
    return this.#components.pathname.pattern;
  }
  get search() {
    return this.#components.search.pattern;
  }
  get hash() {
    return this.#components.hash.pattern;
  }
  get hasRegExpGroups() {
    return Object.values(this.#components).some(({ hasRegExpGroups }) => hasRegExpGroups);
  }
}

function isDictionary(value) {
  return value === undefined || value === null || isObject(value);
}

/** URLPatternInput: a string, or a dictionary. */
function toInput(input) {
  if (!isDictionary(input)) {
    return { init: toUSVString(input), isString: true };
  }
  const dictionary = toDictionary(input, "URLPattern");
  const init = {};
  for (const name of ["baseURL", ...COMPONENTS]) {
    const value = dictionary[name];
    if (value !== undefined) {
      init[name] = toUSVString(value);
    }
  }
  return { init, isString: false };
}

// https://urlpattern.spec.whatwg.org/#url-pattern-create
function toInit(input, isString, baseURL) {
  if (!isString) {
    if (baseURL !== undefined) {
      throw new TypeError("URLPattern constructor: a base URL can't be given beside an object; make it a member.");
    }
    return input;
  }
  const init = parseConstructorString(input);
  if (baseURL === undefined && init.protocol === undefined) {
    throw new TypeError(`URLPattern constructor: '${input}' is relative and there is no base URL.`);
  }
  return baseURL === undefined ? init : { ...init, baseURL };
}

function compile(init, ignoreCase) {
  const patterns = patternsOf(init);
  for (const name of COMPONENTS) {
    patterns[name] ??= "*";
  }
  const isSpecial = canonical.isSpecial(patterns.protocol);
  if (isSpecial && canonical.SPECIAL_PORTS[patterns.protocol] === patterns.port) {
    patterns.port = "";
  }
  const plain = (name, encode) => component(patterns[name], encode, DEFAULT_OPTIONS);
  const cased = (name, encode, options) => component(patterns[name], encode, options, ignoreCase);
  const protocol = plain("protocol", canonical.canonicalProtocol);
  const isIpv6 = /^(?:\[|\{\[|\\\[)./s.test(patterns.hostname);
  const encodeHostname = isIpv6 ? canonical.canonicalIpv6Hostname : canonical.canonicalHostname;
  return {
    protocol,
    username: plain("username", canonical.canonicalUsername),
    password: plain("password", canonical.canonicalPassword),
    hostname: component(patterns.hostname, encodeHostname, HOSTNAME_OPTIONS),
    port: plain("port", canonical.canonicalPort),
    pathname: matchesSpecialScheme(protocol)
      ? cased("pathname", canonical.canonicalPathname, PATHNAME_OPTIONS)
      : cased("pathname", canonical.canonicalOpaquePathname, DEFAULT_OPTIONS),
    search: cased("search", canonical.canonicalSearch, DEFAULT_OPTIONS),
    hash: cased("hash", canonical.canonicalHash, DEFAULT_OPTIONS),
  };
}

/** The URL's components, or null when there is no such URL; and what was asked, as a result shows it. */
function toUrl(input, base, where) {
  const { init, isString } = toInput(input);
  const baseURL = base === undefined ? undefined : toUSVString(base);
  if (isString) {
    const url = URL.parse(init, baseURL);
    return { url: url && componentsOf(url), inputs: baseURL === undefined ? [init] : [init, baseURL] };
  }
  if (baseURL !== undefined) {
    throw new TypeError(`${where}: a base URL can't be given beside an object; make it a member.`);
  }
  try {
    return { url: componentsOfInit(init), inputs: [init] };
  } catch {
    return { url: null, inputs: [init] };
  }
}

defineHiddenInterface("URLPattern", URLPattern);
