// How a request is written on its connection: what an exchange is to a response. What is written before there is a
// connection waits for it.
import { Buffer } from "internal:buffer/class";

export class RequestWire {
  /** Its text takes no short cut into an exchange. */
  isStream = true;

  #socket = null;
  #waiting = [];
  #waitingBytes = 0;
  #chunked = false;
  #ended = false;

  constructor(highWaterMark = 65536) {
    this.highWaterMark = highWaterMark;
  }

  /** The connection is there; what has waited goes first. */
  attach(socket) {
    this.#socket = socket;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (waiting.length === 0) return;
    socket.cork();
    for (const bytes of waiting) socket.write(bytes);
    socket.uncork();
  }

  detach() {
    this.#socket = null;
  }

  /** text is all of the head. */
  start(text, chunked) {
    this.#chunked = chunked;
    this.#send(Buffer.from(text, "latin1"));
  }

  /** False when the caller should wait for the connection's 'drain'. */
  write(chunk) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    if (!this.#chunked) return this.#send(bytes);
    this.#send(Buffer.from(`${bytes.length.toString(16)}\r\n`, "latin1"));
    this.#send(bytes);
    return this.#send(LINE_END);
  }

  end(trailers = []) {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#chunked) return;
    let text = "0\r\n";
    for (let i = 0; i < trailers.length; i += 2) text += `${trailers[i]}: ${trailers[i + 1]}\r\n`;
    this.#send(Buffer.from(`${text}\r\n`, "latin1"));
  }

  #send(bytes) {
    if (this.#socket !== null) return this.#socket.write(bytes);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    return this.#waitingBytes < this.highWaterMark;
  }
}

const LINE_END = Buffer.from("\r\n", "latin1");
