// FileReader - https://w3c.github.io/FileAPI/#dfn-filereader
import { defineConstants, defineInterfaces } from "internal:define";
import { parseMimeType } from "internal:mime_type";
import { clearImmediate, Immediate } from "internal:timers";
import { requireArguments, toDOMString } from "internal:webidl";
import { Blob, bytesOfBlob } from "./blob.js";
import { EventTarget, defineEventHandler, fire } from "./event_target.js";
import { ProgressEvent } from "./progress_event.js";
import * as encoding from "host:encoding";

const EMPTY = 0;
const LOADING = 1;
const DONE = 2;
const CHARACTERS_AT_ONCE = 8192;

export class FileReader extends EventTarget {
  #readyState = EMPTY;
  #result = null;
  #error = null;
  /** The task that comes next, so that abort can drop it. */
  #task = null;

  get readyState() {
    return this.#readyState;
  }
  get result() {
    return this.#result;
  }
  get error() {
    return this.#error;
  }

  readAsArrayBuffer(blob) {
    requireArguments(arguments.length, 1, "FileReader.readAsArrayBuffer");
    this.#read(blob, (bytes) => bytes.buffer);
  }
  readAsBinaryString(blob) {
    requireArguments(arguments.length, 1, "FileReader.readAsBinaryString");
    this.#read(blob, toBinaryString);
  }
  readAsText(blob, label = undefined) {
    requireArguments(arguments.length, 1, "FileReader.readAsText");
    const wanted = label === undefined ? undefined : encoding.encodingOf(toDOMString(label));
    this.#read(blob, (bytes, type) => decode(bytes, wanted ?? encodingOfType(type) ?? "utf-8"));
  }
  readAsDataURL(blob) {
    requireArguments(arguments.length, 1, "FileReader.readAsDataURL");
    this.#read(blob, (bytes, type) => `data:${type || "application/octet-stream"};base64,${bytes.toBase64()}`);
  }

  abort() {
    if (this.#readyState !== LOADING) {
      this.#result = null;
      return;
    }
    this.#readyState = DONE;
    this.#result = null;
    this.#error = new DOMException("The read was aborted.", "AbortError");
    clearImmediate(this.#task);
    this.#fire("abort", 0, 0);
    this.#fireLoadEnd(0);
  }

  #read(blob, convert) {
    if (!(blob instanceof Blob)) {
      throw new TypeError("FileReader: the argument is not a Blob.");
    }
    if (this.#readyState === LOADING) {
      throw new DOMException("The reader is busy with another read.", "InvalidStateError");
    }
    this.#readyState = LOADING;
    this.#result = null;
    this.#error = null;
    this.#next(() => this.#start(blob, convert));
  }

  /** The bytes are in memory already; the steps are tasks of their own, as the events are meant to come. */
  #start(blob, convert) {
    const { size } = blob;
    this.#next(() => this.#progress(blob, convert));
    this.#fire("loadstart", 0, size);
  }

  #progress(blob, convert) {
    this.#next(() => this.#finish(blob, convert));
    if (blob.size > 0) {
      this.#fire("progress", blob.size, blob.size);
    }
  }

  #finish(blob, convert) {
    this.#readyState = DONE;
    this.#result = convert(bytesOfBlob(blob), blob.type);
    this.#next(() => this.#fireLoadEnd(blob.size));
    this.#fire("load", blob.size, blob.size);
  }

  #next(step) {
    this.#task = new Immediate(step, []);
  }

  #fire(type, loaded, total) {
    fire(this, new ProgressEvent(type, { lengthComputable: true, loaded, total }));
  }

  /** Unless a listener has started another read. */
  #fireLoadEnd(size) {
    if (this.#readyState !== LOADING) {
      this.#fire("loadend", size, size);
    }
  }
}

function toBinaryString(bytes) {
  const pieces = [];
  for (let i = 0; i < bytes.length; i += CHARACTERS_AT_ONCE) {
    pieces.push(String.fromCharCode.apply(null, bytes.subarray(i, i + CHARACTERS_AT_ONCE)));
  }
  return pieces.join("");
}

function encodingOfType(type) {
  const charset = parseMimeType(type)?.parameters.get("charset");
  return charset === undefined ? undefined : encoding.encodingOf(charset);
}

/** https://encoding.spec.whatwg.org/#decode: a byte order mark has the last word. */
function decode(bytes, fallback) {
  const [a, b, c] = bytes;
  const isUtf8 = a === 0xef && b === 0xbb && c === 0xbf;
  const marked = isUtf8 ? "utf-8" : a === 0xfe && b === 0xff ? "utf-16be" : a === 0xff && b === 0xfe ? "utf-16le" : undefined;
  return encoding.decode(marked ?? fallback, bytes, 0);
}

defineConstants(FileReader, { EMPTY, LOADING, DONE });
for (const type of ["loadstart", "progress", "load", "abort", "error", "loadend"]) {
  defineEventHandler(FileReader.prototype, type);
}
defineInterfaces({ FileReader });
