// http.ServerResponse - https://nodejs.org/api/http.html#class-httpserverresponse
import { codes } from "internal:node_errors";
import { hasInvalidChar, validateHeaderName, validateHeaderValue } from "internal:http/headers";
import { clientGone } from "internal:http/incoming";
import { Exchange } from "internal:exchange";
import { finished, kOutHeaders, OutgoingMessage } from "internal:http/outgoing";
import { STATUS_CODES } from "internal:http/names";
import { ResponseWire } from "internal:http/response_wire";
import { nextTick } from "internal:ticks";
import { validateObject } from "internal:validators";

const {
  ERR_HTTP_HEADERS_SENT, ERR_HTTP_INVALID_STATUS_CODE, ERR_HTTP_SOCKET_ASSIGNED, ERR_HTTP_TRAILER_INVALID, ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR,
} = codes;

export function ServerResponse(request, options) {
  OutgoingMessage.call(this);
  this.req = request;
  this.statusCode = 200;
  this.statusMessage = undefined;
  this._sent100 = false;
  this._expectContinue = false;
  if (request.method === "HEAD") this._hasBody = false;
  if (options?.rejectNonStandardBodyWrites) this.rejectNonStandardBodyWrites = true;
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

const proto = ServerResponse.prototype;

/** Ties the response to the exchange that carries it. */
proto.attach = function (exchange, socket) {
  this._exchange = exchange;
  this.socket = socket;
  socket._httpMessage = this;
  exchange.ondrain = () => this._drained();
  exchange.onclose = () => this.exchangeClosed();
};

proto._implicitHeader = function () {
  this.writeHead(this.statusCode);
};

/** writeHead(status[, message][, headers]); headers are an object, a flat array or an array of pairs. */
proto.writeHead = function writeHead(statusCode, reason, headers) {
  if (this._header !== null) throw new ERR_HTTP_HEADERS_SENT("write");
  const original = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new ERR_HTTP_INVALID_STATUS_CODE(original);
  if (typeof reason === "string") {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[statusCode] || "unknown";
    headers ??= reason;
  }
  this.statusCode = statusCode;
  if (hasInvalidChar(this.statusMessage)) throw new ERR_INVALID_CHAR("statusMessage");
  if (headers) setAll(this, headers);
  if (this._trailers.length > 0 && this.hasHeader("content-length")) throw new ERR_HTTP_TRAILER_INVALID();
  if (statusCode === 204 || statusCode === 304 || statusCode < 200) this._hasBody = false;
  const fields = this._flatHeaders();
  this._header = this._exchange.render?.(statusCode, this.statusMessage, fields) ?? fields;
  return this;
};

function setAll(response, headers) {
  if (Array.isArray(headers)) {
    setList(response, headers);
    return;
  }
  for (const name of Object.keys(headers)) if (name) response.setHeader(name, headers[name]);
}

/** In a list a name may come more than once, and replaces what was set before. */
function setList(response, list) {
  const flat = list.length > 0 && Array.isArray(list[0]) ? list.flatMap(([name, value]) => [name, value]) : list;
  if (flat.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE("headers", list);
  const seen = new Set();
  for (let i = 0; i < flat.length; i += 2) {
    const [name, value] = [flat[i], flat[i + 1]];
    validateHeaderName(name);
    validateHeaderValue(name, value);
    const key = name.toLowerCase();
    if (seen.has(key)) {
      response.appendHeader(name, value);
    } else {
      seen.add(key);
      (response[kOutHeaders] ??= new Map()).set(key, [name, value]);
    }
  }
}

proto.writeHeader = proto.writeHead;

proto.writeContinue = function writeContinue(callback) {
  this._exchange.informational(100, []);
  this._sent100 = true;
  if (callback) nextTick(callback);
};

proto.writeProcessing = function writeProcessing(callback) {
  this._exchange.informational(102, []);
  if (callback) nextTick(callback);
};

const LINK = /^<[^>]*>(?:\s*;\s*[^;"\s]+(?:=(?:"[^"]*"|[^;"\s]*))?)*$/;

proto.writeEarlyHints = function writeEarlyHints(hints, callback) {
  validateObject(hints, "hints");
  if (hints.link === null || hints.link === undefined) return;
  const links = Array.isArray(hints.link) ? hints.link : [hints.link];
  if (links.length === 0) return;
  for (const link of links) {
    if (!LINK.test(link)) {
      throw new ERR_INVALID_ARG_VALUE("hints", link, 'must be an array or string of format "</styles.css>; rel=preload; as=style"');
    }
  }
  const headers = ["Link", links.join(", ")];
  for (const name of Object.keys(hints)) {
    if (name === "link") continue;
    validateHeaderName(name);
    validateHeaderValue(name, hints[name]);
    headers.push(name, `${hints[name]}`);
  }
  this._exchange.informational(103, headers);
  if (callback) nextTick(callback);
};

/** Writes to that stream in place of a client's connection. */
proto.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new ERR_HTTP_SOCKET_ASSIGNED();
  this.attach(new ResponseWire(socket, this), socket);
  socket.on("drain", () => this._drained());
  socket.on("close", () => this.exchangeClosed());
  this.emit("socket", socket);
};

proto.detachSocket = function detachSocket(socket) {
  if (socket) socket._httpMessage = null;
  this.socket = null;
};

/** The answer has left whole, or the client has gone. */
proto.exchangeClosed = function () {
  if (this._closed) return;
  this._closed = true;
  const complete = this.finished && !this.destroyed;
  if (complete) finished(this);
  this.destroyed = true;
  this._takesText = false;
  this.writable = false;
  if (!complete) clientGone(this.req);
  if (this.listenerCount("close") > 0 || !(this._exchange instanceof Exchange)) nextTick(emitClose, this, complete);
  else this.socket?.closed(!complete);
};

function emitClose(response, complete) {
  const { socket } = response;
  response.emit("close");
  if (typeof socket?.closed === "function") socket.closed(!complete);
}

/** Nobody listens, as most of the time: a turn of its own and what follows from it are saved. */
proto._tellsFinish = function () {
  return this.listenerCount("finish") > 0 || this.listenerCount("prefinish") > 0 || !(this._exchange instanceof Exchange);
};

const END_OF_REQUEST = ["end", "close", "data", "readable", "error"];

/** A request whose body nobody read is done with once it is answered. */
proto._afterFinish = function () {
  const { req } = this;
  if (req.complete && END_OF_REQUEST.every((event) => req.listenerCount(event) === 0)) return;
  if (!req.destroyed && !req._consumed && req.readableFlowing !== true) req._dump();
};
