// fs.ReadStream and fs.WriteStream - https://nodejs.org/api/fs.html#fscreatereadstreampath-options
import * as host from "host:fs";
import { completion } from "internal:completions";
import { codes } from "internal:node_errors";
import { absolute, bytesOf, flagsOf, optionsOf, pathOf, shaped } from "internal:fs/arguments";
import { Buffer } from "internal:buffer/class";
import { Readable, Writable } from "node:stream";
import { validateInteger } from "internal:validators";

const { ERR_OUT_OF_RANGE } = codes;

/** Opens for _construct; a given descriptor is used as it is. */
function open(stream, flags, callback) {
  if (stream.fd !== null) {
    callback();
    return;
  }
  completion(host.openLater(absolute(stream.path), flagsOf(flags))).then((fd) => {
    stream.fd = fd;
    callback();
    stream.emit("open", fd);
    stream.emit("ready");
  }, (error) => callback(shaped(error, "open", stream.path)));
}

function closeFile(stream, error, callback) {
  const { fd } = stream;
  stream.fd = null;
  if (fd !== null && stream._ownsFd) {
    try {
      host.close(fd);
    } catch (failure) {
      error ??= shaped(failure, "close");
    }
  }
  callback(error);
}

/** What is to be read or written; refused before there is a stream that would open it. */
function fileOf(path, options) {
  const fd = typeof options.fd === "number" ? options.fd : (options.fd?.fd ?? null);
  return fd === null ? { fd, path: pathOf(path) } : { fd };
}

function setUp(stream, file, options) {
  Object.assign(stream, file);
  stream._ownsFd = options.autoClose ?? true;
  stream.flags = options.flags;
}

export class ReadStream extends Readable {
  constructor(path, options) {
    const settings = optionsOf(options, { flags: "r", end: Infinity });
    if (settings.start !== undefined) validateInteger(settings.start, "start", 0);
    if (settings.end !== Infinity) validateInteger(settings.end, "end", 0);
    if (settings.start !== undefined && settings.start > settings.end) {
      throw new ERR_OUT_OF_RANGE("start", `<= "end" (here: ${settings.end})`, settings.start);
    }
    const file = fileOf(path, settings);
    // _construct runs inside super(): what it needs must not be a field.
    super({
      highWaterMark: settings.highWaterMark ?? 65536,
      encoding: settings.encoding,
      emitClose: settings.emitClose ?? true,
      autoDestroy: settings.autoClose ?? true,
      signal: settings.signal,
    });
    setUp(this, file, settings);
    this.start = settings.start;
    this.end = settings.end;
    this.pos = settings.start;
    this.bytesRead = 0;
  }

  _construct(callback) {
    open(this, this.flags, callback);
  }

  _read(size) {
    const limit = this.pos === undefined ? this.end - this.bytesRead + 1 : this.end - this.pos + 1;
    const count = Math.min(limit, size);
    if (count <= 0) {
      this.push(null);
      return;
    }
    completion(host.readLater(this.fd, count, this.pos ?? -1)).then((bytes) => {
      if (this.destroyed) return;
      if (bytes.length === 0) {
        this.push(null);
        return;
      }
      if (this.pos !== undefined) this.pos += bytes.length;
      this.bytesRead += bytes.length;
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }, (error) => this.destroy(shaped(error, "read")));
  }

  _destroy(error, callback) {
    closeFile(this, error, callback);
  }

  close(callback) {
    if (callback) this.once("close", callback);
    this.destroy();
  }

  get pending() {
    return this.fd === null;
  }
}

export class WriteStream extends Writable {
  constructor(path, options) {
    const settings = optionsOf(options, { flags: "w" });
    if (settings.start !== undefined) validateInteger(settings.start, "start", 0);
    const file = fileOf(path, settings);
    super({
      highWaterMark: settings.highWaterMark ?? 16384,
      emitClose: settings.emitClose ?? true,
      autoDestroy: settings.autoClose ?? true,
      decodeStrings: false,
      signal: settings.signal,
    });
    setUp(this, file, settings);
    this.start = settings.start;
    this.pos = settings.start;
    this.bytesWritten = 0;
    if (settings.encoding) this.setDefaultEncoding(settings.encoding);
  }

  _construct(callback) {
    open(this, this.flags, callback);
  }

  _write(chunk, encoding, callback) {
    const bytes = bytesOf(chunk, encoding);
    completion(host.writeLater(this.fd, bytes, this.pos ?? -1)).then((count) => {
      this.bytesWritten += count;
      if (this.pos !== undefined) this.pos += count;
      callback();
    }, (error) => callback(shaped(error, "write")));
  }

  _destroy(error, callback) {
    closeFile(this, error, callback);
  }

  close(callback) {
    if (callback) {
      if (this.closed) queueMicrotask(callback);
      else this.once("close", callback);
    }
    this.end();
  }

  get pending() {
    return this.fd === null;
  }
}

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

/** Callable without new, as old programs do. */
function callable(Class) {
  return new Proxy(Class, { apply: (target, _, args) => new target(...args) });
}

export const CallableReadStream = callable(ReadStream);
export const CallableWriteStream = callable(WriteStream);
