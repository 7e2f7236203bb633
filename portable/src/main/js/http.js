// One request and its answer: from the environment and standard input (CGI, RFC 3875), or as HTTP/1.1 on standard input.
// The answer goes to standard output as it comes.
import { mailbox, call, hold, onInput, onRecord, post, readMailbox, release, stop, afterTurns } from "./loop.js";
import { completed } from "./unsupported.js";
import * as wasi from "./wasi.js";

const STDOUT = 1;
const REQUEST = 1;
const FETCH = 0;
const HIGH_WATER_MARK = 64 * 1024;
const LARGEST_HEAD = 64 * 1024;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FIELD_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;
const bytes = new Uint8Array(mailbox);

// ---- Who answers ----

let answersFetch = false;
/** The ports that the program asked for, in order. */
const listeners = new Set();
let background = 0;

onRecord(13, () => {
  answersFetch = true;
});
onRecord(14, (pending) => {
  background = pending;
  endWhenDone();
});
onRecord(10, () => {});
onRecord(11, (id) => {
  if (listeners.delete(id)) post(() => call("listenerClosed", id));
});

function listen(id, host, port) {
  listeners.add(id);
  // No port is opened: whoever starts this file hands the request over.
  post(() => call("listening", id, "", "", host === "" ? "0.0.0.0" : host, port));
}

export const answersRequests = () => answersFetch || listeners.size > 0;

// ---- The answer ----

/** What the answer is written as: CGI's head has a Status field, HTTP's a status line. */
let framing;
let head = null;
let headSent = false;
let output = [];
let ended = false;
let closed = false;
let unannounced = 0;
let failedAnswer = false;

/** Whether the answer was cut off or is about an error. */
export const hasFailed = () => failedAnswer;

function checkedHeaders(text) {
  const parts = text === "" ? [] : text.split("\n");
  const fields = [];
  for (let i = 0; i < parts.length; i += 2) {
    const [name, value] = [parts[i], parts[i + 1]];
    if (!TOKEN.test(name)) throw coded("ERR_INVALID_HTTP_TOKEN", `Header name must be a valid HTTP token ["${name}"]`);
    if (!FIELD_TEXT.test(value)) throw coded("ERR_INVALID_CHAR", `Invalid character in header content ["${name}"]`);
    fields.push([name, value]);
  }
  return fields;
}

