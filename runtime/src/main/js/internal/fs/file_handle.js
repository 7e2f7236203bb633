// FileHandle of fs/promises - https://nodejs.org/api/fs.html#class-filehandle
import * as host from "host:fs";
import { completion } from "internal:completions";
import { EventEmitter } from "node:events";
import { shaped, sync } from "internal:fs/arguments";
import { descriptorsSync, gather, put, readRequest, scatter, vectorRequest, writeRequest } from "internal:fs/descriptors";
import { later, operations } from "internal:fs/operations";
import { kFileHandle, ReadStream, WriteStream } from "internal:fs/streams";
import { createInterface } from "node:readline";

export class FileHandle extends EventEmitter {
  #fd;

  constructor(fd) {
    super();
    this.#fd = fd;
  }

  get fd() {
    return this.#fd;
  }

  get [kFileHandle]() {
    return true;
  }

  #open(syscall) {
    if (this.#fd === -1) throw Object.assign(new Error("file closed"), { code: "EBADF", syscall });
    return this.#fd;
  }

  async read(...args) {
    const request = readRequest(this.#open("read"), args);
    const chunk = await this.#completed("read", host.readLater(this.#fd, request.count, request.position));
    return { bytesRead: put(request, chunk), buffer: request.buffer };
  }

  async readv(...args) {
    const request = vectorRequest(this.#open("read"), args);
    const chunk = await this.#completed("read", host.readLater(this.#fd, request.count, request.position));
    return { bytesRead: scatter(request, chunk), buffers: request.buffers };
  }

  async write(...args) {
    const request = writeRequest(this.#open("write"), args);
    const bytesWritten = await this.#completed("write", host.writeLater(this.#fd, request.bytes, request.position));
    return { bytesWritten, buffer: request.data };
  }

  async writev(...args) {
    const request = vectorRequest(this.#open("write"), args);
    if (request.views.length === 0) return { bytesWritten: 0, buffers: request.buffers };
    const bytesWritten = await this.#completed("write", host.writeLater(this.#fd, gather(request), request.position));
    return { bytesWritten, buffers: request.buffers };
  }

  async #completed(syscall, started) {
    try {
      return await completion(started);
    } catch (error) {
      throw shaped(error, syscall);
    }
  }

  async readFile(options) {
    return operations.readFile(later, this.#open("readFile"), options);
  }

  async writeFile(data, options) {
    return operations.writeFile(later, this.#open("writeFile"), data, options);
  }

  async appendFile(data, options) {
    return operations.writeFile(later, this.#open("appendFile"), data, options);
  }

  readLines(options) {
    return createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  async stat(options) {
    return descriptorsSync.fstatSync(this.#open("fstat"), options);
  }

  async chmod(mode) {
    descriptorsSync.fchmodSync(this.#open("fchmod"), mode);
  }

  async chown(uid, gid) {
    descriptorsSync.fchownSync(this.#open("fchown"), uid, gid);
  }

  async utimes(atime, mtime) {
    descriptorsSync.futimesSync(this.#open("futimes"), atime, mtime);
  }

  async truncate(length = 0) {
    descriptorsSync.ftruncateSync(this.#open("ftruncate"), length);
  }

  async sync() {
    descriptorsSync.fsyncSync(this.#open("fsync"));
  }

  async datasync() {
    descriptorsSync.fsyncSync(this.#open("fdatasync"));
  }

  createReadStream(options) {
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options) {
    return new WriteStream(undefined, { ...options, fd: this });
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
