// Blob and File - https://w3c.github.io/FileAPI/
import { defineInterfaces } from "internal:define";
import {
  bytesOf,
  isBufferSource,
  requireArguments,
  toClampedInteger,
  toDictionary,
  toDOMString,
  toEnum,
  toSequence,
  toUSVString,
} from "internal:webidl";
import { decodeLong, encodeLong } from "internal:long_utf8";
import { ReadableStream } from "./streams.js";
import { clonePlatformObject } from "./structured_clone.js";

const CHUNK_BYTES = 65536;
const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;

/** The blob's Uint8Array parts, which nobody may change; for bodies that go out without a stream. */
export let partsOf;
/** All bytes in one array that the caller may keep. */
export let bytesOfBlob;
let blobOf;

export class Blob {
  #parts = [];
  #size = 0;
  #type = "";

  static {
    partsOf = (blob) => blob.#parts;
    bytesOfBlob = (blob) => blob.#join();
    blobOf = (parts, size, type) => {
      const blob = new Blob();
      blob.#parts = parts;
      blob.#size = size;
      blob.#type = type;
      return blob;
    };
  }

  constructor(blobParts = undefined, options = undefined) {
    const parts = blobParts === undefined ? [] : toParts(blobParts, "Blob constructor");
    const { endings, type } = toPropertyBag(options, "Blob constructor");
    for (const part of parts) {
      this.#append(part, endings);
    }
    this.#type = toType(type);
  }

  get size() {
    return this.#size;
  }
  get type() {
    return this.#type;
  }

  slice(start = undefined, end = undefined, contentType = undefined) {
    const from = this.#offset(start, 0);
    const to = Math.max(from, this.#offset(end, this.#size));
    const type = contentType === undefined ? "" : toType(toDOMString(contentType));
    return blobOf(cut(this.#parts, from, to), to - from, type);
  }

  stream() {
    const parts = this.#parts;
    let index = 0;
    let offset = 0;
    return new ReadableStream(
      {
        type: "bytes",
        pull(controller) {
          while (index < parts.length && offset >= parts[index].length) {
            index++;
            offset = 0;
          }
          if (index === parts.length) {
            controller.close();
            controller.byobRequest?.respond(0);
          } else {
            const chunk = parts[index].slice(offset, offset + CHUNK_BYTES);
            offset += chunk.length;
            controller.enqueue(chunk);
          }
        },
      },
      { highWaterMark: 0 },
    );
  }

  async text() {
    return decodeLong(this.#join(), 0);
  }
  async arrayBuffer() {
    return this.#join().buffer;
  }
  async bytes() {
    return this.#join();
  }

  [clonePlatformObject]() {
    return blobOf(this.#parts, this.#size, this.#type);
  }

  #append(part, endings) {
    const bytes = toBytes(part, endings);
    for (const chunk of bytes instanceof Blob ? bytes.#parts : [bytes]) {
      if (chunk.length > 0) {
        this.#parts.push(chunk);
        this.#size += chunk.length;
      }
    }
  }

  #offset(value, missing) {
    const number = value === undefined ? missing : toClampedInteger(value);
    return number < 0 ? Math.max(this.#size + number, 0) : Math.min(number, this.#size);
  }

  #join() {
    const bytes = new Uint8Array(this.#size);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }
}

export class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    requireArguments(arguments.length, 2, "File constructor");
    super(toParts(fileBits, "File constructor"), options);
    this.#name = toUSVString(fileName);
    const { lastModified } = toDictionary(options, "File constructor");
    this.#lastModified = lastModified === undefined ? Date.now() : toLongLong(lastModified);
  }
  get name() {
    return this.#name;
  }
  get lastModified() {
    return this.#lastModified;
  }
  [clonePlatformObject]() {
    return fileOf(this, this.#name, this.#lastModified);
  }
}

/** A file with the content of a blob. */
export function fileOf(blob, name, lastModified = Date.now()) {
  return new File([blob], name, { type: blob.type, lastModified });
}

/** Adopts bytes that nobody else will change. */
export function blobOfBytes(bytes, type) {
  return blobOf(bytes.length === 0 ? [] : [bytes], bytes.length, type);
}

function toParts(value, where) {
  return toSequence(value, where, (part) =>
    part instanceof Blob || isBufferSource(part) ? part : toUSVString(part),
  );
}

function toPropertyBag(options, where) {
  const bag = toDictionary(options, where);
  const endings = bag.endings === undefined ? "transparent" : toEnum(bag.endings, ["transparent", "native"], where);
  const type = bag.type === undefined ? "" : toDOMString(bag.type);
  return { endings, type };
}

function toBytes(part, endings) {
  if (typeof part === "string") {
    return encodeLong(endings === "native" ? part.replace(/\r\n?/g, "\n") : part);
  }
  return part instanceof Blob ? part : bytesOf(part).slice();
}

function toType(type) {
  return NOT_PRINTABLE_ASCII.test(type) ? "" : type.toLowerCase();
}

function toLongLong(value) {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? number + 0 : 0;
}

/** The parts between two offsets; no byte is copied. */
function cut(parts, from, to) {
  const result = [];
  let offset = 0;
  for (const part of parts) {
    const start = Math.max(from - offset, 0);
    const end = Math.min(to - offset, part.length);
    if (start < end) {
      result.push(start === 0 && end === part.length ? part : part.subarray(start, end));
    }
    offset += part.length;
  }
  return result;
}

defineInterfaces({ Blob, File });
