// http2.ServerHttp2Session - https://nodejs.org/api/http2.html#class-serverhttp2session
import { ServerHttp2Stream } from "internal:http2/server_stream";
import { Http2Session, SERVER } from "internal:http2/session";
import { notSupported } from "internal:node_errors";

export class ServerHttp2Session extends Http2Session {
  #server;

  constructor(options, socket, server) {
    super(SERVER, options, socket);
    this.#server = server;
  }

  get server() {
    return this.#server;
  }

  _accept(id, headers, ends) {
    return new ServerHttp2Stream(this, id, headers, ends);
  }

  altsvc() {
    throw notSupported("http2session.altsvc()", "no client looks at it");
  }

  origin() {
    throw notSupported("http2session.origin()", "no client looks at it");
  }
}
