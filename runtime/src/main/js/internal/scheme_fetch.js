// What a URL's scheme makes of a fetch - https://fetch.spec.whatwg.org/#scheme-fetch
import { Body } from "internal:body";
import { failure, fetchHttp } from "internal:http_fetch";
import { parseMimeType, serializeMimeType } from "internal:mime_type";
import { Headers } from "../web/headers.js";
import { responseOf } from "../web/response.js";
import * as encoding from "host:encoding";
import * as host from "host:url";

const BASE64_SUFFIX = /; *base64$/i;

/** A promise of the response, or the response; state is a Request's. */
export function schemeFetch(state) {
  const { url } = state;
  if (url.startsWith("data:")) {
    return fetchData(state);
  }
  if (url.startsWith("blob:")) {
    return fetchBlob(state);
  }
  if (/^https?:/.test(url)) {
    return fetchHttp(state);
  }
  throw failure(new TypeError(`fetch of ${url.slice(0, url.indexOf(":"))}: URLs is not supported: ${url}`));
}

/** https://fetch.spec.whatwg.org/#data-url-processor */
function fetchData({ url, method }) {
  const hash = url.indexOf("#");
  const text = url.slice("data:".length, hash < 0 ? undefined : hash);
  const comma = text.indexOf(",");
  if (comma < 0) {
    throw failure(new TypeError("The data: URL has no comma."));
  }
  const meta = text.slice(0, comma).replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "");
  const isBase64 = BASE64_SUFFIX.test(meta);
  const bytes = host.percentDecodeBytes(text.slice(comma + 1));
  const content = isBase64 ? decodeBase64(bytes) : bytes;
  const type = typeOf(isBase64 ? meta.replace(BASE64_SUFFIX, "") : meta);
  return succeed(url, { "content-type": type }, method === "HEAD" ? null : new Body(content));
}

function typeOf(meta) {
  const mime = parseMimeType(meta.startsWith(";") ? `text/plain${meta}` : meta);
  return mime === null ? "text/plain;charset=US-ASCII" : serializeMimeType(mime);
}

function decodeBase64(bytes) {
  try {
    return Uint8Array.fromBase64(encoding.decode("windows-1252", bytes, 0));
  } catch (cause) {
    throw failure(cause);
  }
}

function fetchBlob({ url, method, blob }) {
  if (blob === undefined || method !== "GET") {
    throw failure(new TypeError(`There is no blob to GET at ${url}.`));
  }
  return succeed(url, { "content-type": blob.type, "content-length": String(blob.size) }, new Body(blob));
}

function succeed(url, headers, body) {
  return responseOf({ type: "basic", url, statusText: "OK", headers: new Headers(headers), body });
}
