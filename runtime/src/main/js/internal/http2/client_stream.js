// http2.ClientHttp2Stream - https://nodejs.org/api/http2.html#class-clienthttp2stream
import { Http2Stream } from "internal:http2/stream";

export class ClientHttp2Stream extends Http2Stream {
  #state = "response";
  #sent;

  constructor(session, headers, options) {
    super(session, options);
    this.#sent = headers;
    this._scheme = headers[":scheme"];
  }

  get sentHeaders() {
    return this.#sent;
  }

  get headersSent() {
    return true;
  }

  _expects() {
    return this.#state;
  }

  _headers(kind, headers, ends, raw) {
    const flags = ends ? 5 : 4;
    if (kind === "trailers") {
      this.emit("trailers", headers, flags, raw);
      if (ends) this._peerEnded();
      return;
    }
    const status = headers[":status"];
    if (status < 200) {
      if (status === 100) this.emit("continue");
      this.emit("headers", headers, flags, raw);
      return;
    }
    this.#state = "trailers";
    if (this.#sent[":method"] !== "HEAD" && status !== 304) this._announced(headers);
    this._answer = headers;
    this.emit("response", headers, flags, raw);
    if (ends) this._peerEnded();
  }
}
