// http2.Http2Session - https://nodejs.org/api/http2.html#class-http2session
// Frames come from a net.Socket or whatever stream stands for one, and are written there. What the other side can make us
// keep or do is limited: see limits.js.
import { Buffer } from "internal:buffer/class";
import { EventEmitter } from "node:events";
import { http2Error, errorCodes } from "internal:http2/errors";
import * as frames from "internal:http2/frames";
import { isWellFormed, headersObject } from "internal:http2/headers";
import { closeSocket } from "internal:http2/closing";
import { ConnectionError } from "internal:http2/connection_error";
import { HeaderBlocks } from "internal:http2/header_blocks";
import { CompressionError, Encoder } from "internal:http2/hpack";
import { Idle } from "internal:http2/idle";
import { limitsOf, Patience } from "internal:http2/limits";
import { Pings } from "internal:http2/pings";
import { checkedSettings, getDefaultSettings, getPackedSettings, refusalOf, unpack, withSize } from "internal:http2/settings";
import { socketProxy } from "internal:http2/socket_proxy";
import { codes } from "internal:node_errors";
import { nextTick } from "internal:ticks";
import { validateFunction, validateInt32, validateNumber } from "internal:validators";

const { ERR_INVALID_ARG_TYPE } = codes;

export const SERVER = 0;
export const CLIENT = 1;
const WINDOW = 65535;
const LARGEST_WINDOW = 2 ** 31 - 1;
const LARGEST_STREAM = 2 ** 31 - 1;
const MOST_STREAMS = 128;

export class Http2Session extends EventEmitter {
  #type;
  #socket;
  #options;
  #limits;
  #reader = new frames.FrameReader();
  #encoder = new Encoder();
  #blocks;
  #patience;
  #streams = new Map();
  #lastPeerStream = 0;
  #nextStream;
  #prefaceLeft;
  #local;
  #remote = getDefaultSettings();
  #unacknowledged = [];
  #pings;
  #sendWindow = WINDOW;
  #receiveWindow = WINDOW;
  #received = 0;
  #corked = false;
  #goawayCode = null;
  #closed = false;
  #destroyed = false;
  #idle = new Idle(this);
  #listeners;

