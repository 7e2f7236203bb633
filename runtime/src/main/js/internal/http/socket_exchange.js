// One request and its answer over a connection that the program itself has: what an Exchange of Java's server is to others.
import { RequestWire } from "internal:http/request_wire";
import { STATUS_CODES } from "internal:http/names";
import { Buffer } from "internal:buffer/class";

export class SocketExchange {
  /** Its text takes no short cut into Java. */
  isStream = true;
  isFull = false;
  closed = false;
  requestComplete = false;
  keepsAlive = true;
  response = null;
  onchunk = () => true;
  onend = () => {};
  onerror = () => {};
  ondrain = () => {};
  onclose = () => {};
  onpull = () => {};
  oncancel = () => {};
  /** Called when the answer has been written. */
  ended = () => {};
  #socket;
  #server;
  #info;
  #wire = new RequestWire();
  #length;
  #chunked = false;

  constructor(socket, server, info) {
    this.#socket = socket;
    this.#server = server;
    this.#info = info;
    this.method = info.method;
    this.target = info.target;
    this.headers = info.headers;
    this.hasBody = info.hasBody;
    this.#wire.attach(socket);
  }

  get connection() {
    const { remoteAddress, remotePort, localAddress, localPort, encrypted } = this.#socket;
    return { httpVersion: `1.${this.#info.minor}`, encrypted: encrypted === true, remoteAddress, remotePort, localAddress, localPort };
  }

  get request() {
    return this.response.req;
  }

  mayExpect() {
    return true;
  }

  pull() {
    this.onpull();
  }

  cancelBody() {
    if (!this.closed) this.oncancel();
  }

  /** The whole body is known when the head isn't fixed yet. */
  endsWith(chunk, encoding) {
    this.#length = chunk === null || chunk === undefined ? 0 : Buffer.byteLength(chunk, encoding ?? undefined);
  }

  /** The head as text, with the fields that frame the message - https://nodejs.org/api/http.html#responsewriteheadstatuscode */
  render(status, reason, headers) {
    const has = (name) => headers.some((field, i) => i % 2 === 0 && field.toLowerCase() === name);
    let text = `HTTP/1.1 ${status} ${reason || STATUS_CODES[status] || "unknown"}\r\n`;
    for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
    if (this.response.sendDate && !has("date")) text += `Date: ${new Date().toUTCString()}\r\n`;
    const framed = this.#framing(status, has);
    return `${text}${this.#persistence(headers, has)}${framed}\r\n`;
  }

  /** Decides whether the connection goes on after this answer. */
  #persistence(headers, has) {
    if (has("connection")) {
      const at = headers.findIndex((field, i) => i % 2 === 0 && field.toLowerCase() === "connection");
      if (/(?:^|,)\s*close\s*(?:,|$)/i.test(headers[at + 1])) this.keepsAlive = false;
      return "";
    }
    if (!this.keepsAlive || !this.response.shouldKeepAlive) {
      this.keepsAlive = false;
      return "Connection: close\r\n";
    }
    const seconds = Math.floor(this.#server.keepAliveTimeout / 1000);
    return `Connection: keep-alive\r\n${seconds > 0 && !has("keep-alive") ? `Keep-Alive: timeout=${seconds}\r\n` : ""}`;
  }

  #framing(status, has) {
    const { response } = this;
    const hasNone = status < 200 || status === 204 || status === 304;
    if (has("content-length")) {
      this.#chunked = false;
      return "";
    }
    if (has("transfer-encoding")) {
      this.#chunked = response._hasBody;
      return "";
    }
    if (hasNone || !response._hasBody) return "";
    if (this.#info.minor === 0) {
      // HTTP/1.0 has no other end of a body than the connection's.
      this.keepsAlive = false;
      return "";
    }
    if (this.#length !== undefined && response._trailers.length === 0) return `Content-Length: ${this.#length}\r\n`;
    this.#chunked = true;
    return "Transfer-Encoding: chunked\r\n";
  }

  head(_status, _reason, text) {
    this.#wire.start(text, this.#chunked);
  }

  informational(status, headers) {
    if (this.#info.minor === 0) return;
    let text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
    for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
    this.#socket.write(`${text}\r\n`, "latin1");
  }

  write(chunk) {
    return this.#wire.write(chunk);
  }

  end(trailers) {
    this.#wire.end(trailers);
    this.ended();
  }

  abort() {
    this.#socket.destroy();
  }
}
