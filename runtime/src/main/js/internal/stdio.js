// process.stdin, stdout and stderr, made when first asked for.
import * as host from "host:process";
import { completion } from "internal:completions";
import { openedStdio } from "internal:stdio_state";
import { Readable, Writable } from "node:stream";
import { Buffer } from "internal:buffer/class";

class OutputStream extends Writable {
  constructor(fd) {
    super({ decodeStrings: false, emitClose: false, autoDestroy: false });
    this.fd = fd;
    this._type = host.isTty(fd) ? "tty" : "pipe";
    this._isStdio = true;
    if (this._type === "tty") {
      this.isTTY = true;
      this.columns = 80;
      this.rows = 24;
    }
  }

  _write(chunk, encoding, callback) {
    if (typeof chunk === "string" && isUtf8(encoding)) host.writeText(this.fd, chunk);
    else host.write(this.fd, typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    callback();
  }

  /** Standard streams outlive whoever destroys them. */
  _destroy(error, callback) {
    callback(error);
  }

  getColorDepth() {
    return this.isTTY ? 8 : 1;
  }

  hasColors(count = 16) {
    return count <= 2 ** this.getColorDepth() && this.isTTY === true;
  }

  getWindowSize() {
    return [this.columns, this.rows];
  }
}

function isUtf8(encoding) {
  return encoding === "utf8" || encoding === "utf-8";
}

class InputStream extends Readable {
  constructor() {
    super({ highWaterMark: 65536 });
    this.fd = 0;
    if (host.isTty(0)) this.isTTY = true;
  }

  _read() {
    completion(host.read()).then((bytes) => this.push(bytes === null ? null : Buffer.from(bytes.buffer)), (error) => this.destroy(error));
  }

  setRawMode() {
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }
}

const makers = {
  stdin: () => new InputStream(),
  stdout: () => new OutputStream(1),
  stderr: () => new OutputStream(2),
};

export function stdio(name) {
  return (openedStdio[name] ??= makers[name]());
}
