// Requests to other hosts, as Java carries them out: one exchange of a request and an answer, without fetch's rules.
import { register } from "host:isolate";
import * as host from "host:fetch";
import { frame } from "internal:async_context";
import { IncomingSource, join } from "internal:body";
import { Pending } from "internal:pending";
import { stringSplit } from "internal:primordials";
import { readAll } from "internal:stream_internals";
import { ReadableStream } from "../web/streams.js";

/** By id, who hears of the request: { head, failed } until its head, { chunk, end, broken } while a chunk is awaited. */
const listeners = new Pending();
/** By id, what goes on with the request's body. */
const uploads = new Pending();

function hear(id, event, ...values) {
  listeners.take(id)?.[event](...values);
}

register("fetchHead", (id, status, reason, headers) => {
  hear(id, "head", status, reason, headers === "" ? [] : stringSplit(headers, "\n"));
});
register("fetchFailed", (id, code, message) => {
  stopUpload(id, networkError(message, code));
  hear(id, "failed", networkError(message, code));
});
register("fetchChunk", (id, bytes) => hear(id, "chunk", bytes));
register("fetchEnd", (id) => {
  stopUpload(id);
  hear(id, "end");
});
register("fetchBroken", (id, message) => {
  stopUpload(id);
  hear(id, "broken", new TypeError("terminated", { cause: networkError(message, "ECONNRESET") }));
});
register("fetchWritable", (id) => uploads.get(id)?.goOn());

function networkError(message, code) {
  return Object.assign(new Error(message), { code });
}

/**
 * Sends a request to the network, or to the service of that name; body is null, a Uint8Array or a ReadableStream.
 * signals: started(id), then head(status, reason, flat headers, source) or failed(error). Throws what the host refuses
 * at once.
 */
export function send({ service, method, url, headers, body }, signals) {
  begin(body, signals, (content) =>
    host.send(service, method, url, headers.join("\n"), content, currentRequest()),
  );
}

/** The id of the request on whose behalf this happens; 0 when there is none. */
function currentRequest() {
  return frame()?.exchange?.id ?? 0;
}

/** Asks what a binding stands for, in the same way. details: an object that becomes JSON. */
export function ask({ binding, operation, details, body = null }, signals) {
  const request = currentRequest();
  begin(body, signals, (content) => host.ask(binding, request, operation, JSON.stringify(details), content));
}

/** start(content): undefined for no body, true for one that follows, or bytes; returns the request's id. */
function begin(body, { started, head, failed }, start) {
  const isStream = body instanceof ReadableStream;
  const id = start(body === null ? undefined : isStream ? true : body);
  listeners.set(id, {
    head: (status, reason, flat) => head(status, reason, flat, new AnswerSource(id)),
    failed,
  });
  started(id);
  if (isStream) upload(id, body, failed);
}

/** Each chunk leaves as it comes; the stream is not asked for more while the other host doesn't read. */
function upload(id, stream, failed) {
  const reader = stream.getReader();
  const goOn = readAll(reader, {
    chunk(chunk) {
      if (!(chunk instanceof Uint8Array)) {
        throw new TypeError("A request body's stream must give Uint8Array chunks.");
      }
      return host.write(id, chunk);
    },
    end() {
      uploads.take(id);
      host.end(id);
    },
    error(reason) {
      uploads.take(id);
      listeners.take(id);
      host.abort(id);
      failed(reason);
    },
  });
  uploads.set(id, { goOn, cancel: (reason) => reader.cancel(reason).catch(() => {}) });
}

/** Whoever has answered needs no more of the request. */
function stopUpload(id, reason = undefined) {
  uploads.take(id)?.cancel(reason);
}

export function abort(id, reason = undefined) {
  listeners.take(id);
  stopUpload(id, reason);
  host.abort(id);
}

/** An answer that nobody reads or keeps gives its connection back. */
const abandoned = new FinalizationRegistry((id) => host.abort(id));

/** By stream, the answer that it reads. */
const sources = new WeakMap();

/** The body of an answer, pulled chunk by chunk as it is read. */
export class AnswerSource extends IncomingSource {
  #id;
  #coding = null;
  #isTouched = false;
  #broken;
  /** Runs when the body is over, however it ends. */
  onover = () => {};

  constructor(id) {
    super();
    this.#id = id;
    abandoned.register(this, id, this);
  }

  /** The Content-Encoding to unpack when the body is read. */
  set coding(name) {
    this.#coding = name;
  }

  /** Fails whoever reads, now or later. */
  fail(reason) {
    this.#broken = { reason };
    const id = this.#id;
    const listener = listeners.get(id);
    this.#over();
    abort(id, reason);
    listener?.broken(reason);
  }

  discard() {
    this.#over();
    stopUpload(this.#id);
    host.discard(this.#id);
  }

  get isUntouched() {
    return !this.#isTouched;
  }

  /** Hands the body to the answer of an incoming request, packed as it came or unpacked. */
  forward(exchangeId, isPacked) {
    this.#isTouched = true;
    if (!isPacked) this.#decode();
    this.#over();
    host.forward(this.#id, exchangeId);
  }

  collect(resolve, reject) {
    const chunks = [];
    const next = () =>
      this.#read({
        chunk(bytes) {
          chunks.push(bytes);
          next();
        },
        end: () => resolve(join(chunks)),
        broken: reject,
      });
    next();
  }

  open() {
    let stop = () => {};
    const stream = new ReadableStream(
      {
        type: "bytes",
        start: (controller) => {
          stop = (reason) => controller.error(reason);
        },
        pull: (controller) =>
          new Promise((resolve, reject) =>
            this.#read({
              chunk(bytes) {
                controller.enqueue(bytes);
                resolve();
              },
              end() {
                controller.close();
                controller.byobRequest?.respond(0);
                resolve();
              },
              broken: reject,
            }),
          ),
        cancel: () => {
          const id = this.#id;
          this.#over();
          abort(id);
        },
      },
      { highWaterMark: 0 },
    );
    const { fail } = this;
    this.fail = (reason) => {
      fail.call(this, reason);
      stop(reason);
    };
    sources.set(stream, this);
    return stream;
  }

  #decode() {
    if (this.#coding !== null) host.decode(this.#id, this.#coding);
    this.#coding = null;
  }

  #read({ chunk, end, broken }) {
    if (this.#broken !== undefined) {
      broken(this.#broken.reason);
      return;
    }
    this.#isTouched = true;
    this.#decode();
    listeners.set(this.#id, {
      chunk,
      end: () => {
        this.#over();
        end();
      },
      broken: (error) => {
        this.#over();
        broken(error);
      },
    });
    host.pull(this.#id);
  }

  #over() {
    abandoned.unregister(this);
    this.onover();
    this.onover = () => {};
  }
}

/** The answer behind a body that nobody has read from yet; undefined for other bodies. */
export function untouchedAnswer(body) {
  const source = body.isWhole ? body.source : body.isUnusable ? undefined : sources.get(body.stream);
  return source instanceof AnswerSource && source.isUntouched ? source : undefined;
}
