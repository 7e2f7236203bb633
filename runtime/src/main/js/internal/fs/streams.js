// fs.ReadStream and fs.WriteStream - https://nodejs.org/api/fs.html#fscreatereadstreampath-options
// As on Node they are functions, which old programs call without new and inherit from, and they use what the fs of
// their options has, or node:fs as the program has patched it.
import * as host from "host:fs";
import { completion } from "internal:completions";
import { codes } from "internal:node_errors";
import { optionsOf, pathOf, shaped } from "internal:fs/arguments";
import { Buffer } from "internal:buffer/class";
import { systemError } from "internal:system_errors";
import { nextTick } from "internal:ticks";
import { finished, Readable, Writable } from "node:stream";
import { validateBoolean, validateFunction, validateInteger } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE } = codes;
const kFs = Symbol("fs");
const kBusy = Symbol("busy");
const kIdle = Symbol("idle");

/** Marks what a stream takes for a FileHandle. */
export const kFileHandle = Symbol("FileHandle");

let nodeFs;
let plainRead;

/** node:fs, which imports this module. */
export function useFs(fs) {
  nodeFs = fs;
  plainRead = fs.read;
}

function answering(promise, callback) {
  promise.then((value) => nextTick(callback, null, ...value), (error) => nextTick(callback, error));
}

function operationsOf(handle) {
  return {
    open() {
      throw new ERR_METHOD_NOT_IMPLEMENTED("open()");
    },
    close(_fd, callback) {
      answering(handle.close().then(() => []), callback);
    },
    fsync(_fd, callback) {
      answering(handle.sync().then(() => []), callback);
    },
    read(_fd, buffer, offset, length, position, callback) {
      answering(handle.read(buffer, offset, length, position).then((it) => [it.bytesRead, it.buffer]), callback);
    },
    write(_fd, buffer, offset, length, position, callback) {
      answering(handle.write(buffer, offset, length, position).then((it) => [it.bytesWritten, it.buffer]), callback);
    },
    writev(_fd, buffers, position, callback) {
      answering(handle.writev(buffers, position).then((it) => [it.bytesWritten, it.buffers]), callback);
    },
  };
}

function descriptorOf(stream, { fd, fs }) {
  if (typeof fd === "number") {
    stream[kFs] = fs ?? nodeFs;
    validateInteger(fd, "fd", 0, 2147483647);
    return fd;
  }
  if (fd?.[kFileHandle]) {
    if (fs) throw new ERR_METHOD_NOT_IMPLEMENTED("FileHandle with fs");
    stream[kFs] = operationsOf(fd);
    fd.on("close", stream.close.bind(stream));
    return fd.fd;
  }
  throw new ERR_INVALID_ARG_TYPE("options.fd", ["number", "FileHandle"], fd);
}

function setUp(stream, path, options, flags) {
  if (options.fd === undefined || options.fd === null) {
    stream.fd = null;
    stream[kFs] = options.fs ?? nodeFs;
    validateFunction(stream[kFs].open, "options.fs.open");
    pathOf(path);
    stream.path = path?.href === undefined || typeof path === "string" ? path : pathOf(path);
    stream.flags = options.flags ?? flags;
    stream.mode = options.mode ?? 0o666;
  } else {
    stream.fd = descriptorOf(stream, options);
  }
  options.autoDestroy = options.autoClose ?? true;
  if (options.autoDestroy) validateFunction(stream[kFs].close, "options.fs.close");
  stream.start = options.start;
  stream.pos = undefined;
  stream[kBusy] = false;
  if (stream.start !== undefined) {
    validateInteger(stream.start, "start", 0);
    stream.pos = stream.start;
  }
}

function construct(callback) {
  if (typeof this.fd === "number") {
    callback();
    return;
  }
  if (this.open !== openRead && this.open !== openWrite) {
    openPatched(this, callback);
    return;
  }
  this[kFs].open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    this.fd = fd;
    callback();
    this.emit("open", fd);
    this.emit("ready");
  });
}

/** Programs of old put an open() of their own on the stream, which tells by its events how it went. */
function openPatched(stream, callback) {
  const { emit } = stream;
  stream.emit = function (...args) {
    const [event, value] = args;
    if (event === "open" || event === "error") {
      this.emit = emit;
      callback(event === "error" ? value : undefined);
      if (event === "error") return true;
    }
    return emit.apply(this, args);
  };
  stream.open();
}

function destroyWhenIdle(error, callback) {
  if (this[kBusy]) this.once(kIdle, (failure) => closeFile(this, error ?? failure, callback));
  else closeFile(this, error, callback);
}

function closeFile(stream, error, callback) {
  const { fd } = stream;
  if (typeof fd !== "number") {
    callback(error);
    return;
  }
  stream.fd = null;
  const close = (failure) => stream[kFs].close(fd, (second) => callback(error ?? failure ?? second));
  if (stream.flush && !error) stream[kFs].fsync(fd, close);
  else close();
}

/** Ends the stream's own work: true when the stream was destroyed meanwhile. */
function idle(stream, error) {
  stream[kBusy] = false;
  if (stream.destroyed) stream.emit(kIdle, error);
  return stream.destroyed;
}

