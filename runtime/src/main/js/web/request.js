// Request - https://fetch.spec.whatwg.org/#request-class
import { defineInterfaces } from "internal:define";
import { extractBody, mixInBody } from "internal:body";
import { requireArguments, toByteString, toDictionary, toDOMString, toEnum, toUSVString } from "internal:webidl";
import { AbortSignal, createSignal } from "./abort.js";
import { blobOfUrl } from "./blob_url.js";
import { appendHeader, Headers, headersFromWire, headerValue } from "./headers.js";
import { URL, parseUrl } from "./url.js";

const { defineProperty } = Object;

const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
const NORMALIZED_METHOD = /^(?:delete|get|head|options|post|put)$/i;
const SIMPLE_METHOD = /^(?:get|head|post)$/i;
const FORBIDDEN_METHOD = /^(?:connect|trace|track)$/i;

const REFERRER_POLICIES = [
  "",
  "no-referrer",
  "no-referrer-when-downgrade",
  "same-origin",
  "origin",
  "strict-origin",
  "origin-when-cross-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
];
const MODES = ["navigate", "same-origin", "no-cors", "cors"];
const CREDENTIALS = ["omit", "same-origin", "include"];
const CACHES = ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"];
const REDIRECTS = ["follow", "error", "manual"];
const PRIORITIES = ["high", "low", "auto"];

/** What the state of a request inherits. */
const DEFAULTS = {
  __proto__: null,
  method: "GET",
  destination: "",
  referrer: "about:client",
  referrerPolicy: "",
  mode: "cors",
  credentials: "same-origin",
  cache: "default",
  redirect: "follow",
  integrity: "",
  keepalive: false,
  isReloadNavigation: false,
  isHistoryNavigation: false,
  duplex: "half",
  body: null,
  signal: null,
  /** The content of a blob: URL, which may be revoked before it is fetched. */
  blob: undefined,
  /** What the signal follows once it is asked for. */
  parentSignal: null,
};

/** The state of a request that came in from the network: most programs look at little of it. */
class IncomingState {
  #exchange;

  constructor(exchange) {
    this.#exchange = exchange;
  }

  get method() {
    return own(this, "method", this.#exchange.method);
  }
  get url() {
    return own(this, "url", this.#exchange.href);
  }
  /** They can't be changed. */
  get headers() {
    const exchange = this.#exchange;
    return own(this, "headers", headersFromWire(() => exchange.headers));
  }
}
Object.setPrototypeOf(IncomingState.prototype, DEFAULTS);

function own(state, name, value) {
  defineProperty(state, name, { value, writable: true, enumerable: true, configurable: true });
  return value;
}

const secret = Symbol("Request");

export let requestState;

export class Request {
  #state;

  static {
    requestState = (request) => request.#state;
  }

  constructor(input, init = undefined) {
    if (input === secret) {
      this.#state = init;
      return;
    }
    requireArguments(arguments.length, 1, "Request constructor");
    const options = toDictionary(init, "Request constructor");
    this.#state = input instanceof Request ? this.#copyOf(input) : stateFor(toUrl(input));
    if (init !== undefined && init !== null) {
      this.#applyOptions(options);
      this.#applyMethod(options);
      this.#applySignal(options);
    }
    this.#applyHeadersAndBody(input, options);
  }

  get method() {
    return this.#state.method;
  }
  get url() {
    return this.#state.url;
  }
  get headers() {
    return this.#state.headers;
  }
  get destination() {
    return this.#state.destination;
  }
  get referrer() {
    return this.#state.referrer;
  }
  get referrerPolicy() {
    return this.#state.referrerPolicy;
  }
  get mode() {
    return this.#state.mode;
  }
  get credentials() {
    return this.#state.credentials;
  }
  get cache() {
    return this.#state.cache;
  }
  get redirect() {
    return this.#state.redirect;
  }
  get integrity() {
    return this.#state.integrity;
  }
  get keepalive() {
    return this.#state.keepalive;
  }
  get isReloadNavigation() {
    return this.#state.isReloadNavigation;
  }
  get isHistoryNavigation() {
    return this.#state.isHistoryNavigation;
  }
  get signal() {
    const state = this.#state;
    state.signal ??= state.parentSignal === null ? createSignal() : AbortSignal.any([state.parentSignal]);
    return state.signal;
  }
  get duplex() {
    return this.#state.duplex;
  }

  clone() {
    const state = this.#state;
    if (state.body?.isUnusable) {
      throw new TypeError("Request.clone: the body has already been read or is locked.");
    }
    return new Request(secret, {
      __proto__: DEFAULTS,
      ...state,
      method: state.method,
      url: state.url,
      headers: new Headers(state.headers),
      body: state.body?.clone() ?? null,
      signal: null,
      parentSignal: this.signal,
    });
  }

  #copyOf(input) {
    const state = input.#state;
    const { body, headers, signal, ...rest } = state;
    return {
      __proto__: DEFAULTS,
      ...rest,
      method: state.method,
      url: state.url,
      body: null,
      signal: null,
      parentSignal: input.signal,
    };
  }

  #applyOptions(options) {
    const state = this.#state;
    const where = "Request constructor";
    if (options.window !== undefined && options.window !== null) {
      throw new TypeError(`${where}: window can only be null.`);
    }
    if (options.referrer !== undefined) {
      state.referrer = toReferrer(options.referrer);
    }
    const choose = (name, allowed) => {
      if (options[name] !== undefined) {
        state[name] = toEnum(options[name], allowed, `${where}: ${name}`);
      }
    };
    choose("referrerPolicy", REFERRER_POLICIES);
    choose("mode", MODES);
    choose("credentials", CREDENTIALS);
    choose("cache", CACHES);
    choose("redirect", REDIRECTS);
    choose("duplex", ["half"]);
    choose("priority", PRIORITIES);
    if (state.mode === "navigate") {
      throw new TypeError(`${where}: the mode can't be 'navigate'.`);
    }
    if (state.mode === "no-cors" && !SIMPLE_METHOD.test(options.method ?? state.method)) {
      throw new TypeError(`${where}: the mode 'no-cors' allows GET, HEAD and POST only.`);
    }
    if (state.cache === "only-if-cached" && state.mode !== "same-origin") {
      throw new TypeError(`${where}: cache 'only-if-cached' needs the mode 'same-origin'.`);
    }
    if (options.integrity !== undefined) {
      state.integrity = toDOMString(options.integrity);
    }
    if (options.keepalive !== undefined) {
      state.keepalive = Boolean(options.keepalive);
    }
  }

