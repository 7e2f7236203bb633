// WebSocket and CloseEvent - https://websockets.spec.whatwg.org/; WebSocketPair and what Workers add to WebSocket -
// https://developers.cloudflare.com/workers/runtime-apis/websockets/
import { defineConstants, defineHiddenInterface } from "internal:define";
import { accept, connect, join, pair } from "internal:socket_links";
import { load } from "internal:builtins";
import { bytesOf, isArrayBuffer, isBufferSource, isObject, requireArguments, toDOMString, toUnsigned, toUSVString } from "internal:webidl";
import { Blob, bytesOfBlob } from "./blob.js";
import { Event } from "./event.js";
import { defineEventHandler, EventTarget } from "./event_target.js";
import { headersToWire } from "./headers.js";
import { parseUrl } from "./url.js";
import * as encoding from "host:encoding";

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const NORMAL = 1000;
const NO_CODE = 1005;
const ABNORMAL = 1006;
const MAX_REASON_BYTES = 123;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const secret = Symbol("WebSocket");
const { MessageEvent } = load("internal:web/message_channel");

export class CloseEvent extends Event {
  #wasClean;
  #code;
  #reason;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, "CloseEvent constructor");
    super(type, init);
    const { wasClean = false, code = 0, reason = "" } = init ?? {};
    this.#wasClean = Boolean(wasClean);
    this.#code = toUnsigned(code, 16);
    this.#reason = toUSVString(reason);
  }
  get wasClean() {
    return this.#wasClean;
  }
  get code() {
    return this.#code;
  }
  get reason() {
    return this.#reason;
  }
}

/** A socket that a program is given, not yet accepted: its events come when it is. */
let socketOf;
/** The link behind a socket that nobody uses; it goes to somebody else. */
let takeLink;

export class WebSocket extends EventTarget {
  #url = "";
  #link;
  #state = CONNECTING;
  #protocol = "";
  #extensions = "";
  #origin = "";
  #binaryType = "blob";
  #isAccepted = true;
  /** What was sent after the end. */
  #neverSent = 0;

