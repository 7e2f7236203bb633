// Bodies of requests and responses - https://fetch.spec.whatwg.org/#bodies
// A body made from a string or bytes stays that until someone asks for its stream: most never become one.
import { load } from "internal:builtins";
import { isObject, isBufferSource, bytesOf, toUSVString } from "internal:webidl";
import { decodeLong, encodeLong } from "internal:long_utf8";
import { extractMimeType, serializeMimeType } from "internal:mime_type";
import { decodeForm } from "internal:form_urlencoded";
import { isByteStream, isDisturbed, readAll } from "internal:stream_internals";
import { Blob, blobOfBytes, bytesOfBlob } from "../web/blob.js";
import { FormData, pairsOf } from "../web/form_data.js";
import { ReadableStream, TransformStream } from "../web/streams.js";
import { structuredClone } from "../web/structured_clone.js";
import { URLSearchParams } from "../web/url_search_params.js";

const BYTE_ORDER_MARK = 0xfeff;
/** A flag of decodeLong. */
const KEEP_BOM = 2;
const multipart = () => load("internal:multipart");

/** A body that arrives from elsewhere: read as a whole it needs no stream. */
export class IncomingSource {
  /** Calls resolve(bytes) or reject(error). Called at most once, and then open() never. */
  collect(resolve, reject) {}
  /** The stream of bytes. Called at most once. */
  open() {}
}

export class Body {
  /** string | Uint8Array | Blob | IncomingSource, or null when there is only a stream. */
  source;
  #stream = null;
  #isTaken = false;

  constructor(source, stream = null) {
    this.source = source;
    this.#stream = stream;
  }

  get stream() {
    if (this.#stream === null) {
      this.#stream = openStream(this.source);
      if (this.#isTaken) {
        // As if it had been read through: closed, disturbed, and locked by the reader that did it.
        this.#stream.getReader().cancel();
      }
    }
    return this.#stream;
  }

  get isUsed() {
    return this.#isTaken || (this.#stream !== null && isDisturbed(this.#stream));
  }

