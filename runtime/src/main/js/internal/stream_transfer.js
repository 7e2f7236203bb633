// Streams that move to a new owner - https://streams.spec.whatwg.org/#rs-transfer
// What is left behind is piped through a MessageChannel to the stream that comes of it, here or in another isolate.
import { load } from "internal:builtins";
import { transformOf } from "internal:stream_internals";
import { ReadableStream, TransformStream, WritableStream } from "../web/streams.js";
import { transferPlatformObject } from "../web/structured_clone.js";

const { pipeTo } = ReadableStream.prototype;

/** What a stream that has just been transferred consists of: { kind, ports }. */
const carried = new WeakMap();
/** Ports that belong to streams: no event of a message shows them. */
const taken = new WeakSet();

export function carriedBy(stream) {
  return carried.get(stream);
}

export function isTaken(port) {
  return taken.has(port);
}

/** The stream that came as these ports, from this isolate or another. */
export function streamOf(kind, ports) {
  for (const port of ports) taken.add(port);
  const stream = MAKERS[kind](...ports);
  carried.set(stream, { kind, ports });
  return stream;
}

const MAKERS = {
  readable: readableOver,
  writable: writableOver,
  transform: (readablePort, writablePort) => transformOf(readableOver(readablePort), writableOver(writablePort)),
};

function transferReadable(stream) {
  refuseLocked(stream.locked);
  const { port1, port2 } = channel();
  pipe(stream, writableOver(port1));
  return port2;
}

function transferWritable(stream) {
  refuseLocked(stream.locked);
  const { port1, port2 } = channel();
  pipe(readableOver(port1), stream);
  return port2;
}

/** Each end hears of errors by itself. */
function pipe(source, target) {
  pipeTo.call(source, target).catch(() => {});
}

function refuseLocked(isLocked) {
  if (isLocked) throw new DOMException("A locked stream could not be transferred.", "DataCloneError");
}

function channel() {
  return new (load("internal:web/message_channel").MessageChannel)();
}

define(ReadableStream, (stream) => streamOf("readable", [transferReadable(stream)]));
define(WritableStream, (stream) => streamOf("writable", [transferWritable(stream)]));
define(TransformStream, ({ readable, writable }) => {
  refuseLocked(readable.locked || writable.locked);
  return streamOf("transform", [transferReadable(readable), transferWritable(writable)]);
});

function define({ prototype }, transfer) {
  Object.defineProperty(prototype, transferPlatformObject, {
    value() {
      return transfer(this);
    },
    configurable: true,
  });
}

/**
 * One end of a stream that crosses: { type, value } each message. An end in another isolate keeps the program running
 * while something is asked of it, from ask() to answer().
 */
class Crossing {
  #port;
  #isOver = false;

  /** heard: functions by type of message; lost(error) when no more will come. */
  constructor(port, heard, lost) {
    this.#port = port;
    port.unref();
    port.onmessage = ({ data }) => {
      if (!this.#isOver) heard[data.type]?.(data.value);
    };
    port.onmessageerror = () => {
      const error = new DOMException("A chunk of the stream can't be read.", "DataCloneError");
      this.end("error", error);
      lost(error);
    };
    port.addEventListener("close", () => {
      if (this.#isOver) return;
      this.#isOver = true;
      lost(new DOMException("The other end of the stream is gone.", "AbortError"));
    });
  }

  ask() {
    this.#port.ref();
  }

  answer() {
    this.#port.unref();
  }

  /** Throws, after the other end has been told, when the value can't be cloned. */
  send(type, value) {
    try {
      this.#port.postMessage({ type, value });
    } catch (error) {
      this.end("error", error);
      throw error;
    }
  }

  /** The last message. */
  end(type, value) {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      this.#port.postMessage({ type, value });
    } catch (error) {
      this.#port.postMessage({ type: "error", value: error });
      throw error;
    } finally {
      this.#port.close();
    }
  }

  /** Nothing is sent or heard any more. */
  close() {
    this.#isOver = true;
    this.#port.close();
  }
}

/** https://streams.spec.whatwg.org/#abstract-opdef-setupcrossrealmtransformreadable */
function readableOver(port) {
  let controller;
  let crossing;
  const start = (given) => {
    controller = given;
    crossing = new Crossing(port, {
      chunk(value) {
        crossing.answer();
        controller.enqueue(value);
      },
      close() {
        crossing.close();
        controller.close();
      },
      error(value) {
        crossing.close();
        controller.error(value);
      },
    }, (error) => controller.error(error));
  };
  const pull = () => {
    crossing.ask();
    crossing.send("pull");
  };
  return new ReadableStream({ start, pull, cancel: (reason) => crossing.end("error", reason) }, { highWaterMark: 0 });
}

/** https://streams.spec.whatwg.org/#abstract-opdef-setupcrossrealmtransformwritable */
function writableOver(port) {
  let controller;
  let crossing;
  let asked = Promise.withResolvers();
  const goOn = () => {
    asked?.resolve();
    asked = undefined;
  };
  const start = (given) => {
    controller = given;
    crossing = new Crossing(port, {
      pull() {
        crossing.ask();
        goOn();
      },
      error(value) {
        crossing.close();
        controller.error(value);
        goOn();
      },
    }, (error) => {
      controller.error(error);
      goOn();
    });
  };
  const write = async (chunk) => {
    await asked?.promise;
    asked = Promise.withResolvers();
    crossing.send("chunk", chunk);
  };
  return new WritableStream({
    start, write, close: () => crossing.end("close"), abort: (reason) => crossing.end("error", reason),
  });
}
