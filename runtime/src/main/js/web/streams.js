// Web Streams - https://streams.spec.whatwg.org/
import * as streams from "web-streams-polyfill";
import { defineGlobals, platformPrototypes } from "internal:define";

defineGlobals(streams);
for (const type of Object.values(streams)) {
  platformPrototypes.add(type.prototype);
}

export const { ReadableStream, TransformStream, WritableStream } = streams;
