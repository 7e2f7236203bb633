// url.resolve() of the legacy API: a URL against a base, step for step as Node does it, whose odd results programs and
// their tests know - https://nodejs.org/api/url.html#urlresolvefrom-to
export const SLASHED = new Set(["http:", "https:", "ftp:", "gopher:", "file:", "ws:", "wss:"]);
const HOSTLESS = new Set(["javascript:"]);

/** Makes result, a copy of the base, what relative means there. Both are objects of url.Url. */
export function resolveInto(result, relative) {
  result.hash = relative.hash;
  if (relative.href === "") return formatted(result);
  if (relative.slashes && !relative.protocol) return sameScheme(result, relative);
  if (relative.protocol && relative.protocol !== result.protocol) return otherScheme(result, relative);
  return againstPath(result, relative);
}

function formatted(result) {
  result.href = result.format();
  return result;
}

function pathAndFormatted(result) {
  if (result.pathname !== null || result.search !== null) result.path = (result.pathname || "") + (result.search || "");
  return formatted(result);
}

/** "//host/path": all but the scheme is new. */
function sameScheme(result, relative) {
  const { protocol } = result;
  Object.assign(result, relative, { protocol });
  if (SLASHED.has(protocol) && result.hostname && !result.pathname) result.path = result.pathname = "/";
  return formatted(result);
}

/** Another scheme starts anew, but "http:foo" without slashes still needs a host. */
function otherScheme(result, relative) {
  if (!SLASHED.has(relative.protocol)) return formatted(Object.assign(result, relative));
  result.protocol = relative.protocol;
  let { host, hostname, pathname } = relative;
  if (!host && relative.protocol !== "file:" && !HOSTLESS.has(relative.protocol)) {
    const names = (pathname || "").split("/");
    while (names.length > 0 && !(host = names.shift()));
    host ||= "";
    hostname ||= "";
    if (names[0] !== "") names.unshift("");
    if (names.length < 2) names.unshift("");
    pathname = names.join("/");
  }
  const { search, query, auth, port } = relative;
  Object.assign(result, { pathname, search, query, auth, port, host: host || "", hostname: hostname || host });
  if (result.pathname || result.search) result.path = (result.pathname || "") + (result.search || "");
  result.slashes = result.slashes || relative.slashes;
  return formatted(result);
}

function namesOf(url) {
  return (url.pathname && url.pathname.split("/")) || [];
}

function withHost(names, host) {
  if (!host) return;
  if (names[0] === "") names[0] = host;
  else names.unshift(host);
}

/** In schemes without slashes the host is the first name of the path. */
function takeHost(result, names) {
  result.hostname = result.host = names.shift() ?? "";
  if (result.host.indexOf("@") > 0) [result.auth, result.host] = result.host.split("@");
  result.hostname = result.host;
}

function againstPath(result, relative) {
  const startsAbsolute = result.pathname?.[0] === "/";
  const isAbsolute = Boolean(relative.host || relative.pathname?.[0] === "/");
  let endsAbsolute = Boolean(isAbsolute || startsAbsolute || (result.host && relative.pathname));
  const dropsDots = endsAbsolute;
  const [base, added] = [namesOf(result), namesOf(relative)];
  const isUnslashed = Boolean(result.protocol) && !SLASHED.has(result.protocol);
  if (isUnslashed) {
    withHost(base, result.host);
    Object.assign(result, { hostname: "", port: null, host: "" });
    if (relative.protocol) {
      result.auth = null;
      withHost(added, relative.host);
      relative = Object.assign(Object.create(Object.getPrototypeOf(relative)), relative, { hostname: null, port: null, host: null });
    }
    endsAbsolute &&= added[0] === "" || base[0] === "";
  }
  let names = base;
  if (isAbsolute) {
    takeAuthority(result, relative);
    names = added;
  } else if (added.length > 0) {
    names = [...base.slice(0, -1), ...added];
  } else if (relative.search !== null && relative.search !== undefined) {
    if (isUnslashed) takeHost(result, names);
    Object.assign(result, { search: relative.search, query: relative.query });
    return pathAndFormatted(result);
  }
  if (isAbsolute || added.length > 0) Object.assign(result, { search: relative.search, query: relative.query });
  if (names.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return formatted(result);
  }
  setPath(result, relative, names, { isUnslashed, endsAbsolute, dropsDots });
  return pathAndFormatted(result);
}

function takeAuthority(result, relative) {
  if (relative.host || relative.host === "") {
    if (result.host !== relative.host) result.auth = null;
    Object.assign(result, { host: relative.host, port: relative.port });
  }
  if (relative.hostname || relative.hostname === "") {
    if (result.hostname !== relative.hostname) result.auth = null;
    result.hostname = relative.hostname;
  }
}

function setPath(result, relative, names, { isUnslashed, endsAbsolute, dropsDots }) {
  const last = names.at(-1);
  const inFolder = Boolean(result.host || relative.host || names.length > 1) && (last === "." || last === "..");
  const path = withoutDots(names, endsAbsolute || dropsDots);
  if (endsAbsolute && path[0] !== "") path.unshift("");
  if ((inFolder || last === "") && !path.join("/").endsWith("/")) path.push("");
  const isRooted = path[0] === "";
  if (isUnslashed) {
    if (isRooted) result.hostname = result.host = "";
    else takeHost(result, path);
  }
  if ((endsAbsolute || (result.host && path.length > 0)) && !isRooted) path.unshift("");
  result.pathname = path.length > 0 ? path.join("/") : null;
  if (path.length === 0) result.path = null;
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
}

/** From the end, since a name is gone when more ".." follow it than names. */
function withoutDots(names, mayNotRise) {
  const kept = [];
  let up = 0;
  for (let i = names.length - 1; i >= 0; i--) {
    if (names[i] === ".") continue;
    if (names[i] === "..") up++;
    else if (up > 0) up--;
    else kept.unshift(names[i]);
  }
  return mayNotRise ? kept : [...Array(up).fill(".."), ...kept];
}
