// http2.ServerHttp2Stream - https://nodejs.org/api/http2.html#class-serverhttp2stream
import { createReadStream, stat } from "node:fs";
import { errorCodes, http2Error } from "internal:http2/errors";
import { copied, responseFields } from "internal:http2/headers";
import { Http2Stream } from "internal:http2/stream";
import { notSupported } from "internal:node_errors";
import { validateObject } from "internal:validators";

const NO_PAYLOAD = [204, 205, 304];

/** A client's stream, as its server has it. */
export class ServerHttp2Stream extends Http2Stream {
  #sentHeaders;
  #infoHeaders = [];
  _isServers = true;

  constructor(session, id, headers, ends) {
    super(session);
    this._requestHeaders = headers;
    this._scheme = headers[":scheme"];
    this._endAfterHeaders = ends;
    this._announced(headers);
    this._begin(id);
    if (headers[":method"] === "HEAD") this._isHead = true;
    if (ends) this._peerEnded();
    else if (!this._lengthFits(false)) this._fail(errorCodes.PROTOCOL_ERROR);
  }

  get headersSent() {
    return this.#sentHeaders !== undefined;
  }

  get headRequest() {
    return this._isHead === true;
  }

  get sentHeaders() {
    return this.#sentHeaders;
  }

  get sentInfoHeaders() {
    return this.#infoHeaders;
  }

  get pushAllowed() {
    return false;
  }

  _expects() {
    return "trailers";
  }

  _headers(_kind, headers, _ends, raw) {
    this.emit("trailers", headers, 5, raw);
    this._peerEnded();
  }

  _headersFirst() {
    this.respond();
  }

  _answeredAlone() {
    if (this.destroyed || this.closed || this._didRead || this.readableFlowing !== null) return;
    setImmediate(() => this.close());
  }

  pushStream() {
    throw notSupported("http2stream.pushStream()", "browsers have given server push up");
  }

  additionalHeaders(headers) {
    this.#check();
    if (this.headersSent) throw http2Error("HEADERS_AFTER_RESPOND");
    const given = copied(headers);
    if (given[":status"] !== undefined) {
      const status = (given[":status"] |= 0);
      if (status === 101) throw http2Error("STATUS_101");
      if (status < 100 || status >= 200) throw http2Error("INVALID_INFO_STATUS", status);
    }
    const fields = responseFields(given);
    this.#infoHeaders.push(given);
    this.session._sendHeaders(this.id, fields, false);
  }

  #check() {
    if (this.destroyed || this.closed) throw http2Error("INVALID_STREAM");
  }

  respond(headers, options = {}) {
    this.#check();
    if (this.headersSent) throw http2Error("HEADERS_SENT");
    validateObject(options, "options");
    const { endStream = false, waitForTrailers = false, sendDate = true } = options;
    const given = copied(headers);
    given[":status"] ??= 200;
    const status = (given[":status"] |= 0);
    if (status < 200 || status > 599) throw http2Error("STATUS_INVALID", status);
    if (given.date === undefined && sendDate) given.date = new Date().toUTCString();
    const ends = endStream || this.headRequest || NO_PAYLOAD.includes(status);
    const fields = responseFields(given);
    this.#sentHeaders = given;
    if (waitForTrailers && !ends) this._wantTrailers();
    this.session._sendHeaders(this.id, fields, ends);
    if (!ends) return;
    this._endedByHeaders();
    this.end();
  }

  respondWithFile(path, headers, options = {}) {
    this.#check();
    if (this.headersSent) throw http2Error("HEADERS_SENT");
    const given = copied(headers);
    const status = (given[":status"] ??= 200);
    if (NO_PAYLOAD.includes(+status)) throw http2Error("PAYLOAD_FORBIDDEN", status);
    stat(path, (error, stats) => this.#sendFile(error, stats, path, given, options));
  }

  #sendFile(failure, stats, path, headers, options) {
    if (this.destroyed || this.closed) return;
    const error = failure ?? (stats.isFile() ? null : http2Error("SEND_FILE"));
    if (error !== null) {
      if (options.onError) options.onError(error);
      else this.destroy(error);
      return;
    }
    const range = { offset: options.offset ?? 0, length: options.length ?? -1 };
    if (options.statCheck?.call(this, stats, headers, range) === false || this.destroyed || this.headersSent) return;
    const left = Math.max(0, stats.size - range.offset);
    const length = range.length < 0 ? left : Math.min(left, range.length);
    headers["content-length"] ??= length;
    this.respond(headers, { waitForTrailers: options.waitForTrailers === true });
    if (this.headRequest) return;
    if (length === 0) this.end();
    else createReadStream(path, { start: range.offset, end: range.offset + length - 1 }).on("error", (failed) => this.destroy(failed)).pipe(this);
  }

  respondWithFD() {
    throw notSupported("http2stream.respondWithFD()", "use respondWithFile() or pipe a stream");
  }
}
