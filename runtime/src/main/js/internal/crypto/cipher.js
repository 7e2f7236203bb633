// Cipheriv and Decipheriv - https://nodejs.org/api/crypto.html#class-cipher
import * as host from "host:cipher";
import { Buffer } from "internal:buffer/class";
import { answer, encoded } from "internal:crypto/bytes";
import { secretBytes } from "internal:crypto/key_object";
import { HeldByJava } from "internal:held_by_java";
import { nodeError } from "internal:node_errors";
import { validateString } from "internal:validators";
import { Transform } from "node:stream";

let known;
const ALIASES = { aes128: "aes-128-cbc", aes192: "aes-192-cbc", aes256: "aes-256-cbc" };
const NONE = new Uint8Array();
const held = new HeldByJava((id) => host.close(id));

/** By name. Asked for when a cipher is first used: programs import node:crypto for other things where there are none. */
function kinds() {
  return (known ??= new Map(Object.entries(JSON.parse(host.ciphers()))));
}

export function getCiphers() {
  return [...kinds().keys()].sort();
}

export function getCipherInfo(name) {
  const full = canonical(String(name));
  const kind = kinds().get(full);
  if (kind === undefined) return undefined;
  const { mode, keyLength, ivLength } = kind;
  const info = { mode, name: full, keyLength };
  if (ivLength !== 0) info.ivLength = ivLength < 0 ? 12 : ivLength;
  if (mode === "cbc" || mode === "ecb") info.blockSize = 16;
  return info;
}

function canonical(name) {
  const lower = name.toLowerCase();
  return ALIASES[lower] ?? lower.replace(/^id-aes(\d+)-/, "aes-$1-");
}

/** Opened by the first data, since padding and tag may be set before. */
class Running extends Transform {
  #direction;
  #name;
  #key;
  #iv;
  #padding = "PKCS5Padding";
  #tagLength;
  #tag;
  #id;
  #isFinal = false;

  constructor(direction, name, key, iv, options) {
    super(options);
    validateString(name, "cipher");
    this.#direction = direction;
    this.#name = canonical(name);
    this.#key = Buffer.from(secretBytes(key, options?.encoding));
    this.#iv = iv === null ? NONE : Buffer.from(encoded(iv, undefined, "iv"));
    this.#tagLength = options?.authTagLength ?? 16;
    // Wrong names and lengths are the constructor's errors.
    host.close(this.#opened());
    held.delete(this.#id);
    this.#id = undefined;
  }

  #isAuthenticated() {
    return ["gcm", "stream"].includes(kinds().get(this.#name).mode);
  }

  #opened() {
    if (this.#isFinal) throw invalidState("update");
    if (this.#id === undefined) {
      const length = this.#tag?.length ?? this.#tagLength;
      this.#id = host.open(this.#name, this.#direction, this.#key, this.#iv, this.#padding, length);
      held.add(this, this.#id);
    }
    return this.#id;
  }

  update(data, inputEncoding, outputEncoding) {
    return answer(host.update(this.#opened(), encoded(data, inputEncoding)), outputEncoding);
  }

  final(outputEncoding) {
    if (this.#isFinal) throw invalidState("final");
    const id = this.#opened();
    this.#isFinal = true;
    held.delete(id);
    const decrypts = this.#direction === "decrypt";
    if (!this.#isAuthenticated()) return answer(host.finish(id, NONE), outputEncoding);
    if (!decrypts) return answer(this.#withoutTag(host.finish(id, NONE)), outputEncoding);
    if (this.#tag === undefined) {
      host.close(id);
      throw new Error("Unsupported state or unable to authenticate data");
    }
    return answer(host.finish(id, this.#tag), outputEncoding);
  }

  #withoutTag(sealed) {
    const end = sealed.length - this.#tagLength;
    this.#tag = Buffer.from(sealed.subarray(end));
    return sealed.subarray(0, end);
  }

  setAutoPadding(autoPadding = true) {
    if (this.#id !== undefined || this.#isFinal) throw invalidState("setAutoPadding");
    this.#padding = autoPadding ? "PKCS5Padding" : "NoPadding";
    return this;
  }

  setAAD(data, options) {
    host.updateAad(this.#opened(), encoded(data, options?.encoding));
    return this;
  }

  static tagOf(cipher) {
    if (!cipher.#isFinal || cipher.#tag === undefined) throw invalidState("getAuthTag");
    return cipher.#tag;
  }

  static setTag(cipher, tag) {
    if (cipher.#isFinal || cipher.#tag !== undefined || !cipher.#isAuthenticated()) throw invalidState("setAuthTag");
    if (cipher.#id !== undefined && tag.length !== cipher.#tagLength) throw invalidState("setAuthTag");
    cipher.#tag = tag;
  }

  _transform(chunk, encoding, callback) {
    this.push(this.update(chunk, encoding));
    callback();
  }

  _flush(callback) {
    let rest;
    try {
      rest = this.final();
    } catch (error) {
      callback(error);
      return;
    }
    this.push(rest);
    callback();
  }
}

const { tagOf, setTag } = Running;
delete Running.tagOf;
delete Running.setTag;

function invalidState(operation) {
  return nodeError("ERR_CRYPTO_INVALID_STATE", `Invalid state for operation ${operation}`);
}

export class Cipheriv extends Running {
  constructor(cipher, key, iv, options) {
    super("encrypt", cipher, key, iv, options);
  }

  getAuthTag() {
    return tagOf(this);
  }
}

export class Decipheriv extends Running {
  constructor(cipher, key, iv, options) {
    super("decrypt", cipher, key, iv, options);
  }

  setAuthTag(tag, encoding) {
    setTag(this, Buffer.from(encoded(tag, encoding, "tag")));
    return this;
  }
}

export function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

export function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}
