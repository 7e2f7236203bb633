// http2.connect and http2.ClientHttp2Session - https://nodejs.org/api/http2.html#http2connectauthority-options-listener
import { ClientHttp2Stream } from "internal:http2/client_stream";
import { http2Error } from "internal:http2/errors";
import { copied, requestFields } from "internal:http2/headers";
import { CLIENT, Http2Session } from "internal:http2/session";
import { connect as connectPlain } from "internal:net/socket";
import { isIP } from "internal:net/addresses";
import { AbortError, codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { connect as connectSecure } from "internal:tls/socket";
import { validateAbortSignal, validateFunction, validateObject } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_URL } = codes;
const WITHOUT_BODY = ["GET", "HEAD", "DELETE"];
const MOST_WAITING = 1000;

export class ClientHttp2Session extends Http2Session {
  #authority;
  #scheme;
  /** Requests that wait for the connection, or for the server to let more streams be open. */
  #waiting = [];

  constructor(options, socket, authority, scheme) {
    super(CLIENT, options, socket);
    this.#authority = authority;
    this.#scheme = scheme;
    this.on("_room", () => this.#sendWaiting());
    this.on("connect", () => this.#sendWaiting());
  }

  request(headers, options = {}) {
    this._check();
    if (this.closed) throw http2Error("GOAWAY_SESSION");
    const given = copied(headers);
    validateObject(options, "options");
    const { signal } = options;
    if (signal !== undefined) validateAbortSignal(signal, "options.signal");
    given[":method"] ??= "GET";
    this.#complete(given);
    const endStream = options.endStream ?? WITHOUT_BODY.includes(given[":method"]);
    const fields = requestFields(given);
    if (this.#waiting.length >= MOST_WAITING) throw http2Error("OUT_OF_STREAMS");
    const stream = new ClientHttp2Stream(this, given);
    stream._endAfterHeaders = endStream;
    if (options.waitForTrailers && !endStream) stream._wantTrailers();
    if (endStream) stream.end();
    this.#follow(stream, signal);
    this.#waiting.push({ stream, fields, endStream });
    nextTick(() => this.#sendWaiting());
    return stream;
  }

  #complete(headers) {
    if (headers[":method"] === "CONNECT" && headers[":protocol"] === undefined) {
      if (headers[":authority"] === undefined) throw http2Error("CONNECT_AUTHORITY");
      if (headers[":scheme"] !== undefined) throw http2Error("CONNECT_SCHEME");
      if (headers[":path"] !== undefined) throw http2Error("CONNECT_PATH");
      return;
    }
    if (headers[":authority"] === undefined && headers.host === undefined) headers[":authority"] = this.#authority;
    headers[":scheme"] ??= this.#scheme;
    headers[":path"] ??= "/";
  }

  #follow(stream, signal) {
    if (signal === undefined) return;
    const abort = () => stream.destroy(new AbortError(undefined, { cause: signal.reason }));
    if (signal.aborted) {
      nextTick(abort);
      return;
    }
    signal.addEventListener("abort", abort, { once: true });
    stream.once("close", () => signal.removeEventListener("abort", abort));
  }

  #sendWaiting() {
    while (this.#waiting.length > 0 && !this.connecting && !this.destroyed && this._mayOpen) {
      const { stream, fields, endStream } = this.#waiting.shift();
      if (stream.destroyed) continue;
      if (this._goawayCode !== null) {
        stream.destroy(http2Error("GOAWAY_SESSION"));
        continue;
      }
      const id = this._open(stream);
      this._sendHeaders(id, fields, endStream);
      if (endStream) stream._endedByHeaders();
      stream._begin(id);
    }
  }

  _pendingGone(stream) {
    this.#waiting = this.#waiting.filter((one) => one.stream !== stream);
    this._maybeDestroy();
  }

  /** Also who waits: an unsent request keeps the session open. */
  get _isBusy() {
    return this.#waiting.length > 0;
  }

  _cancelWaiting(error) {
    for (const { stream } of this.#waiting.splice(0)) {
      stream.destroy(error ?? http2Error("STREAM_CANCEL"));
    }
  }
}

/** connect(authority[, options][, listener]) */
export function connect(authority, options, listener) {
  if (typeof options === "function") [listener, options] = [options, undefined];
  if (listener !== undefined) validateFunction(listener, "listener");
  options = { ...options };
  const url = urlOf(authority);
  const protocol = url.protocol || options.protocol || "https:";
  const port = url.port !== undefined && url.port !== "" ? url.port : protocol === "http:" ? 80 : 443;
  const host = hostOf(url);
  if (options.createConnection === undefined && protocol !== "http:" && protocol !== "https:") throw http2Error("UNSUPPORTED_PROTOCOL", protocol);
  if (options.createConnection !== undefined) validateFunction(options.createConnection, "options.createConnection");
  const socket = socketOf(options, protocol, host, port, url);
  const session = new ClientHttp2Session(options, socket, authorityOf(url, host, port, protocol), protocol.slice(0, -1));
  if (listener !== undefined) session.once("connect", listener);
  const connected = () => {
    if (session.destroyed) return;
    session._start();
    session.emit("connect", session, socket);
    session._maybeDestroy();
  };
  const failed = (error) => {
    session._cancelWaiting(error);
    session.destroy(error);
  };
  if (socket.connecting || (protocol === "https:" && socket.encrypted && socket.getProtocol?.() === null)) {
    socket.once("error", failed);
    socket.once("close", () => session.destroyed || failed(Object.assign(new Error("socket closed"), { code: "ECONNRESET" })));
    socket.once(protocol === "https:" && socket.encrypted ? "secureConnect" : "connect", () => {
      socket.removeListener("error", failed);
      connected();
    });
  } else {
    nextTick(connected);
  }
  return session;
}

function urlOf(authority) {
  if (typeof authority !== "string") {
    if (typeof authority !== "object" || authority === null) throw new ERR_INVALID_ARG_TYPE("authority", ["string", "Object", "URL"], authority);
    return authority;
  }
  try {
    return new URL(authority);
  } catch {
    throw Object.assign(new ERR_INVALID_URL(), { input: authority });
  }
}

function hostOf({ hostname, host }) {
  const name = hostname || host || "localhost";
  return name.startsWith("[") ? name.slice(1, -1) : name;
}

function authorityOf({ host }, hostname, port, protocol) {
  if (host) return host;
  const shown = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return +port === (protocol === "http:" ? 80 : 443) ? shown : `${shown}:${port}`;
}

function socketOf(options, protocol, host, port, url) {
  if (options.createConnection !== undefined) return options.createConnection(url, options);
  if (protocol === "http:") return connectPlain({ ...options, host, port });
  const servername = options.servername ?? (isIP(host) === 0 ? host : "");
  return connectSecure({ ALPNProtocols: ["h2"], ...options, host, port, servername });
}
