// IdentityTransformStream and FixedLengthStream, which Workers have beside the standard's TransformStream: bytes in, the
// same bytes out, and the readable side is a byte stream.
// https://developers.cloudflare.com/workers/runtime-apis/streams/transformstream/
import { defineInterfaces } from "internal:define";
import { expectedLengths } from "internal:expected_length";
import { bytesOf, isBufferSource, requireArguments, toEnforcedRange } from "internal:webidl";
import { ReadableStream, TransformStream, WritableStream } from "./streams.js";

/** Nothing is queued: a write ends when its bytes have been read. */
const NO_QUEUE = { highWaterMark: 0 };

/** One pair of streams; `passes(length)` and `ends()` may throw what both then fail with. */
class Pipe {
  #reader;
  #writer;
  /** Resolved when somebody reads; the write that enqueues sets it anew. */
  #demand = Promise.withResolvers();
  #passes;
  #ends;

  constructor(passes, ends) {
    this.#passes = passes;
    this.#ends = ends;
    this.readable = new ReadableStream(
      {
        type: "bytes",
        start: (controller) => void (this.#reader = controller),
        pull: () => this.#demand.resolve(),
        cancel: (reason) => this.#cancel(reason),
      },
      NO_QUEUE,
    );
    this.writable = new WritableStream({
      start: (controller) => this.#startWriting(controller),
      write: (chunk) => this.#write(chunk),
      close: () => this.#close(),
      abort: (reason) => this.#reader.error(reason),
    });
  }

  #startWriting(controller) {
    this.#writer = controller;
    // An abort must not wait for a write that nobody reads.
    controller.signal.addEventListener("abort", () => this.#stopWaiting(controller.signal.reason), { once: true });
  }

  #cancel(reason) {
    this.#writer.error(reason);
    this.#stopWaiting(reason);
  }

  #stopWaiting(reason) {
    this.#demand.promise.catch(() => {});
    this.#demand.reject(reason);
  }

  async #write(chunk) {
    try {
      if (!isBufferSource(chunk)) {
        throw new TypeError("A chunk for this stream must be an ArrayBuffer or a view of one.");
      }
      const bytes = bytesOf(chunk).slice();
      this.#passes(bytes.length);
      if (bytes.length > 0) {
        await this.#demand.promise;
        this.#demand = Promise.withResolvers();
        this.#reader.enqueue(bytes);
      }
    } catch (error) {
      this.#reader.error(error);
      throw error;
    }
  }

  #close() {
    try {
      this.#ends();
    } catch (error) {
      this.#reader.error(error);
      throw error;
    }
    this.#reader.close();
    this.#reader.byobRequest?.respond(0);
  }
}

export class IdentityTransformStream {
  #pipe;

  constructor() {
    this.#pipe = new Pipe(
      () => {},
      () => {},
    );
  }

  get readable() {
    return this.#pipe.readable;
  }
  get writable() {
    return this.#pipe.writable;
  }
}

/** Fails when it gets more bytes than it was made for, or ends with fewer. */
export class FixedLengthStream {
  #pipe;

  constructor(expectedLength) {
    requireArguments(arguments.length, 1, "FixedLengthStream constructor");
    const bytes = typeof expectedLength === "bigint" ? Number(expectedLength) : expectedLength;
    const length = toEnforcedRange(bytes, "FixedLengthStream constructor");
    let rest = length;
    this.#pipe = new Pipe(
      (passing) => {
        if (passing > rest) {
          throw new TypeError(`More bytes were written to a FixedLengthStream than its ${length}.`);
        }
        rest -= passing;
      },
      () => {
        if (rest > 0) {
          throw new TypeError(`A FixedLengthStream of ${length} bytes was closed ${rest} bytes too early.`);
        }
      },
    );
    expectedLengths.set(this.#pipe.readable, length);
  }

  get readable() {
    return this.#pipe.readable;
  }
  get writable() {
    return this.#pipe.writable;
  }
}

// Instances are TransformStreams, but without the pair of streams that its constructor would make.
inherit(IdentityTransformStream, TransformStream);
inherit(FixedLengthStream, IdentityTransformStream);

function inherit(type, parent) {
  Object.setPrototypeOf(type, parent);
  Object.setPrototypeOf(type.prototype, parent.prototype);
}

defineInterfaces({ IdentityTransformStream, FixedLengthStream });
