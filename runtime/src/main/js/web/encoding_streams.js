// TextEncoderStream and TextDecoderStream - https://encoding.spec.whatwg.org/#interface-textdecoderstream
import { defineInterfaces } from "internal:define";
import { codes } from "internal:node_errors";
import { isBufferSource, bytesOf, toDOMString } from "internal:webidl";
import { TextDecoder } from "./encoding.js";
import { TransformStream } from "./streams.js";
import * as host from "host:encoding";

export class TextEncoderStream {
  #stream;

  constructor() {
    /** A chunk may end between the halves of a surrogate pair. */
    let highSurrogate = "";
    this.#stream = new TransformStream({
      transform(chunk, controller) {
        let text = highSurrogate + toDOMString(chunk);
        highSurrogate = isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.at(-1) : "";
        if (highSurrogate !== "") {
          text = text.slice(0, -1);
        }
        if (text !== "") {
          controller.enqueue(host.encode(text));
        }
      },
      flush(controller) {
        if (highSurrogate !== "") {
          controller.enqueue(host.encode(highSurrogate));
        }
      },
    });
  }

  get encoding() {
    this.#stream;
    return "utf-8";
  }
  get readable() {
    return this.#stream.readable;
  }
  get writable() {
    return this.#stream.writable;
  }
}

/** As on Node: util.inspect shows the attributes, and a call on anything else has its code. */
function inspected(Class, names) {
  return {
    value(depth, options, inspect) {
      if (!(this instanceof Class)) throw new codes.ERR_INVALID_THIS(Class.name);
      return `${Class.name} ${inspect(Object.fromEntries(names.map((name) => [name, this[name]])), options)}`;
    },
    configurable: true,
    writable: true,
  };
}

function isHighSurrogate(code) {
  return code >= 0xd800 && code <= 0xdbff;
}

export class TextDecoderStream {
  #decoder;
  #stream;

  constructor(label = "utf-8", options = undefined) {
    const decoder = new TextDecoder(label, options);
    this.#decoder = decoder;
    this.#stream = new TransformStream({
      transform(chunk, controller) {
        if (!isBufferSource(chunk) && !(chunk instanceof SharedArrayBuffer)) {
          throw new TypeError("TextDecoderStream: a chunk is neither an ArrayBuffer nor a view of one.");
        }
        enqueueText(controller, decoder.decode(bytesOf(chunk), { stream: true }));
      },
      flush(controller) {
        enqueueText(controller, decoder.decode());
      },
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }
  get fatal() {
    return this.#decoder.fatal;
  }
  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }
  get readable() {
    return this.#stream.readable;
  }
  get writable() {
    return this.#stream.writable;
  }
}

function enqueueText(controller, text) {
  if (text !== "") {
    controller.enqueue(text);
  }
}

const CUSTOM = Symbol.for("nodejs.util.inspect.custom");
Object.defineProperty(TextEncoderStream.prototype, CUSTOM, inspected(TextEncoderStream, ["encoding", "readable", "writable"]));
Object.defineProperty(
  TextDecoderStream.prototype, CUSTOM, inspected(TextDecoderStream, ["encoding", "fatal", "ignoreBOM", "readable", "writable"]),
);
defineInterfaces({ TextEncoderStream, TextDecoderStream });
