// Fixed text as a URL would hold it - https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks
// Each takes a piece of a component and returns it encoded, or throws a TypeError.
import { URL } from "../../web/url.js";

export const SPECIAL_PORTS = { http: "80", https: "443", ws: "80", wss: "443", ftp: "21", file: "" };
const DUMMY = "https://dummy.invalid/";

export function isSpecial(scheme) {
  return Object.hasOwn(SPECIAL_PORTS, scheme);
}

export function canonicalProtocol(value) {
  if (value === "") {
    return value;
  }
  const url = URL.parse(`${value}://dummy.invalid/`);
  if (url === null) {
    throw invalid("protocol", value);
  }
  return url.protocol.slice(0, -1);
}

export function canonicalUsername(value) {
  return dummyWith("username", value).username;
}

export function canonicalPassword(value) {
  return dummyWith("password", value).password;
}

/** A setter that refuses leaves the URL as it was, so a host that stays the same on two of them is refused. */
export function canonicalHostname(value) {
  if (value === "") {
    return value;
  }
  for (const dummy of [DUMMY, "https://other.invalid/"]) {
    const url = new URL(dummy);
    url.hostname = value;
    if (url.href !== dummy) {
      return url.hostname;
    }
  }
  throw invalid("hostname", value);
}

export function canonicalIpv6Hostname(value) {
  if (!/^[0-9a-f[\]:]*$/i.test(value)) {
    throw invalid("hostname", value);
  }
  return value.toLowerCase();
}

/** The default port of a protocol that is given is "". */
export function canonicalPort(value, protocol = "") {
  if (value === "") {
    return value;
  }
  const url = new URL("not-special://dummy.invalid/");
  url.port = value;
  if (url.port === "") {
    throw invalid("port", value);
  }
  return isSpecial(protocol) && SPECIAL_PORTS[protocol] === url.port ? "" : url.port;
}

/** A piece need not start with a slash, but the parser would put one there. */
export function canonicalPathname(value) {
  if (value === "") {
    return value;
  }
  return value.startsWith("/")
    ? dummyWith("pathname", value).pathname
    : dummyWith("pathname", `/-${value}`).pathname.slice(2);
}

/** What stands around it keeps its slashes and spaces as they are. */
export function canonicalOpaquePathname(value) {
  const [path] = /^[^?#]*/.exec(value);
  return new URL(`data:-${path}-`).pathname.slice(1, -1);
}

export function canonicalSearch(value) {
  return value === "" ? value : dummyWith("search", `?${value}`).search.slice(1);
}

export function canonicalHash(value) {
  return value === "" ? value : dummyWith("hash", `#${value}`).hash.slice(1);
}

function dummyWith(part, value) {
  const url = new URL(DUMMY);
  url[part] = value;
  return url;
}

function invalid(part, value) {
  return new TypeError(`URLPattern: '${value}' is not valid in a ${part}.`);
}
