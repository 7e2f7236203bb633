// QuickJS's FILE objects - https://bellard.org/quickjs/quickjs.html#FILE-prototype
import * as fs from "host:fs";
import * as process from "host:process";
import { Buffer } from "internal:buffer/class";
import { sprintf } from "internal:printf";

export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;

const CHUNK = 4096;
const NEW_LINE = 10;

function bytesOf(buffer, position, length) {
  return new Uint8Array(buffer, position, length);
}

/** An open file. Reads go through a chunk of its own; writes go straight out. */
export class StdFile {
  #fd;
  #isStream;
  #position = 0;
  #appends;
  #ahead = new Uint8Array(0);
  #eof = false;
  #closed = false;

  constructor(fd, { isStream = false, appends = false } = {}) {
    this.#fd = fd;
    this.#isStream = isStream;
    this.#appends = appends;
  }

  #check() {
    if (this.#closed) throw new TypeError("invalid file handle");
  }

  fileno() {
    this.#check();
    return this.#fd;
  }

  close() {
    this.#check();
    this.#closed = true;
    if (!this.#isStream) fs.close(this.#fd);
    return 0;
  }

  puts(...texts) {
    this.#check();
    for (const text of texts) this.#put(Buffer.from(`${text}`));
  }

  printf(format, ...args) {
    const text = sprintf(format, ...args);
    this.puts(text);
    return text.length;
  }

  flush() {
    this.#check();
    return 0;
  }

  write(buffer, position, length) {
    this.#check();
    this.#put(bytesOf(buffer, position, length));
    return length;
  }

  putByte(byte) {
    this.#check();
    this.#put(Uint8Array.of(byte));
    return byte & 255;
  }

  #put(bytes) {
    if (this.#isStream) {
      process.write(this.#fd, bytes);
      return;
    }
    this.#dropAhead();
    fs.write(this.#fd, bytes, this.#appends ? -1 : this.#position);
    this.#position += bytes.length;
  }

  #dropAhead() {
    this.#position -= this.#ahead.length;
    this.#ahead = new Uint8Array(0);
  }

  /** At least one more byte in #ahead, or false at the end. */
  #fill() {
    if (this.#isStream) throw new Error("Standard input can't be read without waiting: use process.stdin.");
    const chunk = fs.read(this.#fd, CHUNK, this.#position);
    this.#position += chunk.length;
    if (chunk.length === 0) {
      this.#eof = true;
      return false;
    }
    this.#ahead = Buffer.concat([this.#ahead, chunk]);
    return true;
  }

  #take(count) {
    const taken = this.#ahead.subarray(0, count);
    this.#ahead = this.#ahead.subarray(count);
    return taken;
  }

  read(buffer, position, length) {
    this.#check();
    while (this.#ahead.length < length && this.#fill());
    const bytes = this.#take(Math.min(length, this.#ahead.length));
    bytesOf(buffer, position, bytes.length).set(bytes);
    return bytes.length;
  }

  getByte() {
    this.#check();
    if (this.#ahead.length === 0 && !this.#fill()) return -1;
    return this.#take(1)[0];
  }

  /** A line without its end, or null. */
  getline() {
    this.#check();
    for (let searched = 0; ; ) {
      const end = this.#ahead.indexOf(NEW_LINE, searched);
      if (end >= 0) {
        const line = Buffer.from(this.#take(end)).toString();
        this.#take(1);
        return line;
      }
      searched = this.#ahead.length;
      if (!this.#fill()) return searched === 0 ? null : Buffer.from(this.#take(searched)).toString();
    }
  }

  readAsString(max = Infinity) {
    this.#check();
    while (this.#ahead.length < max && this.#fill());
    return Buffer.from(this.#take(Math.min(max, this.#ahead.length))).toString();
  }

  seek(offset, whence) {
    this.#check();
    const target = Number(offset);
    const size = () => JSON.parse(fs.fstat(this.#fd)).size;
    const base = whence === SEEK_CUR ? this.tell() : whence === SEEK_END ? size() : 0;
    if (base + target < 0) return -22;
    this.#ahead = new Uint8Array(0);
    this.#position = base + target;
    this.#eof = false;
    return 0;
  }

  tell() {
    this.#check();
    return this.#position - this.#ahead.length;
  }

  tello() {
    return BigInt(this.tell());
  }

  eof() {
    this.#check();
    return this.#eof && this.#ahead.length === 0;
  }

  error() {
    this.#check();
    return false;
  }

  clearerr() {
    this.#check();
    this.#eof = false;
  }
}

Object.defineProperty(StdFile.prototype, Symbol.toStringTag, { value: "FILE", configurable: true });
