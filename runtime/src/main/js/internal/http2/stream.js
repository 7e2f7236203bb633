// http2.Http2Stream - https://nodejs.org/api/http2.html#class-http2stream
import { Buffer } from "internal:buffer/class";
import { Duplex } from "node:stream";
import { errorCodes, http2Error, nameOfCode } from "internal:http2/errors";
import { copied, trailerFields } from "internal:http2/headers";
import { Idle } from "internal:http2/idle";
import { AbortError } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateInteger, validateObject } from "internal:validators";

const LARGEST_WINDOW = 2 ** 31 - 1;
const LARGEST_CODE = 2 ** 32 - 1;

export class Http2Stream extends Duplex {
  #session;
  #id;
  #closed = false;
  #aborted = false;
  #code = 0;
  #idle = new Idle(this);
  /** What is to be sent: { bytes, callback }. */
  #queue = [];
  #endCallback = null;
  #sendWindow;
  #receiveWindow;
  #unread = 0;
  #peerEnded = false;
  #selfEnded = false;
  #announcedLength;
  #receivedLength = 0;
  #trailersReady = false;
  #wantsTrailers = false;
  #sentTrailers;
  _didRead = false;

  constructor(session, options = {}) {
    super({ allowHalfOpen: true, autoDestroy: false, decodeStrings: false, emitClose: true, ...options });
    this.#session = session;
    this.#sendWindow = session._remoteWindow;
    this.#receiveWindow = session._localWindow;
    this.cork();
  }

  /** It has a number now. */
  _begin(id) {
    this.#id = id;
    this.uncork();
    this.emit("ready");
  }

  get id() {
    return this.#id;
  }

  get session() {
    return this.#session;
  }

  get pending() {
    return this.#id === undefined;
  }

  get closed() {
    return this.#closed;
  }

  get aborted() {
    return this.#aborted;
  }

  get rstCode() {
    return this.#code;
  }

  get sentTrailers() {
    return this.#sentTrailers;
  }

  get bufferSize() {
    return this.writableLength;
  }

  get endAfterHeaders() {
    return this._endAfterHeaders === true;
  }

  get state() {
    if (this.destroyed) return {};
    const state = this.#peerEnded ? (this.#selfEnded ? 7 : 6) : this.#selfEnded ? 5 : 2;
    return {
      state, weight: 16, sumDependencyWeight: 0, localClose: +this.#selfEnded, remoteClose: +this.#peerEnded,
      localWindowSize: this.#receiveWindow,
    };
  }

  get scheme() {
    return this.session === undefined ? undefined : this._scheme;
  }

