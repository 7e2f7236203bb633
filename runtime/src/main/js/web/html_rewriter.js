// HTMLRewriter, as Workers have it - https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/
// The host cuts the document into tokens and finds those that handlers want; nothing waits for more than one of them.
import * as host from "host:html_rewriter";
import { defineHiddenInterface } from "internal:define";
import { finish, tokenOf } from "internal:html_rewriter/tokens";
import { extractMimeType } from "internal:mime_type";
import { bytesOf, isBufferSource, isObject, requireArguments, toDOMString } from "internal:webidl";
import { Response } from "./response.js";
import { ReadableStream } from "./streams.js";

/** What handlers want to hear of, as the host counts it. */
const WANTS = { element: 1, comments: 2, text: 4, doctype: 8, end: 16 };
const ELEMENT_HANDLERS = ["element", "comments", "text"];
const DOCUMENT_HANDLERS = ["doctype", "comments", "text", "end"];
/** Events by the handler that hears of them. */
const HEARD_BY = { element: "element", comment: "comments", text: "text", doctype: "doctype", end: "end" };

const NOTHING = new Uint8Array(0);
const LARGEST_INPUT = 64 * 1024;
/** After so many events without input in between, output is passed on. */
const EVENTS_PER_PIECE = 256;

export class HTMLRewriter {
  #elements = [];
  #documents = [];

  on(selector, handlers) {
    requireArguments(arguments.length, 2, "HTMLRewriter.on");
    const text = toDOMString(selector);
    const heard = readHandlers(handlers, ELEMENT_HANDLERS, "HTMLRewriter.on");
    host.check(text);
    this.#elements.push({ selector: text, ...heard });
    return this;
  }

  onDocument(handlers) {
    requireArguments(arguments.length, 1, "HTMLRewriter.onDocument");
    this.#documents.push(readHandlers(handlers, DOCUMENT_HANDLERS, "HTMLRewriter.onDocument"));
    return this;
  }

  transform(response) {
    requireArguments(arguments.length, 1, "HTMLRewriter.transform");
    if (!(response instanceof Response)) throw new TypeError("HTMLRewriter.transform: the argument is no Response.");
    const { body } = response;
    if (body === null) return new Response(null, response);
    const charset = extractMimeType(response.headers.get("content-type"))?.parameters.get("charset") ?? "";
    const document = new Document(charset, this.#documents, this.#elements);
    const rewritten = new Response(document.rewrite(body), response);
    rewritten.headers.delete("content-length");
    return rewritten;
  }
}

function readHandlers(handlers, names, where) {
  if (!isObject(handlers)) throw new TypeError(`${where}: the handlers are not an object.`);
  const functions = {};
  let wants = 0;
  for (const name of names) {
    const handler = handlers[name];
    if (handler === undefined || handler === null) continue;
    if (typeof handler !== "function") throw new TypeError(`${where}: the handler "${name}" is not a function.`);
    functions[name] = (token) => handler.call(handlers, token);
    wants |= WANTS[name];
  }
  return { functions, wants };
}

/** A document that nobody reads to its end gives back what it held. */
const abandoned = new FinalizationRegistry((id) => host.close(id));

/** One document on its way through. */
class Document {
  #handlers;
  #endTags = new Map();
  #nextKey = 1;
  #isOpen = true;

  constructor(charset, documents, elements) {
    this.id = host.open(charset);
    this.#handlers = [...documents, ...elements];
    abandoned.register(this, this.id, this);
    documents.forEach(({ wants }) => host.onDocument(this.id, wants));
    elements.forEach(({ selector, wants }) => host.on(this.id, selector, wants));
  }

  rewrite(body) {
    const reader = body.getReader();
    const pieces = this.#pieces(reader);
    return new ReadableStream(
      {
        type: "bytes",
        pull: async (controller) => {
          try {
            const { value, done } = await pieces.next();
            if (!done) {
              controller.enqueue(value);
              return;
            }
            controller.close();
            controller.byobRequest?.respond(0);
          } catch (error) {
            this.#close();
            reader.cancel(error).catch(() => {});
            throw error;
          }
        },
        cancel: (reason) => {
          this.#close();
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** By the key that the host knows them by, what hears of an element's end tag. */
  keep(handlers) {
    this.#endTags.set(this.#nextKey, handlers);
    return this.#nextKey++;
  }

  async *#pieces(reader) {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const { value } = read;
      if (!isBufferSource(value)) throw new TypeError("HTMLRewriter: a chunk is neither an ArrayBuffer nor a view of one.");
      const bytes = bytesOf(value);
      for (let at = 0; at < bytes.length; at += LARGEST_INPUT) {
        yield* this.#feed(bytes.subarray(at, at + LARGEST_INPUT), false);
      }
    }
    yield* this.#feed(NOTHING, true);
    this.#close();
  }

  async *#feed(bytes, isLast) {
    host.feed(this.id, bytes, isLast);
    let count = 0;
    for (let event = host.next(this.id); event !== undefined; event = host.next(this.id)) {
      const waiting = this.#handle(JSON.parse(event));
      if (waiting !== undefined) {
        // What comes before a handler that takes its time is not held back.
        yield* this.#output();
        await waiting;
      } else if (++count % EVENTS_PER_PIECE === 0) {
        yield* this.#output();
      }
      if (!this.#isOpen) return;
    }
    yield* this.#output();
  }

  *#output() {
    const output = host.take(this.id);
    if (output.length > 0) yield output;
  }

  /** Returns a promise when a handler does. */
  #handle(event) {
    const token = tokenOf(this, event);
    const calls = this.#calls(event);
    for (let i = 0; i < calls.length; i++) {
      const result = calls[i](token);
      if (isThenable(result)) return this.#handleLater(result, token, calls.slice(i + 1));
    }
    finish(token, this);
    return undefined;
  }

  async #handleLater(first, token, calls) {
    await first;
    for (const call of calls) await call(token);
    if (this.#isOpen) finish(token, this);
  }

  #calls([kind, numbers]) {
    if (kind === "end tag") {
      const [key] = numbers;
      const handlers = this.#endTags.get(key);
      this.#endTags.delete(key);
      return handlers;
    }
    return numbers.map((number) => this.#handlers[number].functions[HEARD_BY[kind]]);
  }

  #close() {
    if (this.#isOpen) {
      this.#isOpen = false;
      abandoned.unregister(this);
      host.close(this.id);
    }
  }
}

function isThenable(value) {
  return isObject(value) && typeof value.then === "function";
}

defineHiddenInterface("HTMLRewriter", HTMLRewriter);
