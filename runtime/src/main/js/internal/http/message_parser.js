// Messages of HTTP/1.1 as they come in over a connection - RFC 9112
import { METHODS } from "internal:http/names";
import { nodeError } from "internal:node_errors";

const LF = 10;
const CR = 13;

const STATUS_LINE = /^HTTP\/(\d)\.(\d) (\d{3})(?: (.*))?$/;
const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])$/;
const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/;
const CHUNK_SIZE = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/;

function malformed(code, reason) {
  const error = nodeError(code, `Parse Error: ${reason}`);
  error.reason = reason;
  return error;
}

/**
 * Tells its target of each message: head(info) returns "none" when no body follows whatever the head says, and
 * "upgrade" when what follows isn't HTTP any more; body(bytes), trailers(flat list) and complete() come after it. When that one returns "stop", the next message waits.
 */
class MessageParser {
  #target;
  #longestHead;
  #mostFields;
  #isStrict;
  #state = this.#startLine;
  #line = "";
  #headLength = 0;
  #info;
  #left = 0;
  #chunk;
  #offset = 0;
  #upgraded = false;
  #stopped = false;
  #trailers = [];

  constructor(target, { longestHead, mostFields = Infinity, isStrict = false }) {
    this.#target = target;
    this.#longestHead = longestHead;
    this.#mostFields = mostFields;
    this.#isStrict = isStrict;
  }

