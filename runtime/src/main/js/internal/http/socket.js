// What node:http shows as a message's socket. Java owns the connection; this object tells of its addresses
// and passes on what may be asked of it.
import { EventEmitter } from "node:events";
import { familyOf, shortAddress } from "internal:net/addresses";
import { notSupported } from "internal:node_errors";

export class ExchangeSocket extends EventEmitter {
  #exchange;

  readable = true;
  writable = true;
  destroyed = false;
  connecting = false;
  timeout = 0;
  bytesRead = 0;
  bytesWritten = 0;
  allowHalfOpen = true;
  _httpMessage = null;
  server = null;
  parser = null;

  constructor(exchange) {
    super();
    this.#exchange = exchange;
  }

  /** Undefined on a plain connection, as on Node. */
  get encrypted() {
    return this.#exchange.connection.encrypted || undefined;
  }

  get authorized() {
    return this.encrypted && false;
  }

  get remoteAddress() {
    return shortAddress(this.#exchange.connection.remoteAddress);
  }

  get remotePort() {
    return this.#exchange.connection.remotePort;
  }

  get remoteFamily() {
    return familyOf(this.#exchange.connection.remoteAddress);
  }

  get localAddress() {
    return shortAddress(this.#exchange.connection.localAddress);
  }

  get localPort() {
    return this.#exchange.connection.localPort;
  }

  get localFamily() {
    return familyOf(this.#exchange.connection.localAddress);
  }

  get readyState() {
    return this.destroyed ? "closed" : "open";
  }

  get writableLength() {
    return 0;
  }

  get writableHighWaterMark() {
    return 65536;
  }

  address() {
    return { address: this.localAddress, family: this.localFamily, port: this.localPort };
  }

  /** Ends the exchange: a reset when its head has left. */
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.writable = this.readable = false;
    if (error) this.emit("error", error);
    this.#exchange.abort(error?.message ?? "The program destroyed the socket.");
    this._httpMessage?.exchangeClosed();
    return this;
  }

  /** An error is the server's to hear first, and nobody has to listen for it. */
  emit(event, ...values) {
    if (event === "error") {
      if (this.server.listenerCount("clientError") > 0) this.server.emit("clientError", values[0], this);
      if (this.listenerCount("error") === 0) return true;
    }
    return super.emit(event, ...values);
  }

  /** Told by the response that the exchange is over. */
  closed(hadError) {
    if (this.writable) {
      this.destroyed = true;
      this.writable = this.readable = false;
    }
    this.emit("close", hadError);
  }

  destroySoon() {
    this.destroy();
  }

  end() {
    this._httpMessage?.end();
    return this;
  }

  setTimeout(milliseconds, callback) {
    this.timeout = milliseconds;
    if (callback) this.once("timeout", callback);
    return this;
  }

  setNoDelay() {
    return this;
  }

  setKeepAlive() {
    return this;
  }

  setEncoding() {
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  cork() {}

  uncork() {}

  pause() {
    return this;
  }

  resume() {
    return this;
  }

  write() {
    throw notSupported("Writing to an HTTP connection's socket", "write to the response");
  }
}
