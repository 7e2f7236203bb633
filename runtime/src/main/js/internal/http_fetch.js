// HTTP fetch: redirects, content codings and what a request says of its sender - https://fetch.spec.whatwg.org/#http-fetch
import { Body, IncomingSource } from "internal:body";
import { load } from "internal:builtins";
import * as outgoing from "internal:outgoing";
import { abortError, offAbort, onAbort } from "../web/abort.js";
import { Blob, bytesOfBlob } from "../web/blob.js";
import { Headers, headersFromWire, headersToWire, headerValue, markDecoded } from "../web/headers.js";
import { responseOf } from "../web/response.js";
import * as encoding from "host:encoding";
import * as hostUrl from "host:url";

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
const NULL_BODY_STATUSES = [101, 103, 204, 205, 304];
const MAX_REDIRECTS = 20;
/** Those that tell of the body; gone when a redirect drops it. */
const BODY_HEADERS = ["content-encoding", "content-language", "content-location", "content-type", "content-length"];
/** Those that tell who asks; another host isn't told. */
const CREDENTIALS = ["authorization", "cookie", "proxy-authorization"];
const CODINGS = { gzip: "gzip", "x-gzip": "gzip", deflate: "deflate", br: "br", zstd: "zstd" };
const DEFAULTS = ["accept", "*/*", "accept-encoding", "gzip, deflate, br, zstd", "user-agent", "Runnel"];

export function failure(cause) {
  return new TypeError("fetch failed", { cause });
}

/** state is a Request's; service names who is asked instead of the network. */
export function fetchHttp(state, service = "") {
  const signal = state.parentSignal;
  const request = {
    service,
    method: state.method,
    url: state.url,
    headers: service === "" ? withDefaults(state.headers) : headersToWire(state.headers),
    body: bodyOf(state.body),
    isRepeatable: state.body === null || isKept(state.body),
    redirects: 0,
  };
  if (state.integrity !== "") {
    return Promise.reject(failure(new TypeError("fetch: the option integrity is not supported.")));
  }
  if (headerValue(state.headers, "upgrade")?.toLowerCase() === "websocket") return upgrade(request);
  return new Promise((resolve, reject) => attempt(request, state, signal, resolve, reject));
}

/** What the network is asked with: [name, value, …]. */
function withDefaults(headers) {
  const flat = headersToWire(headers);
  for (let i = 0; i < DEFAULTS.length; i += 2) {
    if (headerValue(headers, DEFAULTS[i]) === undefined) flat.push(DEFAULTS[i], DEFAULTS[i + 1]);
  }
  return flat;
}

function without(flat, names) {
  return flat.filter((_, i) => !names.includes(flat[i - (i % 2)]));
}

/** Workers: the answer has the socket that the connection has become. */
async function upgrade({ url, headers }) {
  try {
    const { socket = null, protocol = "", status = 101 } = await load("internal:web/websocket").fetchSocket(url, headersFromWire(headers));
    const answered = new Headers(protocol === "" ? [] : [["sec-websocket-protocol", protocol]]);
    return responseOf({ type: "basic", url, status, headers: answered, body: null, webSocket: socket });
  } catch (error) {
    throw failure(error);
  }
}

/** Text and bytes can be sent again, and their length is known. */
function isKept(body) {
  return body.isWhole && !(body.source instanceof IncomingSource);
}

function bodyOf(body) {
  if (body === null) return null;
  if (!isKept(body)) return body.stream;
  const source = body.take();
  if (typeof source === "string") return encoding.encode(source);
  return source instanceof Blob ? bytesOfBlob(source) : source;
}

function attempt(request, state, signal, resolve, reject) {
  let id;
  let answer;
  const stop = (reason = abortError()) => {
    if (answer !== undefined) answer.fail(reason);
    else if (id !== undefined) outgoing.abort(id, reason);
    reject(reason);
  };
  const over = () => {
    if (signal !== null) offAbort(signal, stop);
  };
  if (signal !== null) onAbort(signal, stop);
  try {
    outgoing.send(
      request,
      {
        started: (given) => (id = given),
        head(status, reason, flat, source) {
          answer = source;
          source.onover = over;
          const headers = headersFromWire(flat, true);
          const location = REDIRECT_STATUSES.includes(status) ? headerValue(headers, "location") : undefined;
          if (location === undefined || state.redirect === "manual") {
            resolve(responseFor(request, status, reason, headers, source));
            return;
          }
          source.discard();
          try {
            attempt(redirected(request, state, status, location), state, signal, resolve, reject);
          } catch (error) {
            reject(failure(error));
          }
        },
        failed(error) {
          over();
          reject(failure(error));
        },
      },
    );
  } catch (error) {
    over();
    reject(failure(error));
  }
}

function responseFor(request, status, statusText, headers, source) {
  const isNull = NULL_BODY_STATUSES.includes(status) || request.method === "HEAD";
  if (isNull) {
    source.discard();
  } else {
    const coding = CODINGS[headerValue(headers, "content-encoding")?.trim().toLowerCase()];
    if (coding !== undefined) {
      source.coding = coding;
      markDecoded(headers);
    }
  }
  return responseOf({
    type: "basic",
    url: request.url,
    redirected: request.redirects > 0,
    status,
    statusText,
    headers,
    body: isNull ? null : new Body(source),
  });
}

/** https://fetch.spec.whatwg.org/#http-redirect-fetch */
function redirected(request, state, status, location) {
  if (state.redirect === "error") {
    throw new TypeError(`${request.url} answered with a redirect, which the request refuses.`);
  }
  const url = followed(request.url, location);
  if (request.redirects === MAX_REDIRECTS) {
    throw new TypeError(`More than ${MAX_REDIRECTS} redirects followed each other.`);
  }
  if (status !== 303 && !request.isRepeatable) {
    throw new TypeError(`${request.url} answered with a redirect, and a body that is a stream can't be sent again.`);
  }
  const next = { ...request, url, redirects: request.redirects + 1 };
  const becomesGet =
    ((status === 301 || status === 302) && request.method === "POST") ||
    (status === 303 && request.method !== "GET" && request.method !== "HEAD");
  if (becomesGet) {
    next.method = "GET";
    next.body = null;
    next.isRepeatable = true;
    next.headers = without(next.headers, BODY_HEADERS);
  }
  if (new URL(url).origin !== new URL(request.url).origin) {
    next.headers = without(next.headers, CREDENTIALS);
  }
  return next;
}

function followed(from, location) {
  const url = hostUrl.parse(location, from);
  if (url === undefined || !/^https?:/.test(url)) {
    throw new TypeError(`${from} answered with a redirect to "${location}", which is no http(s) URL.`);
  }
  return url.includes("#") || !from.includes("#") ? url : url + from.slice(from.indexOf("#"));
}
