// What http.request() is given - https://nodejs.org/api/http.html#httprequestoptions-callback
import { codes } from "internal:node_errors";
import { validateBoolean, validateFunction, validateNumber } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_HTTP_TOKEN, ERR_INVALID_PROTOCOL, ERR_INVALID_URL, ERR_UNESCAPED_CHARACTERS } = codes;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// eslint-disable-next-line no-control-regex
const BAD_PATH = /[^\u0021-\u00ff]/;

/** (url[, options][, callback]) or (options[, callback]) → { options, callback } */
export function requestArguments(input, options, callback) {
  let given = null;
  if (typeof input === "string") given = fromUrl(parse(input));
  else if (input instanceof URL) given = fromUrl(input);
  else {
    callback = options;
    options = input;
  }
  if (typeof options === "function") {
    callback = options;
    options = given ?? {};
  } else {
    options = Object.assign(given ?? { __proto__: null }, options);
  }
  if (callback !== undefined && callback !== null) validateFunction(callback, "callback");
  // wasmedge-quickjs takes all of the URL from href; on Node a request to no host goes to this machine's port 80.
  const { href, host, hostname, port, path } = options;
  if (typeof href === "string" && [host, hostname, port, path].every((one) => one === undefined)) options = Object.assign(fromUrl(parse(href)), options);
  return { options, callback };
}

function parse(text) {
  try {
    return new URL(text);
  } catch {
    throw Object.assign(new ERR_INVALID_URL(), { input: text });
  }
}

export function fromUrl(url) {
  const { hostname, port, username, password } = url;
  const options = {
    __proto__: null,
    protocol: url.protocol,
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    hash: url.hash, search: url.search, pathname: url.pathname, path: `${url.pathname || ""}${url.search || ""}`, href: url.href,
  };
  if (port !== "") options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

/** Throws what Node throws for options that can't be. */
export function checkOptions(options, expectedProtocol) {
  const { path, method, protocol = expectedProtocol, timeout, insecureHTTPParser, maxHeaderSize, joinDuplicateHeaders } = options;
  if (path !== undefined && path !== null && BAD_PATH.test(`${path}`)) throw new ERR_UNESCAPED_CHARACTERS("Request path");
  if (protocol !== expectedProtocol) throw new ERR_INVALID_PROTOCOL(protocol, expectedProtocol);
  for (const name of ["hostname", "host"]) {
    const value = options[name];
    if (value !== undefined && value !== null && typeof value !== "string") {
      throw new ERR_INVALID_ARG_TYPE(`options.${name}`, ["string", "undefined", "null"], value);
    }
  }
  if (method !== undefined && method !== null && typeof method !== "string") throw new ERR_INVALID_ARG_TYPE("options.method", "string", method);
  if (method && !TOKEN.test(method)) throw new ERR_INVALID_HTTP_TOKEN("Method", method);
  if (timeout !== undefined) validateNumber(timeout, "timeout", 0);
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, "options.insecureHTTPParser");
  if (maxHeaderSize !== undefined) validateNumber(maxHeaderSize, "maxHeaderSize", 0);
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, "options.joinDuplicateHeaders");
}