  #applyMethod({ method }) {
    if (method === undefined) {
      return;
    }
    const text = toByteString(method, "Request constructor: method");
    if (!TOKEN.test(text) || FORBIDDEN_METHOD.test(text)) {
      throw new TypeError(`Request constructor: '${text}' is not a usable method.`);
    }
    this.#state.method = NORMALIZED_METHOD.test(text) ? text.toUpperCase() : text;
  }

  #applySignal({ signal }) {
    if (signal === undefined) {
      return;
    }
    if (signal !== null && !(signal instanceof AbortSignal)) {
      throw new TypeError("Request constructor: signal is not an AbortSignal.");
    }
    this.#state.parentSignal = signal;
  }

  #applyHeadersAndBody(input, options) {
    const state = this.#state;
    const isCopy = input instanceof Request;
    state.headers = new Headers(options.headers ?? (isCopy ? input.#state.headers : undefined));
    const inherited = isCopy ? input.#state.body : null;
    const given = options.body ?? null;
    if ((given !== null || inherited !== null) && (state.method === "GET" || state.method === "HEAD")) {
      throw new TypeError(`Request constructor: a ${state.method} request can't have a body.`);
    }
    if (given !== null) {
      this.#setBody(given, options);
    } else if (inherited !== null) {
      if (inherited.isUnusable) {
        throw new TypeError("Request constructor: the request's body has already been read or is locked.");
      }
      state.body = inherited.transfer();
    }
  }

  #setBody(content, options) {
    const { body, type } = extractBody(content);
    if (body.source === null && options.duplex === undefined) {
      throw new TypeError("Request constructor: a body that is a stream needs the option duplex: 'half'.");
    }
    if (body.source === null && this.#state.keepalive) {
      throw new TypeError("Request constructor: a body that is a stream can't be sent with keepalive.");
    }
    const { headers } = this.#state;
    if (type !== null && headerValue(headers, "content-type") === undefined) {
      appendHeader(headers, "content-type", type);
    }
    this.#state.body = body;
  }
}

/** A request that came in from the network. */
export function incomingRequest(exchange, body) {
  const state = new IncomingState(exchange);
  if (body !== null) state.body = body;
  return new Request(secret, state);
}

function stateFor(url) {
  const state = { __proto__: DEFAULTS, url };
  if (url.startsWith("blob:")) {
    state.blob = blobOfUrl(url);
  }
  return state;
}

function toUrl(input) {
  const text = toUSVString(input);
  const href = parseUrl(text, globalThis.location?.href);
  if (href === undefined) {
    throw new TypeError(`Failed to parse URL from ${text}`);
  }
  if (href.includes("@") && hasCredentials(new URL(href))) {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  }
  return href;
}

function hasCredentials({ username, password }) {
  return username !== "" || password !== "";
}

function toReferrer(value) {
  const text = toUSVString(value);
  if (text === "") {
    return "no-referrer";
  }
  const href = parseUrl(text, globalThis.location?.href);
  if (href === undefined) {
    throw new TypeError(`Request constructor: the referrer '${text}' is not a URL.`);
  }
  return href;
}

defineInterfaces({ Request });
mixInBody(
  Request,
  (request) => requestState(request).body,
  (request) => headerValue(requestState(request).headers, "content-type"),
);
