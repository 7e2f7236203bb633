// wasi_http of wasmedge-quickjs: HTTP/1 messages as bytes, which programs send and receive over wasi_net.
import { Buffer as NodeBuffer } from "node:buffer";

const METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
const VERSIONS = ["HTTP/1.0", "HTTP/1.1"];
const STATUS_TEXTS = { 200: "OK", 400: "Bad Request", 404: "Not Found", 500: "Internal Server Error" };
/** A message that has no end by then is refused. */
const LARGEST_HEAD = 64 * 1024;

/** What a field or a line of a head may not have: who sends it could begin another. */
const BREAKS_LINES = /[\r\n\0]/;

/** A parser's answer when more bytes are needed. */
const PENDING = Symbol("pending");

function arrayBufferOf(bytes) {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Of an ArrayBuffer, a view, one of these Buffers, or text; undefined for anything else. */
function bytesOf(value) {
  if (typeof value === "string") return NodeBuffer.from(value);
  if (value instanceof Buffer) return NodeBuffer.from(value.buffer ?? new ArrayBuffer(0));
  if (ArrayBuffer.isView(value)) return NodeBuffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? NodeBuffer.from(value) : undefined;
}

/** { first, fields, length } of the head that the bytes begin with. */
function parseHead(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end > LARGEST_HEAD || (end < 0 && bytes.length > LARGEST_HEAD)) throw new Error("InvalidHeaders");
  if (end < 0) return PENDING;
  const [first, ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const fields = lines.map((line) => {
    const colon = line.indexOf(":");
    if (colon <= 0) throw new Error("InvalidHeaders");
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { words: first.split(/\s+/), fields, length: end + 4 };
}

function lengthIn(fields) {
  const text = fields.findLast(([name]) => name.toLowerCase() === "content-length")?.[1] ?? "0";
  if (!/^\d{1,15}$/.test(text)) throw new Error("InvalidHeaders");
  return Number(text);
}

function requireOneOf(list, value, failure) {
  if (!list.includes(value)) throw new Error(failure);
  return value;
}

/** Bytes as they come, and the messages among them. */
export class Buffer {
  #bytes = NodeBuffer.alloc(0);

  constructor(data) {
    if (data instanceof ArrayBuffer) this.append(data);
  }

  /** False for what are no bytes. */
  append(data) {
    const bytes = typeof data === "string" ? undefined : bytesOf(data);
    if (bytes === undefined) return false;
    this.#bytes = NodeBuffer.concat([this.#bytes, bytes]);
    return true;
  }

  write(data) {
    return this.append(data);
  }

  get length() {
    return this.#bytes.length;
  }

  get byteLength() {
    return this.#bytes.length;
  }

  /** null when it is empty. */
  get buffer() {
    return this.#bytes.length === 0 ? null : arrayBufferOf(this.#bytes);
  }

  clear() {
    this.#bytes = NodeBuffer.alloc(0);
  }

  /** A WasiRequest with its body, which stays here; undefined while it isn't whole. */
  parseRequest() {
    const head = parseHead(this.#bytes);
    if (head === PENDING) return undefined;
    const [method, uri, version] = head.words;
    if (uri === undefined) throw new Error("InvalidUrl");
    const request = new WasiRequest();
    request.method = requireOneOf(METHODS, method, "InvalidMethod");
    request.version = requireOneOf(VERSIONS, version, "InvalidVersion");
    request.uri = uri;
    request.headers = Object.fromEntries(head.fields);
    const end = head.length + lengthIn(head.fields);
    if (this.#bytes.length < end) return undefined;
    request.body = arrayBufferOf(this.#bytes.subarray(head.length, end));
    return request;
  }

  /** A WasiResponse, whose head is taken from here; its body follows. undefined while it isn't whole, or an Error. */
  parseResponse() {
    return caught(() => {
      const head = parseHead(this.#bytes);
      if (head === PENDING) return undefined;
      const [version, status, statusText = ""] = head.words;
      if (!/^\d{3}$/.test(status)) throw new Error("InvalidStatusCode");
      const response = new WasiResponse();
      response.version = requireOneOf(VERSIONS, version, "InvalidVersion");
      response.status = Number(status);
      response.statusText = statusText;
      response.headers = Object.fromEntries(head.fields);
      const isChunked = head.fields.some(([name, value]) => name.toLowerCase() === "transfer-encoding" && value === "chunked");
      if (isChunked) {
        setBodyLength(response, "chunked");
      } else {
        response.bodyLength = lengthIn(head.fields);
        if (this.#bytes.length - head.length < response.bodyLength) return undefined;
      }
      this.#bytes = this.#bytes.subarray(head.length);
      return response;
    });
  }

  /** The next chunk of a chunked body, which is taken from here; null for the last one, undefined, or an Error. */
  parseChunk() {
    return caught(() => {
      const line = this.#bytes.indexOf("\r\n");
      if (line < 0) return undefined;
      const size = this.#bytes.toString("latin1", 0, line).split(";")[0].trim();
      if (!/^[\da-f]{1,8}$/i.test(size)) throw new Error("InvalidChunk");
      const start = line + 2;
      const end = start + parseInt(size, 16);
      if (this.#bytes.length < end + 2) return undefined;
      const chunk = end === start ? null : arrayBufferOf(this.#bytes.subarray(start, end));
      this.#bytes = this.#bytes.subarray(end + 2);
      return chunk;
    });
  }
}

/** Responses' parsers return their errors. */
function caught(parse) {
  try {
    return parse();
  } catch (error) {
    return error;
  }
}

/** Fields by lower-case name, or as they are given. */
class Message {
  #version = "HTTP/1.0";
  #headers = {};

  get version() {
    return this.#version;
  }
  set version(value) {
    if (VERSIONS.includes(value)) this.#version = value;
  }

  get headers() {
    return { ...this.#headers };
  }
  set headers(value) {
    if (typeof value !== "object" || value === null) return;
    this.#headers = {};
    for (const [name, field] of Object.entries(value)) this.#headers[this._nameOf(name)] = String(field);
  }

  _nameOf(name) {
    return name;
  }

  _field(name) {
    return this.#headers[name];
  }

  _setField(name, value) {
    this.#headers[name] = value;
  }

  /** The head's bytes with one more field at its end. */
  _head(first, [extraName, extraValue] = []) {
    const fields = Object.entries(this.#headers);
    if (extraName !== undefined) fields.push([extraName, extraValue]);
    for (const text of [first, ...fields.flat()]) {
      if (BREAKS_LINES.test(text)) throw new TypeError("A head's field has a line break.");
    }
    return NodeBuffer.from(`${first}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  }
}

export class WasiRequest extends Message {
  #method = "GET";
  #uri = "";
  #body = NodeBuffer.alloc(0);

  get method() {
    return this.#method;
  }
  set method(value) {
    const method = String(value).toUpperCase();
    if (METHODS.includes(method)) this.#method = method;
  }

  get uri() {
    return this.#uri;
  }
  set uri(value) {
    if (typeof value === "string") this.#uri = value;
  }

  get body() {
    return this.#body.length === 0 ? null : arrayBufferOf(this.#body);
  }
  set body(value) {
    this.#body = bytesOf(value) ?? this.#body;
  }

  _nameOf(name) {
    return name.toLowerCase();
  }

  getHeader(name) {
    return this._field(name) ?? null;
  }

  setHeader(name, value) {
    if (typeof name === "string" && typeof value === "string") this._setField(name.toLowerCase(), value);
  }

  /** An ArrayBuffer of head and body. */
  encode() {
    const needsLength = this.#body.length > 0 && this._field("content-length") === undefined;
    const head = this._head(`${this.#method} ${this.#uri} ${this.version}`, needsLength ? ["Content-Length", `${this.#body.length}`] : []);
    return arrayBufferOf(NodeBuffer.concat([head, this.#body]));
  }
}

let setBodyLength;

export class WasiResponse extends Message {
  #status = 200;
  #bodyLength = 0;
  statusText = "OK";

  static {
    setBodyLength = (response, length) => (response.#bodyLength = length);
  }

  get status() {
    return this.#status;
  }
  set status(value) {
    if (!Number.isInteger(value)) return;
    this.#status = value;
    this.statusText = STATUS_TEXTS[value] ?? "";
  }

  /** A number of bytes, or "chunked". */
  get bodyLength() {
    return this.#bodyLength;
  }
  set bodyLength(value) {
    if (value === undefined || value === null) this.#bodyLength = 0;
    else if (Number.isInteger(value)) this.#bodyLength = value;
  }

  #framed() {
    const framing = this.#bodyLength === "chunked"
      ? ["Transfer-Encoding", "chunked"]
      : this.#bodyLength === 0 ? [] : ["Content-Length", `${this.#bodyLength}`];
    return this._head(`${this.version} ${this.#status} ${this.statusText}`, framing);
  }

  /** An ArrayBuffer of head and body; without a body, of the head. */
  encode(body) {
    const bytes = bytesOf(body);
    if (bytes !== undefined) this.#bodyLength = bytes.length;
    else if (this.#bodyLength !== "chunked") this.#bodyLength = 0;
    return arrayBufferOf(NodeBuffer.concat([this.#framed(), bytes ?? NodeBuffer.alloc(0)]));
  }

  /** Writes the head to a connection; the ChunkResponse writes the body. */
  chunk(connection) {
    if (typeof connection !== "object" || connection === null) return undefined;
    this.#bodyLength = "chunked";
    this.version = "HTTP/1.1";
    connection.write(arrayBufferOf(this.#framed()));
    return new ChunkResponse(connection);
  }
}

/** A chunked body on its way to a connection; WasiResponse.chunk() makes it. */
export class ChunkResponse {
  #connection;

  constructor(connection) {
    if (typeof connection?.write !== "function") throw new TypeError("A ChunkResponse needs a connection.");
    this.#connection = connection;
  }

  #open() {
    if (this.#connection === undefined) throw new TypeError("socket is shutdown");
    return this.#connection;
  }

  on(...args) {
    return this.#open().on(...args);
  }

  /** An empty one would be the body's end. */
  write(data) {
    const connection = this.#open();
    const bytes = data === undefined ? undefined : (bytesOf(data) ?? NodeBuffer.from(String(data)));
    if (bytes !== undefined && bytes.length > 0) {
      connection.write(arrayBufferOf(NodeBuffer.concat([NodeBuffer.from(`${bytes.length.toString(16)}\r\n`), bytes, NodeBuffer.from("\r\n")])));
    }
    return true;
  }

  end(data) {
    this.write(data);
    this.#connection.end("0\r\n\r\n");
    this.#connection = undefined;
    return true;
  }
}

const DEFAULT_PORTS = { "http:": 80, "https:": 443, "ws:": 80, "wss:": 443, "ftp:": 21 };

/** A URL by the names of Rust's url crate. */
export class URL {
  #url;

  constructor(text) {
    this.#url = new globalThis.URL(text);
  }

  get href() {
    return this.#url.href;
  }
  get scheme() {
    return this.#url.protocol.slice(0, -1);
  }
  get username() {
    return this.#url.username;
  }
  get password() {
    return this.#url.password;
  }
  get host() {
    return this.#url.hostname === "" ? undefined : this.#url.hostname;
  }
  /** The scheme's own, when none is given. */
  get port() {
    return this.#url.port === "" ? DEFAULT_PORTS[this.#url.protocol] : Number(this.#url.port);
  }
  get path() {
    return this.#url.pathname;
  }
  get query() {
    return this.#url.search === "" ? undefined : this.#url.search.slice(1);
  }
  toString() {
    return this.#url.href;
  }
}

export default { Buffer, WasiRequest, WasiResponse, ChunkResponse, URL };
