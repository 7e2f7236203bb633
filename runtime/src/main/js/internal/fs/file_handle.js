// FileHandle of fs/promises - https://nodejs.org/api/fs.html#class-filehandle
import * as host from "host:fs";
import { completion } from "internal:completions";
import { EventEmitter } from "node:events";
import { shaped, sync } from "internal:fs/arguments";
import { descriptorsSync, put, readRequest, writeRequest } from "internal:fs/descriptors";
import { later, operations } from "internal:fs/operations";
import { CallableReadStream, CallableWriteStream } from "internal:fs/streams";

export class FileHandle extends EventEmitter {
  #fd;

  constructor(fd) {
    super();
    this.#fd = fd;
  }

  get fd() {
    return this.#fd;
  }

  async read(...args) {
    const request = readRequest(this.#fd, args);
    try {
      const chunk = await completion(host.readLater(this.#fd, request.count, request.position));
      return { bytesRead: put(request, chunk), buffer: request.buffer };
    } catch (error) {
      throw shaped(error, "read");
    }
  }

  async write(...args) {
    const request = writeRequest(this.#fd, args);
    try {
      const bytesWritten = await completion(host.writeLater(this.#fd, request.bytes, request.position));
      return { bytesWritten, buffer: request.data };
    } catch (error) {
      throw shaped(error, "write");
    }
  }

  async readFile(options) {
    return operations.readFile(later, this.#fd, options);
  }

  async writeFile(data, options) {
    return operations.writeFile(later, this.#fd, data, options);
  }

  async appendFile(data, options) {
    return operations.writeFile(later, this.#fd, data, options);
  }

  async stat(options) {
    return descriptorsSync.fstatSync(this.#fd, options);
  }

  async truncate(length = 0) {
    descriptorsSync.ftruncateSync(this.#fd, length);
  }

  async sync() {
    descriptorsSync.fsyncSync(this.#fd);
  }

  async datasync() {
    descriptorsSync.fsyncSync(this.#fd);
  }

  createReadStream(options) {
    return new CallableReadStream(undefined, { ...options, fd: this.#fd });
  }

  createWriteStream(options) {
    return new CallableWriteStream(undefined, { ...options, fd: this.#fd });
  }

  async close() {
    if (this.#fd === -1) return;
    const fd = this.#fd;
    this.#fd = -1;
    sync("close", undefined, undefined, () => host.close(fd));
    this.emit("close");
  }

  [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    return this.close();
  }
}