  constructor(type, options, socket) {
    super();
    if (socket._http2Session) throw http2Error("SOCKET_BOUND");
    this.#type = type;
    this.#options = options;
    this.#limits = limitsOf(options);
    this.#blocks = new HeaderBlocks(this.#limits);
    this.#patience = new Patience(this.#limits);
    this.#pings = new Pings(this.#limits);
    this.#socket = socket;
    this.#nextStream = type === SERVER ? 2 : 1;
    this.#prefaceLeft = type === SERVER ? frames.PREFACE : Buffer.alloc(0);
    this.#local = { ...getDefaultSettings(), enablePush: type === SERVER };
    socket._http2Session = this;
    this._socketProxy = socketProxy(this, socket);
    this.#listeners = {
      data: (chunk) => this.#data(chunk),
      end: () => this.#socketEnded(),
      close: () => this.#socketClosed(),
      error: (error) => this.destroy(error),
      drain: () => this.#drained(),
    };
  }

  /** The connection is there. */
  _start() {
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.on(event, listener);
    if (this.#type === CLIENT) this.#write(frames.PREFACE);
    const given = checkedSettings(this.#options.settings ?? {});
    const announced = this.#type === SERVER ? { maxConcurrentStreams: MOST_STREAMS, ...given } : { ...given, enablePush: false };
    this.#announce(announced);
    this.#socket.resume();
  }

  get type() {
    return this.#type;
  }

  get socket() {
    return this._socketProxy;
  }

  /** The real one, for those inside. */
  get _socket() {
    return this.#socket;
  }

  get connecting() {
    return this.#socket?.connecting ?? false;
  }

  get closed() {
    return this.#closed;
  }

  get destroyed() {
    return this.#destroyed;
  }

  get encrypted() {
    return this.connecting ? undefined : this.#socket?.encrypted === true;
  }

  get alpnProtocol() {
    if (this.connecting) return undefined;
    return this.encrypted ? this.#socket.alpnProtocol : "h2c";
  }

  get originSet() {
    if (!this.encrypted || this.#destroyed) return undefined;
    const { servername, remoteAddress, remotePort } = this.#socket;
    return [`https://${servername || remoteAddress}${remotePort === 443 ? "" : `:${remotePort}`}`];
  }

  get pendingSettingsAck() {
    return this.#unacknowledged.length > 0;
  }

  get localSettings() {
    return withSize({ ...this.#local });
  }

  get remoteSettings() {
    return withSize({ ...this.#remote });
  }

  get state() {
    return {
      effectiveLocalWindowSize: WINDOW, effectiveRecvDataLength: this.#received, nextStreamID: this.#nextStream,
      localWindowSize: this.#receiveWindow, lastProcStreamID: this.#lastPeerStream, remoteWindowSize: this.#sendWindow,
      outboundQueueSize: this.#socket?.writableLength ?? 0, deflateDynamicTableSize: 0, inflateDynamicTableSize: 0,
    };
  }

  get _goawayCode() {
    return this.#goawayCode;
  }

  setTimeout(milliseconds, callback) {
    this.#idle.set(milliseconds, callback);
    return this;
  }

  ref() {
    this.#socket.ref?.();
  }

  unref() {
    this.#socket.unref?.();
  }

  /** Streams that are open, in the order of their ids. */
  _openStreams() {
    return [...this.#streams.values()];
  }

  settings(settings, callback) {
    this._check();
    const checked = checkedSettings(settings);
    if (callback !== undefined) validateFunction(callback, "callback");
    if (this.#unacknowledged.length >= this.#limits.maxOutstandingSettings) throw http2Error("MAX_PENDING_SETTINGS_ACK");
    this.#announce(checked, callback);
  }

  #announce(settings, callback) {
    this.#unacknowledged.push({ settings, callback, sent: Date.now() });
    this.#write(frames.frame(frames.SETTINGS, 0, 0, getPackedSettings(settings)));
  }

  ping(payload, callback) {
    this._check();
    if (typeof payload === "function") [payload, callback] = [undefined, payload];
    const bytes = this.#pings.begin(payload, callback);
    if (bytes === undefined) return false;
    this.#write(frames.frame(frames.PING, 0, 0, bytes));
    return true;
  }

  goaway(code = errorCodes.NO_ERROR, lastStreamID = 0, opaqueData = undefined) {
    this._check();
    if (opaqueData !== undefined && !ArrayBuffer.isView(opaqueData)) {
      throw new ERR_INVALID_ARG_TYPE("opaqueData", ["Buffer", "TypedArray", "DataView"], opaqueData);
    }
    validateNumber(code, "code");
    validateNumber(lastStreamID, "lastStreamID");
    this.#goaway(code, lastStreamID <= 0 ? this.#lastPeerStream : lastStreamID, opaqueData);
  }

  #goaway(code, last, data) {
    const rest = data === undefined ? Buffer.alloc(0) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.#write(frames.frame(frames.GOAWAY, 0, 0, Buffer.concat([frames.number(last), frames.number(code), rest])));
  }

  setLocalWindowSize(size) {
    this._check();
    validateInt32(size, "windowSize", 0);
    const more = size - this.#receiveWindow;
    if (more <= 0) return;
    this.#receiveWindow += more;
    this.#write(frames.frame(frames.WINDOW_UPDATE, 0, 0, frames.number(more)));
  }

  _check() {
    if (this.#destroyed) throw http2Error("INVALID_SESSION");
  }

  /** No new streams; ends when those that are open have. */
  close(callback) {
    if (this.#closed || this.#destroyed) return;
    this.#closed = true;
    if (typeof callback === "function") this.once("close", callback);
    if (!this.connecting) this.#goaway(errorCodes.NO_ERROR, this.#lastPeerStream);
    this._maybeDestroy();
  }

  _maybeDestroy(error) {
    if (this.#destroyed) return;
    if (error !== undefined && error !== null) this.destroy(error);
    else if (this.#closed && this.#streams.size === 0 && !this._isBusy && !this.connecting) this.destroy();
  }

  destroy(error = errorCodes.NO_ERROR, code = undefined) {
    if (this.#destroyed) return;
    if (typeof error === "number") {
      code = error;
      error = code === errorCodes.NO_ERROR ? undefined : http2Error("SESSION_ERROR", code);
    }
    if (code === undefined && error) code = errorCodes.INTERNAL_ERROR;
    const told = code ?? errorCodes.NO_ERROR;
    this._destroyCode = told;
    if (!this.connecting && this.#socket.writable && (told !== errorCodes.NO_ERROR || !this.#closed)) this.#goaway(told, this.#lastPeerStream);
    this.#destroyed = this.#closed = true;
    this.setTimeout(0);
    for (const stream of this._openStreams()) stream.destroy(error);
    this._cancelWaiting?.(error);
    this.#pings.cancel();
    for (const { callback } of this.#unacknowledged.splice(0)) if (callback) nextTick(callback, http2Error("SETTINGS_CANCEL"));
    closeSocket(this.#socket, this.#listeners, error !== undefined, () => {
      if (error) this.emit("error", error);
      this.emit("close");
    });
  }

  #socketEnded() {
    if (this.#destroyed) return;
    if (this.#streams.size === 0) this.destroy();
    else this.#socketClosed();
  }

  #socketClosed() {
    if (this.#destroyed) return;
    for (const stream of this._openStreams()) stream._closedByPeer(errorCodes.CANCEL);
    this.destroy();
  }

  #drained() {
    for (const stream of this._openStreams()) stream._flush();
  }

  /** What one turn writes leaves as one. */
  #write(bytes) {
    if (this.#socket.destroyed || !this.#socket.writable) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#idle.refresh();
    this.#socket.write(bytes);
  }

  /** A new stream of this side; its id. */
  _open(stream) {
    const id = this.#nextStream;
    if (id > LARGEST_STREAM) throw http2Error("OUT_OF_STREAMS");
    this.#nextStream += 2;
    this.#streams.set(id, stream);
    return id;
  }

  get _mayOpen() {
    const own = this._openStreams().filter(({ id }) => id % 2 === this.#nextStream % 2).length;
    return own < this.#remote.maxConcurrentStreams;
  }

  _forget(id) {
    if (!this.#streams.delete(id)) return;
    this.emit("_room");
    this._maybeDestroy();
  }

  _sendHeaders(id, fields, ends) {
    const block = this.#encoder.encode(fields);
    const most = this.#remote.maxFrameSize;
    let at = 0;
    do {
      const part = block.subarray(at, at + most);
      const isFirst = at === 0;
      at += part.length;
      const flags = (at >= block.length ? frames.END_HEADERS : 0) | (isFirst && ends ? frames.END_STREAM : 0);
      this.#write(frames.frame(isFirst ? frames.HEADERS : frames.CONTINUATION, flags, id, part));
    } while (at < block.length);
  }

  /** How much of so many bytes may be sent now, the stream's own window aside. */
  _room(length) {
    return this.#socket.writableNeedDrain ? 0 : Math.max(0, Math.min(length, this.#sendWindow, this.#remote.maxFrameSize));
  }

  _sendData(id, bytes, ends) {
    this.#sendWindow -= bytes.length;
    this.#write(frames.frame(frames.DATA, ends ? frames.END_STREAM : 0, id, bytes));
  }

  _sendReset(id, code) {
    this.#write(frames.frame(frames.RST_STREAM, 0, id, frames.number(code)));
  }

  /** The program has read so much of the stream. */
  _consumed(id, length) {
    if (length > 0 && !this.#destroyed) this.#write(frames.frame(frames.WINDOW_UPDATE, 0, id, frames.number(length)));
  }

  get _remoteWindow() {
    return this.#remote.initialWindowSize;
  }

  get _localWindow() {
    return this.#local.initialWindowSize;
  }

  #data(chunk) {
    if (this.#destroyed) return;
    this.#idle.refresh();
    try {
      const rest = this.#afterPreface(chunk);
      if (rest.length === 0) return;
      this.#reader.read(rest, this.#local.maxFrameSize,
        (type, flags, stream, payload) => this.#take(type, flags, stream, payload),
        () => this.#fail(errorCodes.FRAME_SIZE_ERROR, "Frame size error"));
    } catch (error) {
      if (error instanceof ConnectionError) this.#broken(error.h2, error.message);
      else if (error instanceof CompressionError) this.#broken(errorCodes.COMPRESSION_ERROR, "Header compression error");
      else throw error;
    }
  }

  #afterPreface(chunk) {
    if (this.#prefaceLeft.length === 0) return chunk;
    const count = Math.min(chunk.length, this.#prefaceLeft.length);
    if (!chunk.subarray(0, count).equals(this.#prefaceLeft.subarray(0, count))) {
      this.#fail(errorCodes.PROTOCOL_ERROR, "Received bad client magic byte string");
    }
    this.#prefaceLeft = this.#prefaceLeft.subarray(count);
    return chunk.subarray(count);
  }

  #fail(code, message) {
    throw new ConnectionError(code, message);
  }

  #broken(code, message) {
    this.destroy(Object.assign(http2Error("ERROR", message), { errno: -code }), code);
  }

  /** A frame that carries nothing. */
  #charge() {
    this.#patience.charge(this.#socket.writableLength);
  }

  #take(type, flags, id, payload) {
    if (this.#destroyed) return false;
    const { open } = this.#blocks;
    if (open !== 0 && (type !== frames.CONTINUATION || id !== open)) {
      this.#fail(errorCodes.PROTOCOL_ERROR, "A header block is not complete");
    }
    switch (type) {
      case frames.DATA:
        this.#dataFrame(flags, id, this.#unpadded(flags, payload), payload.length);
        break;
      case frames.HEADERS:
        this.#headersFrame(flags, id, this.#unpadded(flags, payload));
        break;
      case frames.CONTINUATION:
        this.#blocks.goOn(payload);
        if (flags & frames.END_HEADERS) this.#headers(this.#blocks.finish(this.#local.maxHeaderListSize));
        break;
      case frames.PRIORITY:
        this.#requireLength(payload, 5);
        this.#charge();
        break;
      case frames.RST_STREAM:
        this.#requireLength(payload, 4);
        this.#reset(id, payload.readUInt32BE(0));
        break;
      case frames.SETTINGS:
        this.#settingsFrame(flags, id, payload);
        break;
      case frames.PUSH_PROMISE:
        this.#fail(errorCodes.PROTOCOL_ERROR, "Push was not allowed");
        break;
      case frames.PING:
        this.#requireLength(payload, 8);
        this.#pingFrame(flags, payload);
        break;
      case frames.GOAWAY:
        if (payload.length < 8) this.#fail(errorCodes.FRAME_SIZE_ERROR, "Frame size error");
        this.#goawayFrame(payload);
        break;
      case frames.WINDOW_UPDATE:
        this.#requireLength(payload, 4);
        this.#windowUpdate(id, payload.readUInt32BE(0) & 0x7fffffff);
        break;
      default:
        this.#charge();
    }
    return !this.#destroyed;
  }

  #requireLength(payload, length) {
    if (payload.length !== length) this.#fail(errorCodes.FRAME_SIZE_ERROR, "Frame size error");
  }

  #unpadded(flags, payload) {
    if (!(flags & frames.PADDED)) return payload;
    const padding = payload[0];
    if (payload.length === 0 || padding >= payload.length) this.#fail(errorCodes.PROTOCOL_ERROR, "Padding too long");
    return payload.subarray(1, payload.length - padding);
  }

  #isIdle(id) {
    const isPeers = id % 2 !== this.#nextStream % 2;
    return id === 0 || (isPeers ? id > this.#lastPeerStream : id >= this.#nextStream);
  }

  #dataFrame(flags, id, bytes, length) {
    if (this.#isIdle(id)) this.#fail(errorCodes.PROTOCOL_ERROR, "DATA: stream in idle");
    this.#receiveWindow -= length;
    if (this.#receiveWindow < 0) this.#fail(errorCodes.FLOW_CONTROL_ERROR, "Flow control error");
    this.#received += length;
    if (this.#received >= WINDOW / 2) {
      this._consumed(0, this.#received);
      this.#receiveWindow += this.#received;
      this.#received = 0;
    }
    const ends = (flags & frames.END_STREAM) !== 0;
    if (bytes.length === 0 && !ends) this.#charge();
    this.#streams.get(id)?._data(bytes, length, ends);
  }

  #headersFrame(flags, id, payload) {
    if (id === 0) this.#fail(errorCodes.PROTOCOL_ERROR, "HEADERS: stream id 0");
    this.#blocks.begin(id, flags, payload);
    if (flags & frames.END_HEADERS) this.#headers(this.#blocks.finish(this.#local.maxHeaderListSize));
  }

  #headers(list) {
    const { id, ends, raw, sensitive, isTooLong } = list;
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#type === SERVER) this.#begin(list);
      else if (this.#isIdle(id)) this.#fail(errorCodes.PROTOCOL_ERROR, "HEADERS: stream in idle");
      return;
    }
    if (isTooLong) {
      stream._fail(errorCodes.ENHANCE_YOUR_CALM);
      return;
    }
    const kind = stream._expects();
    if (!isWellFormed(raw, kind) || (kind === "trailers" && !ends)) stream._fail(errorCodes.PROTOCOL_ERROR);
    else stream._headers(kind, headersObject(raw, sensitive), ends, raw);
  }

  /** A request. */
  #begin({ id, ends, raw, sensitive, isTooLong }) {
    if (id % 2 === 0) this.#fail(errorCodes.PROTOCOL_ERROR, "HEADERS: even stream id");
    // A stream that is over already.
    if (id <= this.#lastPeerStream) return;
    this.#lastPeerStream = id;
    const open = this._openStreams().filter((stream) => stream.id % 2 === 1).length;
    if (this.#closed || open >= this.#local.maxConcurrentStreams || open >= this.#mostStreams()) {
      this.#charge();
      this._sendReset(id, errorCodes.REFUSED_STREAM);
    } else if (isTooLong) {
      this.#charge();
      this._sendReset(id, errorCodes.ENHANCE_YOUR_CALM);
    } else if (!isWellFormed(raw, "request")) {
      this.#charge();
      this._sendReset(id, errorCodes.PROTOCOL_ERROR);
    } else {
      const stream = this._accept(id, headersObject(raw, sensitive), ends);
      this.#streams.set(id, stream);
      this.emit("stream", stream, stream._requestHeaders, ends ? 5 : 4, raw);
    }
  }

  /** What was announced counts from its acknowledgement on, but a limit that was announced first counts at once. */
  #mostStreams() {
    return Math.min(...this.#unacknowledged.map(({ settings }) => settings.maxConcurrentStreams ?? Infinity), Infinity);
  }

  #reset(id, code) {
    if (this.#isIdle(id)) this.#fail(errorCodes.PROTOCOL_ERROR, "RST_STREAM: stream in idle");
    this.#charge();
    this.#streams.get(id)?._closedByPeer(code);
  }

  #settingsFrame(flags, id, payload) {
    if (id !== 0) this.#fail(errorCodes.PROTOCOL_ERROR, "SETTINGS: stream id != 0");
    if (payload.length % 6 !== 0) this.#fail(errorCodes.FRAME_SIZE_ERROR, "Frame size error");
    if (flags & frames.ACK) {
      this.#acknowledged();
      return;
    }
    this.#charge();
    const refusal = refusalOf(payload);
    if (refusal !== 0) this.#fail(refusal, "SETTINGS: invalid value");
    const before = this.#remote.initialWindowSize;
    Object.assign(this.#remote, unpack(payload));
    this.#write(frames.frame(frames.SETTINGS, frames.ACK, 0));
    const more = this.#remote.initialWindowSize - before;
    for (const stream of this._openStreams()) stream._windowChanged(more);
    this.emit("remoteSettings", this.remoteSettings);
    this.emit("_room");
  }

  #acknowledged() {
    const waiting = this.#unacknowledged.shift();
    if (waiting === undefined) this.#fail(errorCodes.PROTOCOL_ERROR, "SETTINGS: unexpected ACK");
    const more = (waiting.settings.initialWindowSize ?? this.#local.initialWindowSize) - this.#local.initialWindowSize;
    Object.assign(this.#local, waiting.settings);
    if (waiting.settings.headerTableSize !== undefined) this.#blocks.setTableLimit(this.#local.headerTableSize);
    for (const stream of this._openStreams()) stream._localWindowChanged(more);
    this.emit("localSettings", this.localSettings);
    if (waiting.callback) waiting.callback(null, this.localSettings, Date.now() - waiting.sent);
  }

  #pingFrame(flags, payload) {
    if (flags & frames.ACK) {
      this.#pings.acknowledged(payload);
      return;
    }
    this.#charge();
    this.#write(frames.frame(frames.PING, frames.ACK, 0, payload));
    this.emit("ping", Buffer.from(payload));
  }

  #goawayFrame(payload) {
    this.#charge();
    const last = payload.readUInt32BE(0) & 0x7fffffff;
    const code = payload.readUInt32BE(4);
    this.#goawayCode = code;
    const data = payload.length > 8 ? Buffer.from(payload.subarray(8)) : undefined;
    this.emit("goaway", code, last, data);
    if (this.#destroyed) return;
    // Those above were never looked at.
    for (const stream of this._openStreams()) {
      if (stream.id > last && stream.id % 2 === this.#nextStream % 2) stream._closedByPeer(errorCodes.REFUSED_STREAM);
    }
    if (code === errorCodes.NO_ERROR) this.close();
    else this.destroy(http2Error("SESSION_ERROR", code), errorCodes.NO_ERROR);
  }

  #windowUpdate(id, more) {
    if (id === 0) {
      if (more === 0) this.#fail(errorCodes.PROTOCOL_ERROR, "WINDOW_UPDATE: zero");
      this.#sendWindow += more;
      if (this.#sendWindow > LARGEST_WINDOW) this.#fail(errorCodes.FLOW_CONTROL_ERROR, "Flow control error");
      for (const stream of this._openStreams()) stream._flush();
      return;
    }
    if (this.#isIdle(id)) this.#fail(errorCodes.PROTOCOL_ERROR, "WINDOW_UPDATE to idle stream");
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    if (more === 0) stream._fail(errorCodes.PROTOCOL_ERROR);
    else if (!stream._windowChanged(more)) stream._fail(errorCodes.FLOW_CONTROL_ERROR);
  }
}
