// The Cache API as Workers have it - https://developers.cloudflare.com/workers/runtime-apis/cache/
import { Body } from "internal:body";
import { defineHiddenInterface, illegalConstructor } from "internal:define";
import { ask } from "internal:outgoing";
import { requireArguments, toDictionary, toUSVString } from "internal:webidl";
import { Blob, bytesOfBlob } from "./blob.js";
import { announceUndonePacking, Headers, headersFromWire, headersToWire } from "./headers.js";
import { Request, requestState } from "./request.js";
import { Response, responseOf, responseState } from "./response.js";
import * as encoding from "host:encoding";

const secret = Symbol("Cache");
const MISS = 504;
const NULL_BODY_STATUSES = [204, 205, 304];
const PARTIAL = 206;
const MAX_NAME = 1024;
/** Those that choose what of a response is given. */
const SELECTING = ["range", "if-none-match", "if-modified-since", "if-range"];

export class Cache {
  #name;

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    this.#name = arguments[1];
  }

  async match(request, options = undefined) {
    const cache = this.#name;
    requireArguments(arguments.length, 1, "Cache.match");
    const { ignoreMethod } = toOptions(options, "Cache.match");
    const state = toState(request);
    if (state.method !== "GET" && !ignoreMethod) {
      return undefined;
    }
    const headers = SELECTING.flatMap((name) => (state.headers.has(name) ? [name, state.headers.get(name)] : []));
    const found = await operate("match", { cache, url: keyOf(state), headers: headers.join("\n") });
    if (found.status === MISS) {
      found.source.discard();
      return undefined;
    }
    return responseFor(found, state.url);
  }

  async put(request, response) {
    const cache = this.#name;
    requireArguments(arguments.length, 2, "Cache.put");
    const state = toState(request);
    if (state.method !== "GET") {
      throw new TypeError("Cannot cache response to non-GET request.");
    }
    if (!(response instanceof Response)) {
      throw new TypeError("Cache.put: the second argument is not a Response.");
    }
    const { status, statusText, headers, body } = responseState(response);
    checkCacheable(status, headers, body);
    const details = { cache, url: keyOf(state), status, reason: statusText, headers: wireOf(headers).join("\n") };
    const outcome = await operate("put", details, body === null ? null : contentOf(body));
    outcome.source.discard();
    if (outcome.status >= 400) {
      throw new Error(`Cache PUT failed: ${outcome.status} ${outcome.reason}`);
    }
  }

  /** Resolves to whether there was something to delete. */
  async delete(request, options = undefined) {
    const cache = this.#name;
    requireArguments(arguments.length, 1, "Cache.delete");
    const { ignoreMethod } = toOptions(options, "Cache.delete");
    const state = toState(request);
    if (state.method !== "GET" && !ignoreMethod) {
      return false;
    }
    const { status, source } = await operate("delete", { cache, url: keyOf(state) });
    source.discard();
    return status === 200;
  }
}

export class CacheStorage {
  #default;
  #open = new Map();

  constructor() {
    if (arguments[0] !== secret) {
      throw illegalConstructor();
    }
    this.#default = new Cache(secret, "");
  }

  get default() {
    return this.#default;
  }

  async open(cacheName) {
    this.#default;
    requireArguments(arguments.length, 1, "CacheStorage.open");
    const name = toUSVString(cacheName);
    if (name.length > MAX_NAME) {
      throw new TypeError(`Cache name is too long: the limit is ${MAX_NAME} characters.`);
    }
    // The default cache is nobody's by name.
    let cache = this.#open.get(name)?.deref();
    if (cache === undefined) {
      cache = new Cache(secret, `:${name}`);
      this.#open.set(name, new WeakRef(cache));
    }
    return cache;
  }
}

function toState(request) {
  const state = requestState(request instanceof Request ? request : new Request(request));
  if (!/^https?:/.test(state.url)) {
    throw new TypeError(`A cache's URLs are http or https, not ${state.url}`);
  }
  return state;
}

function toOptions(options, where) {
  const { ignoreMethod, ignoreSearch, ignoreVary } = toDictionary(options, where);
  if (ignoreSearch || ignoreVary) {
    throw new TypeError(`${where}: the option ${ignoreSearch ? "ignoreSearch" : "ignoreVary"} is not supported.`);
  }
  return { ignoreMethod: Boolean(ignoreMethod) };
}

function keyOf({ url }) {
  const hash = url.indexOf("#");
  return hash < 0 ? url : url.slice(0, hash);
}

function checkCacheable(status, headers, body) {
  if (status === PARTIAL) {
    throw new TypeError("Cannot cache response to a range request (206 Partial Content).");
  }
  if ((headers.get("vary") ?? "").split(",").some((name) => name.trim() === "*")) {
    throw new TypeError("Cannot cache response with 'Vary: *' header.");
  }
  if (body?.isUnusable) {
    throw new TypeError("Cache.put: the response's body has already been read or is locked.");
  }
}

/** The body's length is told when it is given out; one that was unpacked has no packing. */
function wireOf(headers) {
  const kept = new Headers(headers);
  kept.delete("content-length");
  if (announceUndonePacking(headers)) kept.delete("content-encoding");
  return headersToWire(kept);
}

/** Bytes, or a stream. */
function contentOf(body) {
  if (body.isWhole) {
    const { source } = body;
    if (typeof source === "string") {
      body.take();
      return encoding.encode(source);
    }
    if (source instanceof Uint8Array) return body.take();
    if (source instanceof Blob) return bytesOfBlob(body.take());
  }
  return body.stream;
}

function operate(operation, details, body = null) {
  return new Promise((resolve, reject) =>
    ask(
      { binding: "", operation, details, body },
      {
        started() {},
        head: (status, reason, flat, source) => resolve({ status, reason, flat, source }),
        failed: reject,
      },
    ),
  );
}

function responseFor({ status, reason, flat, source }, url) {
  const isNull = NULL_BODY_STATUSES.includes(status);
  if (isNull) source.discard();
  return responseOf({
    type: "default",
    url,
    status,
    statusText: reason,
    headers: headersFromWire(flat),
    body: isNull ? null : new Body(source),
  });
}

defineHiddenInterface("Cache", Cache);
defineHiddenInterface("CacheStorage", CacheStorage);

export const caches = new CacheStorage(secret);
