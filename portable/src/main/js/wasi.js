// WASI preview 1 in terms of JavaScript: numbers and bytes pass through one piece of this program's memory.
import { driver } from "./driver.js";
import { check, codeOf, EAGAIN, systemError } from "./errno.js";

/** Results of single numbers, vectors, subscriptions and events lie before the data. */
const RESULT = 0;
const SECOND_RESULT = 8;
const VECTOR = 16;
const SUBSCRIPTIONS = 64;
const SUBSCRIPTION_BYTES = 48;
const EVENTS = 192;
const EVENT_BYTES = 32;
const DATA = 512;
const DATA_BYTES = 64 * 1024;

const REALTIME = 0;
const MONOTONIC = 1;
const CLOCK_EVENT = 0;
const READ_EVENT = 1;
const STDIN = 0;

const memory = new ArrayBuffer(DATA + DATA_BYTES);
const address = driver.address(memory);
const view = new DataView(memory);
const bytes = new Uint8Array(memory);

export const room = { address: address + DATA, length: DATA_BYTES, bytes: bytes.subarray(DATA) };
export const result = { address: address + RESULT, second: address + SECOND_RESULT };

export const resultNumber = () => view.getUint32(RESULT, true);
/** The second half of a result of two numbers. */
export const resultHigh = () => view.getUint32(RESULT + 4, true);
export const secondNumber = () => view.getUint32(SECOND_RESULT, true);

/** A u64 in the room, as a number. */
export const wideAt = (offset) => Number(view.getBigUint64(DATA + offset, true));
export const numberAt = (offset) => view.getUint32(DATA + offset, true);
export const byteAt = (offset) => bytes[DATA + offset];

/** Nothing that was read or written stays in this program's memory, of which a copy may be made. */
export function forget() {
  bytes.fill(0);
}

// ---- Text ----

/** UTF-8; half a surrogate pair becomes U+FFFD. */
export function encode(text) {
  return driver.encode(text.isWellFormed() ? text : text.toWellFormed());
}

/** Text in the room. */
export function textAt(offset, length) {
  return decode(bytes.subarray(DATA + offset, DATA + offset + length));
}

/** Valid UTF-8. */
export function decode(text) {
  return driver.decode(driver.address(text.buffer) + text.byteOffset, text.byteLength);
}

/** Puts text into the room; its length. */
export function put(text, offset = 0) {
  const encoded = encode(text);
  if (encoded.length > DATA_BYTES - offset) throw systemError("ENAMETOOLONG");
  bytes.set(encoded, DATA + offset);
  return encoded.length;
}

// ---- Streams ----

function vector(length, offset = 0) {
  view.setUint32(VECTOR, address + DATA + offset, true);
  view.setUint32(VECTOR + 4, length, true);
  return address + VECTOR;
}

/** Writes all of it, waiting as long as that takes; at a position, which may be -1 for where the last one ended. */
export function write(fd, data, position = -1) {
  for (let at = 0; at < data.length; at += DATA_BYTES) {
    const piece = data.subarray(at, at + DATA_BYTES);
    bytes.set(piece, DATA);
    for (let written = 0; written < piece.length; ) {
      const vectors = vector(piece.length - written, written);
      const errno =
        position < 0
          ? driver.fd_write(fd, vectors, 1, result.address)
          : driver.fd_pwrite(fd, vectors, 1, position + at + written, result.address);
      if (errno === EAGAIN) {
        poll(1, false);
        continue;
      }
      check(errno);
      written += resultNumber();
    }
  }
}

/** What is there, at most so many bytes; none at the end. Waits for the first. */
export function read(fd, most = DATA_BYTES, position = -1) {
  for (;;) {
    const vectors = vector(Math.min(most, DATA_BYTES));
    const errno =
      position < 0
        ? driver.fd_read(fd, vectors, 1, result.address)
        : driver.fd_pread(fd, vectors, 1, position, result.address);
    if (errno !== EAGAIN) {
      check(errno);
      return bytes.slice(DATA, DATA + resultNumber());
    }
    poll(1, false);
  }
}

// ---- Time ----

function clock(id) {
  check(driver.clock_time_get(id, 1, address + DATA));
  return view.getBigUint64(DATA, true);
}

/** Nanoseconds from an arbitrary start. */
export const nanoseconds = () => clock(MONOTONIC);
/** Milliseconds, with fractions, from an arbitrary start. */
export const monotonic = () => Number(nanoseconds()) / 1e6;
/** Milliseconds, with fractions, since 1970. */
export const realtime = () => Number(clock(REALTIME)) / 1e6;

/**
 * Waits that many milliseconds (Infinity: however long) or, if wanted, until standard input has something or is at its
 * end; whether it has.
 */
export function poll(milliseconds, input) {
  bytes.fill(0, SUBSCRIPTIONS, SUBSCRIPTIONS + 2 * SUBSCRIPTION_BYTES);
  let count = 0;
  if (milliseconds !== Infinity) {
    const nanos = BigInt(Math.max(0, Math.ceil(milliseconds * 1e6)));
    view.setUint8(SUBSCRIPTIONS + 8, CLOCK_EVENT);
    view.setUint32(SUBSCRIPTIONS + 16, MONOTONIC, true);
    view.setBigUint64(SUBSCRIPTIONS + 24, nanos, true);
    count++;
  }
  if (input) {
    const at = SUBSCRIPTIONS + SUBSCRIPTION_BYTES * count++;
    view.setBigUint64(at, 1n, true);
    view.setUint8(at + 8, READ_EVENT);
    view.setUint32(at + 16, STDIN, true);
  }
  if (count === 0) return false;
  const errno = driver.poll_oneoff(address + SUBSCRIPTIONS, address + EVENTS, count, result.address);
  // Not every host can wait for its input; reading waits as well.
  if (errno !== 0) return waitWithoutPoll(errno, input);
  for (let i = resultNumber() - 1; i >= 0; i--) {
    if (view.getUint8(EVENTS + EVENT_BYTES * i + 10) === READ_EVENT) return true;
  }
  return false;
}

function waitWithoutPoll(errno, input) {
  if (input) return true;
  throw new Error(`This host can't wait: poll_oneoff answers ${codeOf(errno)}.`);
}

// ---- What the program was given ----

function strings(sizes, get) {
  check(sizes(result.address, result.second));
  const [count, size] = [resultNumber(), secondNumber()];
  if (count === 0) return [];
  const list = new ArrayBuffer(4 * count + size);
  const start = driver.address(list);
  check(get(start, start + 4 * count));
  const pointers = new DataView(list);
  const data = new Uint8Array(list);
  return Array.from({ length: count }, (_, i) => {
    const from = pointers.getUint32(4 * i, true) - start;
    return decode(data.subarray(from, data.indexOf(0, from)));
  });
}

export const args = () => strings(driver.args_sizes_get, driver.args_get);
export const environment = () =>
  strings(driver.environ_sizes_get, driver.environ_get).map((entry) => {
    const end = entry.indexOf("=", 1);
    return end < 0 ? [entry, ""] : [entry.slice(0, end), entry.slice(end + 1)];
  });

export function random(target) {
  check(driver.random_get(driver.address(target.buffer) + target.byteOffset, target.byteLength));
}

export function exit(code) {
  driver.proc_exit(code & 0xff);
  throw new Error("proc_exit returned.");
}
