// stream.duplexPair(): what is written to one side is read from the other.
import Stream from "readable-stream/lib/stream.js";

const kCallback = Symbol("callback");
const kOther = Symbol("other");

class DuplexSide extends Stream.Duplex {
  constructor(options) {
    super(options);
    this[kCallback] = null;
    this[kOther] = null;
  }

  _read() {
    const callback = this[kCallback];
    if (callback === null) return;
    this[kCallback] = null;
    callback();
  }

  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      globalThis.process.nextTick(callback);
      return;
    }
    this[kOther].push(chunk);
    this[kOther][kCallback] = callback;
  }

  _final(callback) {
    this[kOther].on("end", callback);
    this[kOther].push(null);
  }
}

export function duplexPair(options) {
  const sides = [new DuplexSide(options), new DuplexSide(options)];
  sides[0][kOther] = sides[1];
  sides[1][kOther] = sides[0];
  return sides;
}
