// Between Node's streams and the Web's - https://nodejs.org/api/stream.html#streamreadablefromwebreadablestream-options
import Stream from "readable-stream/lib/stream.js";
import { Buffer } from "internal:buffer/class";
import { AbortError, codes } from "internal:node_errors";

const { ERR_INVALID_ARG_TYPE } = codes;
const { Readable, Writable, Duplex, finished, destroy } = Stream;

function requireType(value, Class, name) {
  if (!(value instanceof Class)) throw new ERR_INVALID_ARG_TYPE(name, Class.name, value);
}

function toBuffer(value) {
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;
}

export function readableFromWeb(stream, options = {}) {
  requireType(stream, globalThis.ReadableStream, "readableStream");
  const reader = stream.getReader();
  let closed = false;
  const readable = new Readable({
    ...options,
    read() {
      reader.read().then(
        ({ value, done }) => readable.push(done ? null : options.objectMode ? value : toBuffer(value)),
        (error) => destroy(readable, error),
      );
    },
    destroy(error, callback) {
      const done = () => callback(error);
      if (closed) done();
      else reader.cancel(error ?? undefined).then(done, done);
    },
  });
  reader.closed.then(() => (closed = true), (error) => {
    closed = true;
    destroy(readable, error);
  });
  return readable;
}

export function readableToWeb(readable, { strategy, type } = {}) {
  const isObject = readable.readableObjectMode;
  const queuing = strategy ?? (type === "bytes" ? undefined : isObject
    ? new CountQueuingStrategy({ highWaterMark: readable.readableHighWaterMark })
    : { highWaterMark: readable.readableHighWaterMark, size: (chunk) => chunk?.byteLength ?? chunk?.length ?? 1 });
  let controller;
  let cancelled = false;
  const onData = (chunk) => {
    const plain = Buffer.isBuffer(chunk) && !isObject ? new Uint8Array(chunk) : chunk;
    if (plain?.byteLength === 0 && type === "bytes") return;
    controller.enqueue(plain);
    if (controller.desiredSize <= 0) readable.pause();
  };
  readable.pause();
  finished(readable, { writable: false }, (error) => {
    readable.on("error", () => {});
    if (cancelled) return;
    if (error) controller.error(error.code === "ERR_STREAM_PREMATURE_CLOSE" ? new AbortError(undefined, { cause: error }) : error);
    else closeController(controller);
  });
  readable.on("data", onData);
  readable.pause();
  return new ReadableStream({
    type,
    start(given) {
      controller = given;
    },
    pull() {
      readable.resume();
    },
    cancel(reason) {
      cancelled = true;
      destroy(readable, reason);
    },
  }, queuing);
}

function closeController(controller) {
  controller.close();
  controller.byobRequest?.respond(0);
}

export function writableFromWeb(stream, options = {}) {
  requireType(stream, globalThis.WritableStream, "writableStream");
  const writer = stream.getWriter();
  let closed = false;
  const writable = new Writable({
    ...options,
    write(chunk, encoding, callback) {
      if (typeof chunk === "string" && options.decodeStrings !== false && !options.objectMode) chunk = Buffer.from(chunk, encoding);
      writer.ready.then(() => writer.write(chunk)).then(() => callback(), callback);
    },
    final(callback) {
      writer.close().then(() => {
        closed = true;
        callback();
      }, callback);
    },
    destroy(error, callback) {
      const done = () => callback(error);
      if (closed) done();
      else (error === null ? writer.close() : writer.abort(error)).then(done, done);
    },
  });
  writer.closed.then(() => (closed = true), (error) => {
    closed = true;
    destroy(writable, error);
  });
  return writable;
}

export function writableToWeb(writable) {
  const highWaterMark = writable.writableHighWaterMark;
  let controller;
  let drained;
  writable.on("drain", () => drained?.());
  finished(writable, { readable: false }, (error) => {
    writable.on("error", () => {});
    if (error) controller.error(error);
    drained?.();
  });
  return new WritableStream({
    start(given) {
      controller = given;
    },
    write(chunk) {
      if (!writable.write(chunk) && writable.writableNeedDrain) return new Promise((resolve) => (drained = resolve));
      return undefined;
    },
    abort(reason) {
      destroy(writable, reason);
    },
    close() {
      return new Promise((resolve, reject) => {
        finished(writable, { readable: false }, (error) => (error ? reject(error) : resolve()));
        writable.end();
      });
    },
  }, writable.writableObjectMode
    ? new CountQueuingStrategy({ highWaterMark })
    : { highWaterMark, size: (chunk) => chunk?.byteLength ?? chunk?.length ?? 1 });
}

export function duplexFromWeb(pair, options = {}) {
  if (pair === null || typeof pair !== "object") throw new ERR_INVALID_ARG_TYPE("pair", "Object", pair);
  const readable = readableFromWeb(pair.readable, options);
  const writable = writableFromWeb(pair.writable, options);
  const duplex = new Duplex({
    ...options,
    read() {
      readable.resume();
    },
    write(chunk, encoding, callback) {
      writable.write(chunk, encoding, callback);
    },
    final(callback) {
      writable.end(callback);
    },
    destroy(error, callback) {
      destroy(readable, error);
      destroy(writable, error);
      callback(error);
    },
  });
  readable.on("data", (chunk) => {
    if (!duplex.push(chunk)) readable.pause();
  });
  readable.on("end", () => duplex.push(null));
  for (const side of [readable, writable]) side.on("error", (error) => duplex.destroy(error));
  return duplex;
}

export function duplexToWeb(duplex) {
  return { readable: readableToWeb(duplex), writable: writableToWeb(duplex) };
}