export function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  const settings = { ...optionsOf(options) };
  settings.highWaterMark ??= 65536;
  setUp(this, path, settings, "r");
  validateFunction(this[kFs].read, "options.fs.read");
  this.end = settings.end ?? Infinity;
  if (this.end !== Infinity) {
    validateInteger(this.end, "end", 0);
    if (this.start > this.end) throw new ERR_OUT_OF_RANGE("start", `<= "end" (here: ${this.end})`, this.start);
  }
  this.bytesRead = 0;
  Reflect.apply(Readable, this, [{ ...settings, encoding: undefined }]);
  if (settings.encoding) this.setEncoding(settings.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

function openRead() {
  // Opening is part of the construction.
}

ReadStream.prototype.open = openRead;
ReadStream.prototype._construct = construct;
ReadStream.prototype._destroy = destroyWhenIdle;

ReadStream.prototype._read = function (size) {
  const count = Math.min(this.pos === undefined ? this.end - this.bytesRead + 1 : this.end - this.pos + 1, size);
  if (count <= 0) {
    this.push(null);
    return;
  }
  this[kBusy] = true;
  readChunk(this, count, (error, chunk) => {
    if (idle(this, error)) return;
    if (error) {
      this.destroy(error);
      return;
    }
    if (this.pos !== undefined) this.pos += chunk.length;
    this.bytesRead += chunk.length;
    this.push(chunk.length === 0 ? null : chunk);
  });
};

/** Our own fs.read() would copy what it reads into the buffer. */
function readChunk(stream, count, done) {
  const { fd, pos } = stream;
  if (stream[kFs].read === plainRead) {
    completion(host.readLater(fd, count, pos ?? -1)).then(
      (bytes) => done(null, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      (error) => done(shaped(error, "read")),
    );
    return;
  }
  stream[kFs].read(fd, Buffer.allocUnsafeSlow(count), 0, count, pos, (error, length, buffer) =>
    done(error, error ? undefined : buffer.subarray(0, length)));
}

ReadStream.prototype.close = function (callback) {
  if (typeof callback === "function") finished(this, callback);
  this.destroy();
};

export function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  const settings = { ...optionsOf(options), decodeStrings: true };
  setUp(this, path, settings, "w");
  const { write, writev } = this[kFs];
  if (!write && !writev) throw new ERR_INVALID_ARG_TYPE("options.fs.write", "Function", write);
  if (write) validateFunction(write, "options.fs.write");
  else this._write = null;
  if (writev) validateFunction(writev, "options.fs.writev");
  else this._writev = null;
  if (settings.flush !== undefined && settings.flush !== null) validateBoolean(settings.flush, "options.flush");
  this.flush = settings.flush ?? false;
  if (this.flush && settings.autoDestroy) validateFunction(this[kFs].fsync, "options.fs.fsync");
  this.bytesWritten = 0;
  Reflect.apply(Writable, this, [settings]);
  if (settings.encoding) this.setDefaultEncoding(settings.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

function openWrite() {
  // Opening is part of the construction.
}

WriteStream.prototype.open = openWrite;
WriteStream.prototype._construct = construct;
WriteStream.prototype._destroy = destroyWhenIdle;

/** Writes all of a buffer, at a place or where the file stands; a file that takes nothing six times in a row is an error. */
function writeAll(stream, buffer, position, done) {
  let rest = buffer;
  let at = position;
  let retries = 0;
  const step = () => stream[kFs].write(stream.fd, rest, 0, rest.length, at, (error, count) => {
    const failure = error?.code === "EAGAIN" ? undefined : (error ?? undefined);
    if (stream.destroyed || failure) {
      done(failure);
      return;
    }
    const written = error ? 0 : count;
    stream.bytesWritten += written;
    if (at !== undefined) at += written;
    rest = rest.subarray(written);
    retries = written > 0 ? 0 : retries + 1;
    if (retries > 5) done(systemError("EAGAIN", "write"));
    else if (rest.length > 0) step();
    else done();
  });
  step();
}

/** Takes room for so many bytes: where they go, and what to call when they are written. */
function beginWrite(stream, length, callback) {
  const position = stream.pos;
  if (position !== undefined) stream.pos += length;
  stream[kBusy] = true;
  const done = (error) => {
    stream[kBusy] = false;
    callback(error);
    if (stream.destroyed) stream.emit(kIdle, error);
  };
  return { position, done };
}

WriteStream.prototype._write = function (data, _encoding, callback) {
  const { position, done } = beginWrite(this, data.length, callback);
  writeAll(this, data, position, done);
};

WriteStream.prototype._writev = function (data, callback) {
  const chunks = data.map(({ chunk }) => chunk);
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
  const { position, done } = beginWrite(this, size, callback);
  this[kFs].writev(this.fd, chunks, position, (error, written) => {
    if (error || this.destroyed) {
      done(error ?? undefined);
      return;
    }
    this.bytesWritten += written;
    if (written === size) done();
    else writeAll(this, Buffer.concat(chunks).subarray(written), position === undefined ? undefined : position + written, done);
  });
};

WriteStream.prototype.close = function (callback) {
  if (callback) {
    if (this.closed) {
      nextTick(callback);
      return;
    }
    this.on("close", callback);
  }
  if (!this.autoClose) this.on("finish", this.destroy);
  this.end();
};
WriteStream.prototype.destroySoon = WriteStream.prototype.end;

for (const [Class, state] of [[ReadStream, "_readableState"], [WriteStream, "_writableState"]]) {
  Object.defineProperties(Class.prototype, {
    autoClose: {
      configurable: true,
      get() {
        return this[state].autoDestroy;
      },
      set(value) {
        this[state].autoDestroy = value;
      },
    },
    pending: {
      configurable: true,
      get() {
        return this.fd === null;
      },
    },
  });
}
