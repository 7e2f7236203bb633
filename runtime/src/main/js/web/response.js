// Response - https://fetch.spec.whatwg.org/#response-class
import { defineInterfaces } from "internal:define";
import { extractBody, mixInBody } from "internal:body";
import { isObject, requireArguments, toByteString, toDictionary, toUnsigned, toUSVString } from "internal:webidl";
import { appendHeader, freezeHeaders, Headers, headerValue } from "./headers.js";
import { parseUrl } from "./url.js";

const SWITCHING_PROTOCOLS = 101;
const NULL_BODY_STATUSES = [101, 103, 204, 205, 304];
const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The state of a response, for the worker dispatch: { status, statusText, headers, body, type, url, webSocket }. */
export let responseState;
/** The same; undefined for what is no response. */
export let stateIfResponse;
/** A response as the network would answer. */
export let responseOf;

/** What most responses never change stands on the prototype. */
class State {
  constructor(headers) {
    this.headers = headers;
  }
}
Object.assign(State.prototype, {
  type: "default", url: "", redirected: false, status: 200, statusText: "", body: null, webSocket: null,
});

const secret = Symbol("Response");

export class Response {
  #state;

  static {
    responseState = (response) => response.#state;
    stateIfResponse = (value) => (isObject(value) && #state in value ? value.#state : undefined);
    responseOf = (state) => {
      freezeHeaders(state.headers);
      return new Response(secret, Object.assign(new State(state.headers), state));
    };
  }

  static error() {
    return responseOf({ type: "error", status: 0, headers: new Headers() });
  }

  static redirect(url, status = 302) {
    requireArguments(arguments.length, 1, "Response.redirect");
    const location = toLocation(url);
    const code = toUnsigned(status, 16);
    if (!REDIRECT_STATUSES.includes(code)) {
      throw new RangeError(`Response.redirect: ${code} is not a redirect status.`);
    }
    return responseOf({ status: code, headers: new Headers([["location", location]]) });
  }

  static json(data, init = undefined) {
    requireArguments(arguments.length, 1, "Response.json");
    const text = JSON.stringify(data);
    if (text === undefined) {
      throw new TypeError("Response.json: the value can't be written as JSON.");
    }
    const { body } = extractBody(text);
    return new Response(secret, stateFrom(init, { body, type: "application/json" }));
  }

  constructor(body = null, init = undefined) {
    if (body === secret) {
      this.#state = init;
      return;
    }
    const content = body === null || body === undefined ? null : extractBody(body);
    this.#state = content === null && init === undefined ? new State(new Headers()) : stateFrom(init, content);
  }

  get type() {
    return this.#state.type;
  }
  get url() {
    const { url } = this.#state;
    const hash = url.indexOf("#");
    return hash < 0 ? url : url.slice(0, hash);
  }
  get redirected() {
    return this.#state.redirected;
  }
  get status() {
    return this.#state.status;
  }
  get ok() {
    const { status } = this.#state;
    return status >= 200 && status <= 299;
  }
  get statusText() {
    return this.#state.statusText;
  }
  /** Workers: the socket that the connection becomes. */
  get webSocket() {
    return this.#state.webSocket;
  }
  get headers() {
    return this.#state.headers;
  }

  clone() {
    const { headers, body, ...rest } = this.#state;
    if (body?.isUnusable) {
      throw new TypeError("Response.clone: the body has already been read or is locked.");
    }
    const state = Object.assign(new State(new Headers(headers)), rest);
    if (body !== null) {
      state.body = body.clone();
    }
    if (state.type !== "default") {
      freezeHeaders(state.headers);
    }
    return new Response(secret, state);
  }
}

/** https://fetch.spec.whatwg.org/#initialize-a-response */
function stateFrom(init, content) {
  const options = toDictionary(init, "Response constructor");
  const headers = new Headers(options.headers);
  const state = new State(headers);
  const { webSocket } = options;
  const status = options.status;
  if (webSocket !== undefined && webSocket !== null) {
    state.webSocket = webSocket;
  }
  if (state.webSocket !== null && Number(status) === SWITCHING_PROTOCOLS) {
    state.status = SWITCHING_PROTOCOLS;
  } else if (status !== undefined) {
    state.status = toStatus(status);
  }
  const { statusText } = options;
  if (statusText !== undefined) {
    state.statusText = toStatusText(statusText);
  }
  if (content !== null) {
    if (NULL_BODY_STATUSES.includes(state.status)) {
      throw new TypeError(`Response constructor: a response with status ${state.status} can't have a body.`);
    }
    state.body = content.body;
    if (content.type !== null && headerValue(headers, "content-type") === undefined) {
      appendHeader(headers, "content-type", content.type);
    }
  }
  return state;
}

function toStatus(value) {
  const status = toUnsigned(value, 16);
  if (status < 200 || status > 599) {
    throw new RangeError(`Response constructor: the status ${status} is outside the range 200 to 599.`);
  }
  return status;
}

function toStatusText(value) {
  const text = toByteString(value, "Response constructor: statusText");
  if (!REASON_PHRASE.test(text)) {
    throw new TypeError("Response constructor: statusText holds a character that is not allowed there.");
  }
  return text;
}

function toLocation(url) {
  const text = toUSVString(url);
  const href = parseUrl(text, globalThis.location?.href);
  if (href === undefined) {
    throw new TypeError(`Failed to parse URL from ${text}`);
  }
  return href;
}

defineInterfaces({ Response });
mixInBody(
  Response,
  (response) => responseState(response).body,
  (response) => headerValue(responseState(response).headers, "content-type"),
);