  /** Returns how many of the bytes were read: fewer than came in when the connection was upgraded or the target said "stop". */
  execute(chunk) {
    this.#chunk = chunk;
    this.#offset = 0;
    this.#stopped = false;
    while (this.#offset < chunk.length && !this.#upgraded && !this.#stopped) this.#state();
    this.#chunk = undefined;
    return this.#offset;
  }

  /** The other side sends no more: the end of a body that has no length, or a failure. */
  finish() {
    if (this.#state === this.#bodyToEnd) this.#complete();
    else if (!this.isIdle) throw malformed("HPE_INVALID_EOF_STATE", "Invalid EOF state");
  }

  /** Between messages. */
  get isIdle() {
    return this.#state === this.#startLine && this.#line === "" && this.#headLength === 0;
  }

  /** The next line, or undefined as long as its end hasn't come. */
  #readLine() {
    const end = this.#chunk.indexOf(LF, this.#offset);
    const stop = end < 0 ? this.#chunk.length : end;
    this.#headLength += stop - this.#offset;
    if (this.#headLength > this.#longestHead) throw malformed("HPE_HEADER_OVERFLOW", "Header overflow");
    this.#line += this.#chunk.toString("latin1", this.#offset, stop);
    this.#offset = end < 0 ? stop : end + 1;
    if (end < 0) return undefined;
    const line = this.#line;
    this.#line = "";
    if (line.charCodeAt(line.length - 1) === CR) return line.slice(0, -1);
    // A server in front may not take a bare line feed for a line's end.
    if (this.#isStrict) throw malformed("HPE_CR_EXPECTED", "Missing expected CR after header value");
    return line;
  }

  #startLine() {
    const line = this.#readLine();
    if (line === undefined || line === "") return;
    this.#info = this.startLine(line);
    this.#state = this.#headerLine;
  }

  #headerLine() {
    const line = this.#readLine();
    if (line === undefined) return;
    if (line === "") this.#headComplete();
    else addField(this.#info.headers, line);
    if (this.#info.headers.length > 2 * this.#mostFields) throw malformed("HPE_HEADER_OVERFLOW", "Header overflow");
  }

  #headComplete() {
    const framing = framingOf(this.#info);
    this.checkFraming(this.#info, framing);
    this.#info.keepAlive = framing.keepAlive && this.endIsKnown(this.#info, framing);
    this.#info.upgrade = framing.upgrade;
    this.#headLength = 0;
    this.#trailers = [];
    this.#state = this.#startLine;
    const hasNone = this.hasNoBody(this.#info, framing);
    this.#info.hasBody = !hasNone && framing.length !== 0;
    const next = this.#target.head(this.#info);
    if (next === "upgrade") this.#upgraded = true;
    else if (next === "none" || hasNone) this.#complete();
    else if (framing.chunked) this.#state = this.#chunkSize;
    else if (framing.length === 0) this.#complete();
    else if (framing.length === undefined) this.#state = this.#bodyToEnd;
    else {
      this.#left = framing.length;
      this.#state = this.#sizedBody;
    }
  }

  #complete() {
    this.#state = this.#startLine;
    this.#headLength = 0;
    this.#stopped = this.#target.complete() === "stop";
  }

  #bodyToEnd() {
    const rest = this.#chunk.subarray(this.#offset);
    this.#offset = this.#chunk.length;
    this.#target.body(rest);
  }

  #sizedBody() {
    if (this.#takeBody()) this.#complete();
  }

  /** True when all that was left to come has come. */
  #takeBody() {
    const end = Math.min(this.#chunk.length, this.#offset + this.#left);
    const part = this.#chunk.subarray(this.#offset, end);
    this.#left -= part.length;
    this.#offset = end;
    this.#target.body(part);
    return this.#left === 0;
  }

  #chunkSize() {
    const line = this.#readLine();
    if (line === undefined) return;
    this.#headLength = 0;
    const match = CHUNK_SIZE.exec(line);
    if (match === null) throw malformed("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size");
    this.#left = parseInt(match[1], 16);
    this.#state = this.#left === 0 ? this.#trailerLine : this.#chunkBody;
  }

  #chunkBody() {
    if (this.#takeBody()) this.#state = this.#chunkEnd;
  }

  #chunkEnd() {
    const line = this.#readLine();
    if (line === undefined) return;
    if (line !== "") throw malformed("HPE_STRICT", "Expected LF after chunk data");
    this.#headLength = 0;
    this.#state = this.#chunkSize;
  }

  #trailerLine() {
    const line = this.#readLine();
    if (line === undefined) return;
    if (line !== "") {
      addField(this.#trailers, line);
      return;
    }
    if (this.#trailers.length > 0) this.#target.trailers(this.#trailers);
    this.#complete();
  }
}

export class ResponseParser extends MessageParser {
  constructor(target, longestHead) {
    super(target, { longestHead });
  }

  startLine(line) {
    const match = STATUS_LINE.exec(line);
    if (match === null) {
      throw line.startsWith("HTTP/") ? malformed("HPE_INVALID_STATUS", "Invalid status code") : malformed("HPE_INVALID_CONSTANT", "Expected HTTP/");
    }
    const [, major, minor, status, message = ""] = match;
    return { major: +major, minor: +minor, status: +status, message, headers: [] };
  }

  checkFraming() {}

  hasNoBody({ status }) {
    return status < 200 || status === 204 || status === 304;
  }

  endIsKnown(info, { chunked, length }) {
    return chunked || length !== undefined || this.hasNoBody(info);
  }
}

/** What servers read differently is refused: who is in front may have read it in another way. */
export class RequestParser extends MessageParser {
  constructor(target, longestHead, mostFields) {
    super(target, { longestHead, mostFields, isStrict: true });
  }

  startLine(line) {
    const match = REQUEST_LINE.exec(line);
    if (!METHODS.includes(line.split(" ", 1)[0])) throw malformed("HPE_INVALID_METHOD", "Invalid method encountered");
    if (match === null) throw malformed("HPE_INVALID_CONSTANT", "Expected HTTP/");
    const [, method, target, minor] = match;
    return { major: 1, minor: +minor, method, target, headers: [] };
  }

  checkFraming({ minor, headers }, { coding }) {
    const isPlainlyChunked = /^,\s*chunked\s*$/.test(coding);
    if (coding !== "" && (minor === 0 || !isPlainlyChunked)) throw malformed("HPE_INVALID_TRANSFER_ENCODING", "Request has invalid `Transfer-Encoding`");
    const hosts = headers.filter((field, i) => i % 2 === 0 && field.toLowerCase() === "host").length;
    if (hosts > 1) throw malformed("HPE_INVALID_HEADER_TOKEN", "Duplicate Host header");
  }

  hasNoBody(_info, { chunked, length }) {
    return !chunked && length === undefined;
  }

  endIsKnown() {
    return true;
  }
}

function addField(fields, line) {
  const match = FIELD.exec(line);
  if (match !== null) fields.push(match[1], match[2]);
  else throw malformed("HPE_INVALID_HEADER_TOKEN", "Invalid header token");
}

/** { chunked, coding, length, keepAlive, upgrade }; length is undefined when the connection's end is the body's. */
function framingOf({ major, minor, headers }) {
  let [connection, coding, length, upgrade] = ["", "", undefined, false];
  for (let i = 0; i < headers.length; i += 2) {
    const value = headers[i + 1];
    switch (headers[i].toLowerCase()) {
      case "connection":
        connection += `,${value.toLowerCase()}`;
        break;
      case "transfer-encoding":
        coding += `,${value.toLowerCase()}`;
        break;
      case "content-length":
        length = agreed(length, value);
        break;
      case "upgrade":
        upgrade = true;
        break;
    }
  }
  const words = connection.split(",").map((word) => word.trim());
  const chunked = /(?:^|,)\s*chunked\s*$/.test(coding);
  if (coding !== "" && length !== undefined) throw malformed("HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length");
  const keepAlive = major === 1 && minor >= 1 ? !words.includes("close") : words.includes("keep-alive");
  return { chunked, coding, length: coding === "" ? length : undefined, keepAlive, upgrade: upgrade && words.includes("upgrade") };
}

function agreed(before, value) {
  if (!/^\d{1,15}$/.test(value)) throw malformed("HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length");
  if (before !== undefined && before !== +value) throw malformed("HPE_UNEXPECTED_CONTENT_LENGTH", "Content-Length already present");
  return +value;
}
