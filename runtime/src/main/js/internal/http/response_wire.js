// A response written to a stream that the program has given it by assignSocket(): what an exchange is to others.
import { RequestWire } from "internal:http/request_wire";
import { STATUS_CODES } from "internal:http/names";

export class ResponseWire {
  isStream = true;
  #wire = new RequestWire();
  #socket;
  #response;
  #chunked = false;

  constructor(socket, response) {
    this.#socket = socket;
    this.#response = response;
    this.#wire.attach(socket);
  }

  /** The head as text, which programs that give a response a stream look into. */
  render(status, reason, headers) {
    const has = (name) => headers.some((field, i) => i % 2 === 0 && field.toLowerCase() === name);
    let text = `HTTP/1.1 ${status} ${reason || STATUS_CODES[status] || "unknown"}\r\n`;
    for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
    if (this.#response.sendDate && !has("date")) text += `Date: ${new Date().toUTCString()}\r\n`;
    if (!has("connection")) text += "Connection: keep-alive\r\n";
    this.#chunked = this.#response._hasBody && !has("content-length");
    if (this.#chunked && !has("transfer-encoding")) text += "Transfer-Encoding: chunked\r\n";
    return `${text}\r\n`;
  }

  head(_status, _reason, text) {
    this.#wire.start(text, this.#chunked);
  }

  informational(status, headers) {
    let text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
    for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
    this.#socket.write(`${text}\r\n`, "latin1");
  }

  write(chunk) {
    return this.#wire.write(chunk);
  }

  end(trailers) {
    this.#wire.end(trailers);
  }

  abort() {
    this.#socket.destroy();
  }
}