  get isUnusable() {
    return this.isUsed || (this.#stream?.locked ?? false);
  }

  /** True for a string that nobody has read, of whose stream nobody has asked for. */
  get isText() {
    return this.#stream === null && !this.#isTaken && typeof this.source === "string";
  }

  /** True while nobody has asked for the stream. */
  get isWhole() {
    return this.#stream === null;
  }

  /** Marks the body used; for whoever reads the source itself. */
  take() {
    this.#isTaken = true;
    return this.source;
  }

  /**
   * Calls resolve(bytes), with an array of the caller's own, or reject(error). No promise in between: a program could
   * get at the bytes through a `then` of Object.prototype.
   */
  readBytes(resolve, reject) {
    if (!this.isWhole) {
      collect(this.#stream, resolve, reject);
      return;
    }
    const source = this.take();
    if (source instanceof IncomingSource) {
      source.collect(resolve, reject);
    } else {
      resolve(wholeBytes(source));
    }
  }

  /** The same with the text. */
  readText(resolve, reject) {
    if (this.isWhole && typeof this.source === "string") {
      const text = this.take();
      resolve(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
    } else {
      this.readBytes((bytes) => resolve(decodeLong(bytes, 0)), reject);
    }
  }

  /** A second body with the same content. */
  clone() {
    if (this.isWhole && !(this.source instanceof IncomingSource)) {
      return new Body(this.source);
    }
    const [one, two] = this.stream.tee();
    const copies = isByteStream(this.stream) ? two : two.pipeThrough(cloningTransform());
    this.#stream = one;
    this.source = null;
    return new Body(null, copies);
  }

  /** A body that has this one's content, which is used from now on. */
  transfer() {
    if (this.isWhole) {
      return new Body(this.take());
    }
    return new Body(null, pipeThroughIdentity(this.#stream));
  }
}

/** The original stays locked and counts as disturbed at once, as a proxy created by the standard does. */
function pipeThroughIdentity(stream) {
  const { readable, writable } = new TransformStream();
  stream.pipeTo(writable).catch(() => {});
  return readable;
}

/** The two branches must not share chunks; byte streams copy them on their own. */
function cloningTransform() {
  const transform = (chunk, controller) => controller.enqueue(structuredClone(chunk));
  return new TransformStream({ transform }, { highWaterMark: 1 }, { highWaterMark: 0 });
}

function wholeBytes(source) {
  if (typeof source === "string") {
    return encodeLong(source);
  }
  return source instanceof Blob ? bytesOfBlob(source) : source.slice();
}

function openStream(source) {
  if (source instanceof Blob) {
    return source.stream();
  }
  if (source instanceof IncomingSource) {
    return source.open();
  }
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const bytes = wholeBytes(source);
      if (bytes.length > 0) {
        controller.enqueue(bytes);
      }
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}

/** All bytes of a stream. https://streams.spec.whatwg.org/#readablestreamdefaultreader-read-all-bytes */
function collect(stream, resolve, reject) {
  const chunks = [];
  readAll(stream.getReader(), {
    chunk(chunk) {
      if (!(chunk instanceof Uint8Array)) {
        throw new TypeError("The body's stream has a chunk that is not a Uint8Array.");
      }
      chunks.push(chunk);
      return true;
    },
    end: () => resolve(join(chunks)),
    error: reject,
  });
}

export function join(chunks) {
  if (chunks.length === 1) {
    return chunks[0];
  }
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** { body, type }; type is the Content-Type that the content asks for, or null. */
export function extractBody(content) {
  if (typeof content === "string") {
    return { body: new Body(content.toWellFormed()), type: "text/plain;charset=UTF-8" };
  }
  if (content instanceof ReadableStream) {
    if (isDisturbed(content) || content.locked) {
      throw new TypeError("The body's stream is disturbed or locked.");
    }
    return { body: new Body(null, content), type: null };
  }
  if (isObject(content)) {
    return extractObject(content);
  }
  return extractBody(toUSVString(content));
}

function extractObject(content) {
  if (content instanceof Blob) {
    return { body: new Body(content), type: content.type === "" ? null : content.type };
  }
  if (isBufferSource(content)) {
    return { body: new Body(bytesOf(content).slice()), type: null };
  }
  if (content instanceof FormData) {
    const { blob, boundary } = multipart().encodeMultipart(content);
    return { body: new Body(blob), type: `multipart/form-data; boundary=${boundary}` };
  }
  if (content instanceof URLSearchParams) {
    const type = "application/x-www-form-urlencoded;charset=UTF-8";
    return { body: new Body(URLSearchParams.prototype.toString.call(content)), type };
  }
  return extractBody(toUSVString(content));
}

/**
 * Adds the Body mixin to Request or Response. bodyOf(object) → Body or null; typeOf(object) → the Content-Type header
 * or undefined. Both throw a TypeError for an object of another class.
 */
export function mixInBody(type, bodyOf, typeOf) {
  const members = Object.getOwnPropertyDescriptors({
    get body() {
      return bodyOf(this)?.stream ?? null;
    },
    get bodyUsed() {
      return bodyOf(this)?.isUsed ?? false;
    },
    arrayBuffer() {
      return consume(() => bodyOf(this), "readBytes", (bytes) => exactBuffer(bytes));
    },
    blob() {
      return consume(() => bodyOf(this), "readBytes", (bytes) => blobOfBytes(bytes, typeOfBlob(typeOf(this))));
    },
    bytes() {
      return consume(() => bodyOf(this), "readBytes", (bytes) => bytes);
    },
    formData() {
      return consume(() => bodyOf(this), "readBytes", (bytes) => readForm(bytes, extractMimeType(typeOf(this))));
    },
    json() {
      return consume(() => bodyOf(this), "readText", JSON.parse);
    },
    text() {
      return consume(() => bodyOf(this), "readText", (text) => text);
    },
  });
  for (const [name, attributes] of Object.entries(members)) {
    Object.defineProperty(type.prototype, name, { ...attributes, enumerable: true });
  }
}

/** https://fetch.spec.whatwg.org/#concept-body-consume-body */
function consume(findBody, read, convert) {
  return new Promise((resolve, reject) => {
    const body = findBody();
    const finish = (content) => {
      try {
        resolve(convert(content));
      } catch (error) {
        reject(error);
      }
    };
    if (body === null) {
      finish(read === "readText" ? "" : new Uint8Array(0));
    } else if (body.isUnusable) {
      reject(new TypeError("Body is unusable: Body has already been read"));
    } else {
      body[read](finish, reject);
    }
  });
}

function exactBuffer(bytes) {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

function typeOfBlob(header) {
  const mime = extractMimeType(header);
  return mime === null ? "" : serializeMimeType(mime);
}

function readForm(bytes, mime) {
  const form = new FormData();
  if (mime?.essence === "multipart/form-data" && mime.parameters.has("boundary")) {
    return multipart().decodeMultipart(bytes, mime.parameters.get("boundary"), form);
  }
  if (mime?.essence === "application/x-www-form-urlencoded") {
    pairsOf(form).push(...decodeForm(decodeLong(bytes, KEEP_BOM)));
    return form;
  }
  throw new TypeError(
    "The body can't be read as FormData: its Content-Type is neither multipart/form-data with a boundary " +
      "nor application/x-www-form-urlencoded.",
  );
}