  static {
    socketOf = (link) => {
      const socket = new WebSocket(secret);
      socket.#link = link;
      socket.#state = OPEN;
      socket.#binaryType = "arraybuffer";
      socket.#isAccepted = false;
      return socket;
    };
    takeLink = (socket) => {
      if (socket.#isAccepted) throw new TypeError("The WebSocket is in use here: it can't be given to a client.");
      socket.#isAccepted = true;
      socket.#state = CLOSED;
      return socket.#link;
    };
  }

  constructor(url, protocols = []) {
    super();
    if (url === secret) return;
    requireArguments(arguments.length, 1, "WebSocket constructor");
    const address = toAddress(toUSVString(url));
    const offered = toProtocols(protocols);
    this.#url = address;
    this.#origin = new URL(address).origin;
    this.#link = connect(address.replace(/^ws/, "http"), offered);
    this.#link.start(this.#target(offered));
  }

  get url() {
    return this.#url;
  }
  get readyState() {
    return this.#state;
  }
  get bufferedAmount() {
    return this.#neverSent + (this.#state === CLOSED ? 0 : this.#link.unsent);
  }
  get extensions() {
    return this.#extensions;
  }
  get protocol() {
    return this.#protocol;
  }
  get binaryType() {
    return this.#binaryType;
  }
  set binaryType(value) {
    const type = toDOMString(value);
    if (type === "blob" || type === "arraybuffer") this.#binaryType = type;
  }

  /** Workers: events are wanted from now on. */
  accept() {
    if (this.#isAccepted) {
      throw new TypeError("WebSocket.accept: the socket has been accepted already, or was opened here.");
    }
    this.#isAccepted = true;
    this.#link.start(this.#target([]));
  }

  send(data) {
    requireArguments(arguments.length, 1, "WebSocket.send");
    if (this.#state === CONNECTING) throw new DOMException("WebSocket.send: the socket isn't open yet.", "InvalidStateError");
    if (!this.#isAccepted) throw new TypeError("WebSocket.send: call accept() on the socket first.");
    const message = toMessage(data);
    if (this.#state === OPEN) this.#link.send(message);
    else this.#neverSent += typeof message === "string" ? encoding.encode(message).length : message.length;
  }

  close(code = undefined, reason = undefined) {
    const number = code === undefined ? NO_CODE : toUnsigned(code, 16);
    if (code !== undefined && number !== NORMAL && (number < 3000 || number > 4999)) {
      throw new DOMException(`WebSocket.close: the code ${number} is neither 1000 nor within 3000 to 4999.`, "InvalidAccessError");
    }
    const text = reason === undefined ? "" : toUSVString(reason);
    if (encoding.encode(text).length > MAX_REASON_BYTES) {
      throw new DOMException(`WebSocket.close: the reason is longer than ${MAX_REASON_BYTES} bytes.`, "SyntaxError");
    }
    if (this.#state >= CLOSING) return;
    this.#state = CLOSING;
    this.#link.close(text !== "" && number === NO_CODE ? NORMAL : number, text);
  }

  #target(offered) {
    return {
      open: (protocol, extensions) => {
        if (this.#state !== CONNECTING) return;
        if (protocol !== "" && !offered.includes(protocol)) {
          this.#link.close(NO_CODE, "");
          return;
        }
        this.#state = OPEN;
        this.#protocol = protocol;
        this.#extensions = extensions;
        this.dispatchEvent(new Event("open"));
      },
      message: (data) => {
        if (this.#state === OPEN) this.dispatchEvent(new MessageEvent("message", { data: this.#shown(data), origin: this.#origin }));
      },
      closed: (code, reason, wasClean) => this.#closed(code, reason, wasClean),
      failed: () => this.#closed(ABNORMAL, "", false),
    };
  }

  #shown(data) {
    if (typeof data === "string") return data;
    return this.#binaryType === "blob" ? new Blob([data]) : data.slice().buffer;
  }

  #closed(code, reason, wasClean) {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    if (!wasClean) this.dispatchEvent(new Event("error"));
    this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
  }
}

function toAddress(text) {
  const href = parseUrl(text, globalThis.location?.href);
  if (href === undefined) throw new DOMException(`WebSocket: "${text}" is no URL.`, "SyntaxError");
  const address = href.replace(/^http/, "ws");
  if (!/^wss?:/.test(address)) {
    throw new DOMException(`WebSocket: "${text}" begins with none of ws, wss, http and https.`, "SyntaxError");
  }
  if (address.includes("#")) throw new DOMException(`WebSocket: "${text}" has a fragment.`, "SyntaxError");
  return address;
}

function toProtocols(protocols) {
  const list = isObject(protocols) ? [...protocols].map(toDOMString) : [toDOMString(protocols)];
  if (!list.every((name) => TOKEN.test(name)) || new Set(list.map((name) => name.toLowerCase())).size !== list.length) {
    throw new DOMException("WebSocket: a subprotocol is named twice, or with a character that is not allowed.", "SyntaxError");
  }
  return list;
}

function toMessage(data) {
  if (data instanceof Blob) return bytesOfBlob(data);
  if (!isBufferSource(data)) return toUSVString(data);
  const bytes = bytesOf(data);
  return isArrayBuffer(bytes.buffer) ? bytes : bytes.slice();
}

/** Two sockets, 0 and 1, each of which gets what the other sends. */
export class WebSocketPair {
  constructor() {
    const [a, b] = pair();
    this[0] = socketOf(a);
    this[1] = socketOf(b);
  }
}

/** A response of status 101: the client's connection becomes the socket. */
export function answerWithSocket(exchange, socket, headers) {
  const link = takeLink(socket);
  join(accept(exchange.id, headers.get("sec-websocket-protocol") ?? "", headersToWire(headers)), link);
}

/** fetch() with `Upgrade: websocket`; resolves with a response that has a socket, or with a refusal. */
export function fetchSocket(url, headers) {
  const offered = (headers.get("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  return new Promise((resolve, reject) => {
    const link = connect(url, offered, headersToWire(headers));
    link.handshake({
      open: (protocol) => resolve({ protocol, socket: socketOf(link) }),
      failed: (status, sentence) => (status === 0 ? reject(new Error(sentence)) : resolve({ status })),
    });
  });
}

defineConstants(WebSocket, { CONNECTING, OPEN, CLOSING, CLOSED });
for (const type of ["open", "message", "error", "close"]) defineEventHandler(WebSocket.prototype, type);
defineHiddenInterface("WebSocket", WebSocket);
defineHiddenInterface("CloseEvent", CloseEvent);
defineHiddenInterface("WebSocketPair", WebSocketPair);