  priority(options) {
    // Priorities of this kind are deprecated (RFC 9113, section 5.3): what is said of them is not sent.
    if (options !== undefined) validateObject(options, "options");
    if (options?.parent === this.#id && this.#id !== undefined) throw http2Error("STREAM_SELF_DEPENDENCY");
  }

  setTimeout(milliseconds, callback) {
    this.#idle.set(milliseconds, callback);
    return this;
  }

  _write(chunk, encoding, callback) {
    this.#idle.refresh();
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk;
    if (!this.headersSent && this._headersFirst !== undefined) this._headersFirst();
    this.#queue.push({ bytes, callback });
    this._flush();
  }

  _writev(chunks, callback) {
    this._write(Buffer.concat(chunks.map(({ chunk, encoding }) => (typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk))), "buffer", callback);
  }

  _final(callback) {
    if (this.#id === undefined) {
      this.once("ready", () => this._final(callback));
      return;
    }
    if (this.#closed && this.#code !== 0) {
      callback();
      return;
    }
    if (this.#wantsTrailers && this.#sentTrailers === undefined) {
      this.#endCallback = callback;
      this.#trailersReady = true;
      this.emit("wantTrailers");
      return;
    }
    if (!this.#selfEnded) this.#session?._sendData(this.#id, Buffer.alloc(0), true);
    this.#ended();
    callback();
  }

  _wantTrailers() {
    this.#wantsTrailers = true;
  }

  /** The last of this side has been sent with the headers. */
  _endedByHeaders() {
    this.#ended();
  }

  #ended() {
    if (this.#selfEnded) return;
    this.#selfEnded = true;
    this.#endedMaybe();
  }

  /** Sends what the windows and the connection take. */
  _flush() {
    while (this.#queue.length > 0 && this.#id !== undefined && this.#session !== undefined) {
      const first = this.#queue[0];
      if (first.bytes.length > 0) {
        const room = Math.min(this.#session._room(first.bytes.length), this.#sendWindow);
        if (room <= 0) return;
        this.#sendWindow -= room;
        this.#session._sendData(this.#id, first.bytes.subarray(0, room), false);
        first.bytes = first.bytes.subarray(room);
      }
      if (first.bytes.length > 0) continue;
      this.#queue.shift();
      first.callback();
    }
  }

  /** False when the window becomes larger than it may. */
  _windowChanged(more) {
    this.#sendWindow += more;
    if (this.#sendWindow > LARGEST_WINDOW) return false;
    this._flush();
    return true;
  }

  _localWindowChanged(more) {
    this.#receiveWindow += more;
  }

  _read() {
    this._didRead = true;
    this.#give();
  }

  /** What the program has taken may come again. */
  #give() {
    const { readableLength } = this;
    const taken = this.#unread - readableLength;
    if (taken <= 0 || this.#peerEnded) return;
    if (readableLength > 0 && taken < 16384) return;
    this.#unread -= taken;
    this.#receiveWindow += taken;
    this.#session?._consumed(this.#id, taken);
  }

  /** length is with padding. */
  _data(bytes, length, ends) {
    if (this.#peerEnded) {
      this._fail(errorCodes.STREAM_CLOSED);
      return;
    }
    this.#idle.refresh();
    this.#receiveWindow -= length;
    this.#receivedLength += bytes.length;
    if (this.#receiveWindow < 0) {
      this._fail(errorCodes.FLOW_CONTROL_ERROR);
      return;
    }
    if (!this._lengthFits(ends)) {
      this._fail(errorCodes.PROTOCOL_ERROR);
      return;
    }
    this.#unread += bytes.length;
    if (length > bytes.length) {
      this.#receiveWindow += length - bytes.length;
      this.#session._consumed(this.#id, length - bytes.length);
    }
    if (bytes.length > 0 && !this.destroyed) this.push(Buffer.from(bytes));
    if (ends) this._peerEnded();
    else this.#give();
  }

  _announced(headers) {
    const length = headers["content-length"];
    if (length !== undefined && /^\d+$/.test(length)) this.#announcedLength = +length;
  }

  _lengthFits(ends) {
    if (this.#announcedLength === undefined) return true;
    return ends ? this.#receivedLength === this.#announcedLength : this.#receivedLength <= this.#announcedLength;
  }

  /** The other side sends no more. */
  _peerEnded() {
    if (this.#peerEnded) return;
    this.#peerEnded = true;
    if (!this.destroyed) this.push(null);
    this.#endedMaybe();
  }

  #endedMaybe() {
    if (this.#peerEnded && this.#selfEnded) nextTick(() => this.#over(errorCodes.NO_ERROR));
    else if (this.#selfEnded) nextTick(() => this._answeredAlone());
  }

  /** A server has answered, and its client still sends. */
  _answeredAlone() {}

  /** The other side has given the stream up. */
  _closedByPeer(code) {
    if (this.destroyed) return;
    this.#peerEnded = this.#selfEnded = true;
    this.#over(code);
  }

  /** Both sides are done with it. */
  #over(code) {
    if (this.destroyed) return;
    if (!this.#closed) this.#close(code);
    if (code !== errorCodes.NO_ERROR || this.readableEnded) {
      this.destroy();
      return;
    }
    this.once("end", () => nextTick(() => this.destroy()));
    this.push(null);
    if (this._isServers && !this._didRead && this.readableFlowing === null) this.resume();
    else this.read(0);
  }

  #close(code) {
    this.#closed = true;
    this.#code = code;
    this.setTimeout(0);
    const ending = this.writableEnded;
    if (!ending) {
      if (!this.#aborted) {
        this.#aborted = true;
        this.emit("aborted");
      }
      this.end();
    }
    return ending;
  }

  close(code = errorCodes.NO_ERROR, callback = undefined) {
    validateInteger(code, "code", 0, LARGEST_CODE);
    if (callback !== undefined) {
      validateFunction(callback, "callback");
      this.once("close", callback);
    }
    if (this.#closed || this.destroyed) return;
    const ending = this.#close(code);
    const reset = () => {
      if (this.destroyed) return;
      this.#reset(code);
      this.#over(code);
    };
    if (!ending || this.writableFinished || code !== errorCodes.NO_ERROR) nextTick(reset);
    else this.once("finish", reset);
  }

  #reset(code) {
    if (this.#id !== undefined && this.#session !== undefined && !(this.#peerEnded && this.#selfEnded)) this.#session._sendReset(this.#id, code);
    this.#peerEnded = this.#selfEnded = true;
  }

  /** What came is against the protocol. */
  _fail(code) {
    if (this.destroyed) return;
    this.#reset(code);
    this.#over(code);
  }

  _destroy(error, callback) {
    const session = this.#session;
    const sessionCode = session._goawayCode || session._destroyCode || 0;
    let code = this.#closed ? this.#code : sessionCode;
    if (error !== null && error !== undefined) {
      code = sessionCode || (error instanceof AbortError || error.name === "AbortError" ? errorCodes.CANCEL : errorCodes.INTERNAL_ERROR);
    }
    if (!this.#closed) this.#close(code);
    if (!session.destroyed) this.#reset(code);
    this.push(null);
    this.#idle.stop();
    const waiting = this.#queue.splice(0);
    this.#session = undefined;
    if ((error === null || error === undefined) && code !== errorCodes.NO_ERROR && code !== errorCodes.CANCEL) {
      error = http2Error("STREAM_ERROR", nameOfCode(code));
    }
    callback(error);
    for (const { callback: unsent } of waiting) unsent(error ?? null);
    if (this.#endCallback !== null) this.#endCallback();
    if (this.#id === undefined) session._pendingGone?.(this);
    else session._forget(this.#id);
  }

  sendTrailers(headers) {
    if (this.destroyed || this.#closed) throw http2Error("INVALID_STREAM");
    if (this.#sentTrailers !== undefined) throw http2Error("TRAILERS_ALREADY_SENT");
    if (!this.#trailersReady) throw http2Error("TRAILERS_NOT_READY");
    const trailers = copied(headers);
    const fields = trailerFields(trailers);
    this.#sentTrailers = trailers;
    if (fields.length > 0) this.#session._sendHeaders(this.#id, fields, true);
    else this.#session._sendData(this.#id, Buffer.alloc(0), true);
    this.#ended();
    const done = this.#endCallback;
    this.#endCallback = null;
    done?.();
  }
}
