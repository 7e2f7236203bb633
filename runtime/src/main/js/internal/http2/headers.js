// Header fields of HTTP/2, as programs give and get them - https://nodejs.org/api/http2.html#headers-object
import { codes } from "internal:node_errors";
import { http2Error } from "internal:http2/errors";
import { validateObject } from "internal:validators";

const { ERR_INVALID_HTTP_TOKEN, ERR_INVALID_CHAR } = codes;

export const sensitiveHeaders = Symbol("sensitiveHeaders");

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const RECEIVED_NAME = /^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/;
// eslint-disable-next-line no-control-regex
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const REQUEST = [":method", ":authority", ":scheme", ":path", ":protocol"];
const RESPONSE = [":status"];
const OF_CONNECTIONS = ["connection", "upgrade", "http2-settings", "keep-alive", "proxy-connection", "transfer-encoding"];
const SINGLE = new Set([
  ":status", ":method", ":authority", ":scheme", ":path", ":protocol", "access-control-allow-credentials", "access-control-max-age",
  "access-control-request-method", "age", "authorization", "content-encoding", "content-language", "content-length", "content-location",
  "content-md5", "content-range", "content-type", "date", "dnt", "etag", "expires", "from", "host", "if-match", "if-modified-since",
  "if-none-match", "if-range", "if-unmodified-since", "last-modified", "location", "max-forwards", "proxy-authorization", "range",
  "referer", "retry-after", "tk", "upgrade-insecure-requests", "user-agent", "x-content-type-options",
]);

/** What the program gives → [name, value, isSensitive] for each field, pseudo-headers first. */
export function fieldsOf(headers, pseudo) {
  const sensitive = new Set((headers[sensitiveHeaders] ?? []).map((name) => `${name}`.toLowerCase()));
  const [first, rest] = [[], []];
  const seen = new Set();
  for (const key of Object.keys(headers)) {
    const given = headers[key];
    if (given === undefined || key === "") continue;
    const name = key.toLowerCase();
    const values = Array.isArray(given) ? given : [given];
    if (values.length === 0) continue;
    if (SINGLE.has(name) && (values.length > 1 || seen.has(name))) throw http2Error("HEADER_SINGLE_VALUE", name);
    seen.add(name);
    checkName(name, pseudo, values);
    for (const value of values) {
      const text = `${value}`;
      if (BAD_VALUE.test(text)) throw new ERR_INVALID_CHAR("header content", name);
      (name.startsWith(":") ? first : rest).push([name, text, sensitive.has(name)]);
    }
  }
  return [...first, ...rest];
}

function checkName(name, pseudo, values) {
  if (name.startsWith(":")) {
    if (!pseudo.includes(name)) throw http2Error("INVALID_PSEUDOHEADER", name);
  } else if (!TOKEN.test(name)) {
    throw new ERR_INVALID_HTTP_TOKEN("Header name", name);
  } else if (OF_CONNECTIONS.includes(name) || (name === "te" && values.some((value) => value !== "trailers"))) {
    throw http2Error("INVALID_CONNECTION_HEADERS", name);
  }
}

export const requestFields = (headers) => fieldsOf(headers, REQUEST);
export const responseFields = (headers) => fieldsOf(headers, RESPONSE);
export const trailerFields = (headers) => fieldsOf(headers, []);

/** A copy without a prototype, as the stream shows what was sent. */
export function copied(headers) {
  if (headers === undefined || headers === null) return { __proto__: null };
  validateObject(headers, "headers");
  return Object.assign({ __proto__: null }, headers, headers[sensitiveHeaders] && { [sensitiveHeaders]: headers[sensitiveHeaders] });
}

/** Fields that came, checked as RFC 9113 (section 8) wants them; false for a message that is malformed. */
export function isWellFormed(raw, kind) {
  const pseudo = { request: REQUEST, response: RESPONSE, trailers: [] }[kind];
  const found = new Map();
  let regular = false;
  for (let i = 0; i < raw.length; i += 2) {
    const [name, value] = [raw[i], raw[i + 1]];
    if (!RECEIVED_NAME.test(name) || BAD_VALUE.test(value) || value !== value.trim()) return false;
    if (name.startsWith(":")) {
      if (regular || !pseudo.includes(name) || found.has(name)) return false;
      found.set(name, value);
    } else {
      regular = true;
      if (OF_CONNECTIONS.includes(name) || (name === "te" && value !== "trailers")) return false;
    }
  }
  return kind === "trailers" || (kind === "response" ? /^[1-9]\d\d$/.test(found.get(":status")) : isRequest(found));
}

function isRequest(found) {
  const method = found.get(":method");
  if (!TOKEN.test(method ?? "")) return false;
  if (method === "CONNECT" && !found.has(":protocol")) return found.has(":authority") && !found.has(":path") && !found.has(":scheme");
  const path = found.get(":path") ?? "";
  return found.has(":scheme") && (path.startsWith("/") || (path === "*" && method === "OPTIONS"));
}

/** [name, value, …] → the object that programs get. */
export function headersObject(raw, sensitive = []) {
  const headers = { __proto__: null };
  for (let i = 0; i < raw.length; i += 2) {
    const [name, text] = [raw[i], raw[i + 1]];
    const value = name === ":status" ? +text : text;
    const before = headers[name];
    if (before === undefined) headers[name] = name === "set-cookie" ? [value] : value;
    else if (SINGLE.has(name)) continue;
    else if (name === "cookie") headers[name] = `${before}; ${value}`;
    else if (name === "set-cookie") before.push(value);
    else headers[name] = `${before}, ${value}`;
  }
  headers[sensitiveHeaders] = sensitive;
  return headers;
}