function coded(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

function setHead(id, status, statusText, headers) {
  if (status < 200 || status > 999) {
    const error = new RangeError(`Invalid status code: ${status}`);
    error.code = "ERR_HTTP_INVALID_STATUS_CODE";
    throw error;
  }
  if (!FIELD_TEXT.test(statusText)) throw coded("ERR_INVALID_CHAR", "Invalid character in statusMessage");
  head = { status, statusText, fields: checkedHeaders(headers) };
}

function write(chunk) {
  if (closed || chunk.length === 0) return;
  output.push(chunk);
}

onRecord(6, (id, aux, at, length) => write(bytes.slice(at, at + length)));
onRecord(7, () => {
  ended = true;
});
onRecord(12, () => {
  isFlushWanted = true;
});

let isFlushWanted = false;

/** The exchange's output of one turn leaves as one write. */
function flush() {
  if (head === null || closed || (output.length === 0 && !ended && !isFlushWanted)) return;
  isFlushWanted = false;
  const length = output.reduce((sum, chunk) => sum + chunk.length, 0);
  if (!headSent) output.unshift(headBytes(ended ? length : undefined));
  headSent = true;
  const whole = joined(output);
  output = [];
  try {
    wasi.write(STDOUT, whole);
  } catch {
    // Whoever asked has gone.
    ended = true;
    failedAnswer = true;
  }
  unannounced += length;
  if (unannounced >= HIGH_WATER_MARK && !ended) {
    unannounced = 0;
    post(() => call("writable", REQUEST));
  }
  if (ended) close();
}

function joined(chunks) {
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function headBytes(length) {
  const { status, statusText, fields } = head;
  const mayHaveLength = length !== undefined && status !== 204 && status !== 304;
  if (mayHaveLength && !fields.some(([name]) => /^content-length$/i.test(name)) && !isHead) {
    fields.push(["content-length", `${length}`]);
  }
  return latin1(framing.head(status, statusText, fields));
}

function latin1(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const fieldLines = (fields) => fields.map(([name, value]) => `${name}: ${value}\r\n`).join("");

const CGI = {
  head: (status, statusText, fields) => `Status: ${status} ${statusText}\r\n${fieldLines(fields)}\r\n`,
};

const HTTP = {
  head(status, statusText, fields) {
    const own = fields.filter(([name]) => !/^(connection|transfer-encoding|keep-alive)$/i.test(name));
    return `HTTP/1.1 ${status} ${statusText}\r\n${fieldLines(own)}connection: close\r\n\r\n`;
  },
};

/** An error answer before the head has left; otherwise the answer stays as it is, too short. */
function abort() {
  failedAnswer = true;
  if (!headSent) {
    head = { status: 500, statusText: "Internal Server Error", fields: [["content-type", "text/plain; charset=utf-8"]] };
    output = [wasi.encode("Internal Server Error\n")];
  } else {
    output = [];
  }
  ended = true;
}

function close() {
  closed = true;
  release();
  post(() => {
    call("exchangesClosed", REQUEST);
    post(endWhenDone);
  });
}

/** One request, one life: what it gave to waitUntil may still go on. */
function endWhenDone() {
  if (closed && background === 0) stop();
}

afterTurns(flush);

export const httpHost = completed("http", {
  head(...args) {
    readMailbox();
    setHead(...args);
  },
  // Neither way of answering has room for more than one head.
  informational() {},
  text(id, text) {
    readMailbox();
    write(wasi.encode(text));
  },
  bytes(id, chunk) {
    readMailbox();
    write(chunk.slice());
  },
  trailers() {},
  abort() {
    readMailbox();
    abort();
  },
  listen,
  /** No port is opened here, so there is none to tell of before "listening". */
  address: () => undefined,
});

// ---- The request ----

let isHead = false;
/** Bytes of the body that came with the head. */
let early = new Uint8Array(0);
/** How many bytes of the body are left; Infinity: as many as come. */
let left = 0;
let decoder = null;

onRecord(8, pull);
onRecord(9, () => {
  left = 0;
});

function pull() {
  if (decoder !== null) {
    decoder.pull();
  } else if (left === 0) {
    post(() => call("bodyEnd", REQUEST));
  } else if (early.length > 0) {
    const chunk = early.subarray(0, left);
    early = new Uint8Array(0);
    post(() => deliver(chunk.slice()));
  } else {
    hold();
    onInput((chunk) => {
      release();
      if (chunk.length > 0) deliver(chunk.length > left ? chunk.slice(0, left) : chunk);
      else if (left === Infinity) call("bodyEnd", REQUEST);
      else call("bodyError", REQUEST, "The request's body is shorter than it says.");
    });
  }
}

function deliver(chunk) {
  left -= chunk.length;
  call("bodyChunk", REQUEST, chunk);
}

/** What internal/exchange.js knows by the same names. */
const HAS_BODY = 1;
const IS_HEAD = 4;

/** Each part of the text that describes a request is a line. */
function oneLine(text) {
  return text.replaceAll("\n", "");
}

/** Gives the request to the program, in a turn of its own. */
export function serve(environment) {
  const variables = new Map(environment);
  const request = variables.has("REQUEST_METHOD") ? cgiRequest(variables) : httpRequest();
  if (request === undefined) return false;
  hold();
  const { method, url, fields, hasBody, connection } = request;
  isHead = method === "HEAD";
  const listener = answersFetch ? FETCH : Math.min(...listeners);
  const text = [oneLine(method), oneLine(url), connection, fields.flat().join("\n")].join("\n");
  post(() => call("request", REQUEST, listener, (hasBody ? HAS_BODY : 0) | (isHead ? IS_HEAD : 0), text));
  return true;
}

function cgiRequest(variables) {
  framing = CGI;
  const of = (name) => variables.get(name) ?? "";
  const fields = [];
  for (const [name, value] of variables) {
    const isField = name.startsWith("HTTP_") && name !== "HTTP_PROXY" && !(name === "HTTP_HOST" && value === "");
    if (isField) fields.push([name.slice(5).toLowerCase().replaceAll("_", "-"), value]);
  }
  if (of("CONTENT_TYPE") !== "") fields.push(["content-type", of("CONTENT_TYPE")]);
  if (of("CONTENT_LENGTH") !== "") fields.push(["content-length", of("CONTENT_LENGTH")]);
  left = of("CONTENT_LENGTH") !== "" ? Number(of("CONTENT_LENGTH")) : variables.has("HTTP_TRANSFER_ENCODING") ? Infinity : 0;
  if (Number.isNaN(left) || left < 0) left = 0;
  const encrypted = /^(on|1|https)$/i.test(variables.get("HTTPS") ?? variables.get("REQUEST_SCHEME") ?? "");
  const query = of("QUERY_STRING");
  const path = of("REQUEST_URI") || `${of("SCRIPT_NAME")}${of("PATH_INFO")}` || "/";
  const target = path.includes("?") || query === "" ? path : `${path}?${query}`;
  const server = `${of("SERVER_NAME") || "localhost"}${of("SERVER_PORT") === "" ? "" : `:${of("SERVER_PORT")}`}`;
  return {
    method: of("REQUEST_METHOD"),
    url: urlOf(encrypted, of("HTTP_HOST") || server, target),
    fields,
    hasBody: left > 0,
    connection: `1.1 ${encrypted ? 1 : 0} ${of("REMOTE_ADDR") || "127.0.0.1"} ${of("REMOTE_PORT") || 0} ${of("SERVER_ADDR") || "127.0.0.1"} ${of("SERVER_PORT") || 0}`,
  };
}

function urlOf(encrypted, host, target) {
  if (/^https?:\/\//i.test(target)) return target;
  return `${encrypted ? "https" : "http"}://${host}${target.startsWith("/") ? "" : "/"}${target}`;
}

/** undefined when there is none at all. */
function httpRequest() {
  framing = HTTP;
  let text = "";
  for (;;) {
    const chunk = wasi.read(0);
    if (chunk.length === 0) break;
    for (const byte of chunk) text += String.fromCharCode(byte);
    const end = /\r?\n\r?\n/.exec(text);
    if (end !== null) return parseHead(text.slice(0, end.index), text.slice(end.index + end[0].length));
    if (text.length > LARGEST_HEAD) break;
  }
  return text.trim() === "" ? undefined : parseHead(text, "");
}

function parseHead(text, rest) {
  const [line, ...lines] = text.replace(/^(\r?\n)+/, "").split(/\r?\n/);
  const [method, target, version, ...more] = line.split(" ");
  const fields = lines.map((each) => /^([^:\s]+):[ \t]*(.*?)[ \t]*$/.exec(each)?.slice(1));
  const isGood = /^HTTP\/1\.[01]$/.test(version) && more.length === 0 && TOKEN.test(method) && !fields.includes(undefined);
  if (!isGood) throw new BadRequest();
  const field = (name) => fields.find(([each]) => each.toLowerCase() === name)?.[1];
  early = latin1(rest);
  setBody(field("transfer-encoding"), field("content-length"));
  return {
    method,
    url: urlOf(false, field("host") ?? "localhost", target),
    fields,
    hasBody: decoder !== null || left > 0,
    connection: `${version.slice(5)} 0 127.0.0.1 0 127.0.0.1 0`,
  };
}

/** What is no request; answered before the program hears of it. */
export class BadRequest extends Error {
  answer() {
    wasi.write(STDOUT, latin1("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"));
  }
}

function setBody(coding, length) {
  if (coding !== undefined) {
    if (length !== undefined || coding.toLowerCase() !== "chunked") throw new BadRequest();
    decoder = new Chunks(early);
  } else if (length !== undefined) {
    if (!/^[0-9]{1,15}$/.test(length)) throw new BadRequest();
    left = Number(length);
  }
}

/** A body in chunks - https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
class Chunks {
  #bytes;
  #inChunk = 0;
  #isOver = false;

  constructor(first) {
    this.#bytes = first;
  }

  pull() {
    if (this.#isOver) {
      post(() => call("bodyEnd", REQUEST));
      return;
    }
    post(() => this.#step());
  }

  #step() {
    if (this.#inChunk > 0 && this.#bytes.length > 0) {
      const chunk = this.#take(this.#inChunk);
      this.#inChunk -= chunk.length;
      call("bodyChunk", REQUEST, chunk);
      return;
    }
    const line = this.#inChunk > 0 ? undefined : this.#line();
    if (line === undefined) {
      this.#more();
    } else if (line === "") {
      // Behind a chunk's data.
      this.#step();
    } else if (!/^[0-9a-fA-F]{1,8}(;.*)?$/.test(line)) {
      this.#fail();
    } else if ((this.#inChunk = parseInt(line, 16)) === 0) {
      this.#isOver = true;
      call("bodyEnd", REQUEST);
    } else {
      this.#step();
    }
  }

  #take(most) {
    const chunk = this.#bytes.slice(0, most);
    this.#bytes = this.#bytes.subarray(chunk.length);
    return chunk;
  }

  #line() {
    const end = this.#bytes.indexOf(10);
    if (end < 0) return undefined;
    return String.fromCharCode(...this.#take(end + 1)).replace(/\r?\n$/, "");
  }

  #more() {
    hold();
    onInput((chunk) => {
      release();
      if (chunk.length === 0) {
        this.#fail();
        return;
      }
      this.#bytes = joined([this.#bytes, chunk]);
      this.#step();
    });
  }

  #fail() {
    this.#isOver = true;
    call("bodyError", REQUEST, "The request's body is no chunked body.");
  }
}
