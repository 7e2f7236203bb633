// What finished(), addAbortSignal() and their kin ask of the Web's streams, under the symbols that Node's own have and
// readable-stream looks for.
import { fail, isDisturbed, stateOf, whenClosed } from "internal:stream_internals";
import { ReadableStream, WritableStream } from "../web/streams.js";

const both = {
  get "nodejs.webstream.isClosedPromise"() {
    return { promise: whenClosed(this) };
  },
  "nodejs.webstream.controllerErrorFunction"(error) {
    fail(this, error);
  },
  get "nodejs.stream.errored"() {
    return stateOf(this) === "errored";
  },
};

const readable = {
  get "nodejs.stream.disturbed"() {
    return isDisturbed(this) === true;
  },
  get "nodejs.stream.readable"() {
    return stateOf(this) === "readable";
  },
};

function define(prototype, ...members) {
  for (const each of members) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      Object.defineProperty(prototype, Symbol.for(name), { ...descriptor, enumerable: false });
    }
  }
}

define(ReadableStream.prototype, both, readable);
define(WritableStream.prototype, both);
