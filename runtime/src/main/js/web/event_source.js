// EventSource - https://html.spec.whatwg.org/#the-eventsource-interface
import { load } from "internal:builtins";
import { defineConstants, defineHiddenInterface } from "internal:define";
import { EventStreamParser } from "internal:event_stream";
import { parseMimeType } from "internal:mime_type";
import { requireArguments, toDictionary, toUSVString } from "internal:webidl";
import { AbortController } from "./abort.js";
import { Event } from "./event.js";
import { defineEventHandler, EventTarget } from "./event_target.js";
import { fetch } from "./fetch.js";
import { setTimeout } from "./timers.js";
import { parseUrl } from "./url.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;
/** Until the stream says otherwise. */
const RECONNECT_MILLISECONDS = 3000;

const { MessageEvent } = load("internal:web/message_channel");

export class EventSource extends EventTarget {
  #url;
  #withCredentials;
  #readyState = CONNECTING;
  #reconnectMilliseconds = RECONNECT_MILLISECONDS;
  #lastEventId = "";
  #controller = new AbortController();

  constructor(url, eventSourceInitDict = undefined) {
    super();
    requireArguments(arguments.length, 1, "EventSource constructor");
    const text = toUSVString(url);
    const { withCredentials = false } = toDictionary(eventSourceInitDict, "EventSource constructor");
    this.#url = parseUrl(text, globalThis.location?.href);
    if (this.#url === undefined) throw new DOMException(`EventSource: "${text}" is no URL.`, "SyntaxError");
    this.#withCredentials = Boolean(withCredentials);
    this.#connect();
  }

  get url() {
    return this.#url;
  }
  get withCredentials() {
    return this.#withCredentials;
  }
  get readyState() {
    return this.#readyState;
  }

  close() {
    this.#readyState = CLOSED;
    this.#controller.abort();
  }

  async #connect() {
    let response;
    try {
      response = await fetch(this.#url, { headers: this.#headers(), signal: this.#controller.signal });
    } catch {
      this.#reconnect();
      return;
    }
    if (this.#readyState === CLOSED) return;
    if (response.status !== 200 || parseMimeType(response.headers.get("content-type") ?? "")?.essence !== "text/event-stream") {
      response.body?.cancel().catch(() => {});
      this.#fail();
      return;
    }
    this.#readyState = OPEN;
    this.dispatchEvent(new Event("open"));
    await this.#read(response);
  }

  #headers() {
    const headers = { accept: "text/event-stream", "cache-control": "no-store" };
    if (this.#lastEventId !== "") headers["last-event-id"] = this.#lastEventId;
    return headers;
  }

  async #read(response) {
    const { origin } = new URL(response.url);
    const parser = new EventStreamParser(this.#lastEventId, {
      event: (type, data, lastEventId) => {
        this.#lastEventId = lastEventId;
        if (this.#readyState !== CLOSED) this.dispatchEvent(new MessageEvent(type, { data, origin, lastEventId }));
      },
      retry: (milliseconds) => (this.#reconnectMilliseconds = milliseconds),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader.read()) {
        parser.take(read.value);
        if (this.#readyState === CLOSED) return;
      }
    } catch (error) {
      if (error instanceof RangeError) {
        reader.cancel(error).catch(() => {});
        this.#fail();
        return;
      }
    }
    this.#lastEventId = parser.lastEventId;
    this.#reconnect();
  }

  #reconnect() {
    if (this.#readyState === CLOSED) return;
    this.#readyState = CONNECTING;
    this.dispatchEvent(new Event("error"));
    setTimeout(() => {
      if (this.#readyState === CONNECTING) this.#connect();
    }, this.#reconnectMilliseconds);
  }

  #fail() {
    if (this.#readyState === CLOSED) return;
    this.#readyState = CLOSED;
    this.dispatchEvent(new Event("error"));
  }
}

defineConstants(EventSource, { CONNECTING, OPEN, CLOSED });
for (const type of ["open", "message", "error"]) defineEventHandler(EventSource.prototype, type);
defineHiddenInterface("EventSource", EventSource);
