// Web Streams - https://streams.spec.whatwg.org/
import * as streams from "web-streams-polyfill";
import { defineGlobals, platformPrototypes } from "internal:define";

defineGlobals(streams);
for (const type of Object.values(streams)) {
  platformPrototypes.add(type.prototype);
}

export const { ReadableStream, TransformStream, WritableStream } = streams;

// The package's async iterators miss their place in the prototype chain.
const iteratorPrototype = Object.getPrototypeOf(new streams.ReadableStream().values());
const AsyncIteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf(async function* () {}.prototype),
);
Object.setPrototypeOf(iteratorPrototype, AsyncIteratorPrototype);

const { from } = streams.ReadableStream;

/** As on Node, whose code programs look at. */
Object.defineProperty(streams.ReadableStream, "from", {
  value: {
    from(asyncIterable) {
      try {
        return from.call(this, asyncIterable);
      } catch (error) {
        const iterable = asyncIterable?.[Symbol.asyncIterator] ?? asyncIterable?.[Symbol.iterator];
        if (iterable === undefined && error instanceof TypeError) error.code = "ERR_ARG_NOT_ITERABLE";
        throw error;
      }
    },
  }.from,
});
