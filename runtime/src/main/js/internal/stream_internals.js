// The parts of web-streams-polyfill 4.3.0 that its interface does not show: chunks handed over at once instead of
// through a promise each, which is what a response body costs most. The property names are the ones its build keeps.
import {
  ReadableByteStreamController, ReadableStream, ReadableStreamDefaultController, TransformStream, WritableStream,
} from "web-streams-polyfill";

const PULL_STEPS = Object.getOwnPropertySymbols(ReadableStreamDefaultController.prototype).find(
  ({ description }) => description === "[[PullSteps]]",
);

checkNames();

export function isDisturbed(stream) {
  return stream._disturbed;
}

export function isByteStream(stream) {
  return stream._readableStreamController instanceof ReadableByteStreamController;
}

/** "readable", "closed" or "errored"; a writable stream's may also be "writable" or "erroring". */
export function stateOf(stream) {
  return stream._state;
}

/** A promise of the stream's end, whoever reads or writes; its rejection needs no handler. */
export function whenClosed(stream) {
  if (stream._whenClosed === undefined) {
    stream._whenClosed = Promise.withResolvers();
    stream._whenClosed.promise.catch(() => {});
    if (stream._state === "closed") stream._whenClosed.resolve();
    else if (stream._state === "errored") stream._whenClosed.reject(stream._storedError);
  }
  return stream._whenClosed.promise;
}

/** What its controller's error() does, by who has only the stream. */
export function fail(stream, error) {
  (stream._readableStreamController ?? stream._writableStreamController).error(error);
}

/** A TransformStream that has these sides and transforms nothing itself. */
export function transformOf(readable, writable) {
  return Object.assign(Object.create(TransformStream.prototype), {
    _readable: readable,
    _writable: writable,
    _transformStreamController: undefined,
  });
}

/** A promise while the readable side of a TransformStream has enough; undefined when it wants more. */
export function whenTransformMayGoOn(transform) {
  return transform._backpressure ? transform._backpressureChangePromise : undefined;
}

/**
 * https://streams.spec.whatwg.org/#readable-stream-default-reader-read: the request's _chunkSteps(chunk),
 * _closeSteps() or _errorSteps(error) is called, perhaps before this returns.
 */
function readInto(reader, request) {
  const stream = reader._ownerReadableStream;
  stream._disturbed = true;
  if (stream._state === "closed") {
    request._closeSteps();
  } else if (stream._state === "errored") {
    request._errorSteps(stream._storedError);
  } else {
    stream._readableStreamController[PULL_STEPS](request);
  }
}

/**
 * Hands every chunk to sink.chunk(chunk) as soon as it is there; then sink.end() or sink.error(reason). When chunk()
 * returns false, reading stops until the returned function is called. What chunk() throws cancels the stream.
 */
export function readAll(reader, sink) {
  let isReading = false;
  let wantsMore = false;
  const request = {
    _chunkSteps(chunk) {
      let goesOn = false;
      try {
        goesOn = sink.chunk(chunk);
      } catch (error) {
        reader.cancel(error).catch(() => {});
        sink.error(error);
      }
      if (goesOn) {
        next();
      }
    },
    _closeSteps: () => sink.end(),
    _errorSteps: (reason) => sink.error(reason),
  };
  // A chunk may come while readInto runs: then this loop goes on, and the stack does not grow.
  function next() {
    wantsMore = true;
    if (isReading) {
      return;
    }
    isReading = true;
    while (wantsMore) {
      wantsMore = false;
      readInto(reader, request);
    }
    isReading = false;
  }
  next();
  return next;
}

/** Another version of the package may have other names: then the build fails here, not a server later. */
function checkNames() {
  const stream = new ReadableStream();
  const reader = stream.getReader();
  const transform = new TransformStream();
  const whole = transformOf(stream, transform.writable);
  const known =
    PULL_STEPS !== undefined &&
    stream._disturbed === false &&
    stream._state === "readable" &&
    reader._ownerReadableStream === stream &&
    typeof stream._readableStreamController[PULL_STEPS] === "function" &&
    typeof stream._readableStreamController.error === "function" &&
    typeof new WritableStream()._writableStreamController.error === "function" &&
    whole.readable === stream &&
    whole.writable === transform._writable &&
    transform._backpressure === true &&
    typeof transform._backpressureChangePromise.then === "function";
  if (!known) {
    throw new Error("internal:stream_internals does not know this version of web-streams-polyfill.");
  }
}
