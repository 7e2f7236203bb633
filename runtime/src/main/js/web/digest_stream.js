// crypto.DigestStream - https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors
import { defineHiddenInterface } from "internal:define";
import { HeldByJava } from "internal:held_by_java";
import { bytesOf, isBufferSource, isObject, requireArguments, toDOMString } from "internal:webidl";
import { WritableStream } from "./streams.js";
import * as host from "host:hash";

const held = new HeldByJava((id) => host.close(id));
const HASHES = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512", MD5: "md5" };

export class DigestStream extends WritableStream {
  #digest;
  #written;

  constructor(algorithm) {
    requireArguments(arguments.length, 1, "DigestStream constructor");
    const id = host.open(toHash(algorithm));
    const digest = Promise.withResolvers();
    const count = { bytes: 0 };
    // Whoever waits for it hears of it; nobody has to.
    digest.promise.catch(() => {});
    super({
      write(chunk) {
        if (typeof chunk !== "string" && !isBufferSource(chunk)) {
          throw new TypeError("A chunk for a DigestStream must be a string, an ArrayBuffer or a view of one.");
        }
        const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : bytesOf(chunk);
        count.bytes += bytes.length;
        host.update(id, bytes);
      },
      close() {
        held.delete(id);
        digest.resolve(host.digest(id).slice().buffer);
      },
      abort(reason) {
        held.delete(id);
        host.close(id);
        digest.reject(reason);
      },
    });
    held.add(this, id);
    this.#digest = digest.promise;
    this.#written = count;
  }

  /** Resolves to an ArrayBuffer when the stream is closed. */
  get digest() {
    return this.#digest;
  }
  get bytesWritten() {
    return BigInt(this.#written.bytes);
  }
}

function toHash(algorithm) {
  const name = toDOMString(isObject(algorithm) ? algorithm.name : algorithm).toUpperCase();
  if (!Object.hasOwn(HASHES, name)) {
    throw new DOMException(`DigestStream: there is no algorithm "${name}".`, "NotSupportedError");
  }
  return HASHES[name];
}

defineHiddenInterface("DigestStream", DigestStream);
