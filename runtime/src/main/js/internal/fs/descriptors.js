// Calls on open files: fs.read, fs.write and their kin in all their argument forms.
import * as host from "host:fs";
import { Buffer } from "internal:buffer/class";
import { codes } from "internal:node_errors";
import { bytesOf, modeOf, secondsOf, sync, validateOwner } from "internal:fs/arguments";
import { keepOwner } from "internal:fs/operations";
import { statsFrom } from "internal:fs/stats";
import { validateBuffer, validateInteger } from "internal:validators";

const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;

export function checkFd(fd) {
  validateInteger(fd, "fd", 0, 2147483647);
  return fd;
}

/** (fd, buffer, offset, length, position), (fd, buffer, options) or (fd, options) → where the bytes go. */
export function readRequest(fd, [buffer, offset, length, position]) {
  checkFd(fd);
  if (buffer === undefined || buffer === null) buffer = Buffer.alloc(16384);
  if (!ArrayBuffer.isView(buffer) && typeof buffer === "object" && buffer !== null) {
    ({ buffer = Buffer.alloc(16384), offset, length, position } = buffer);
  } else if (typeof offset === "object" && offset !== null) {
    ({ offset, length, position } = offset);
  }
  validateBuffer(buffer);
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const start = offset ?? 0;
  validateInteger(start, "offset", 0);
  const count = length ?? bytes.length - start;
  validateInteger(count, "length", 0);
  if (count > bytes.length - start) throw new ERR_OUT_OF_RANGE("length", `<= ${bytes.length - start}`, count);
  return { buffer, bytes, start, count, position: positionOf(position) };
}

function positionOf(position) {
  if (position === null || position === undefined || position === -1) return -1;
  const number = Number(position);
  validateInteger(number, "position", 0);
  return number;
}

export function put(request, chunk) {
  request.bytes.set(chunk, request.start);
  return chunk.length;
}

/** (fd, buffer, offset, length, position), (fd, buffer, options) or (fd, string, position, encoding) */
export function writeRequest(fd, [data, offset, length, position]) {
  checkFd(fd);
  if (typeof data === "string") return { data, bytes: bytesOf(data, length), position: positionOf(offset) };
  if (typeof offset === "object" && offset !== null) ({ offset, length, position } = offset);
  const bytes = bytesOf(data, undefined, "buffer");
  const start = offset ?? 0;
  validateInteger(start, "offset", 0, bytes.length);
  const count = length ?? bytes.length - start;
  validateInteger(count, "length", 0, bytes.length - start);
  return { data, bytes: bytes.subarray(start, start + count), position: positionOf(position) };
}

/** (fd, buffers, position) → one request over all of them. */
export function vectorRequest(fd, [buffers, position]) {
  checkFd(fd);
  if (!Array.isArray(buffers) || !buffers.every((buffer) => ArrayBuffer.isView(buffer))) {
    throw new ERR_INVALID_ARG_TYPE("buffers", "ArrayBufferView[]", buffers);
  }
  const views = buffers.map((buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
  const count = views.reduce((sum, { length }) => sum + length, 0);
  return { buffers, views, count, position: typeof position === "number" ? positionOf(position) : -1 };
}

export function scatter({ views }, chunk) {
  let start = 0;
  for (const view of views) {
    view.set(chunk.subarray(start, start + view.length));
    start += view.length;
  }
  return chunk.length;
}

export function gather({ views }) {
  return Buffer.concat(views);
}

export const descriptorsSync = {
  closeSync(fd) {
    sync("close", undefined, undefined, () => host.close(checkFd(fd)));
  },
  readSync(fd, ...args) {
    const request = readRequest(fd, args);
    return put(request, sync("read", undefined, undefined, () => host.read(fd, request.count, request.position)));
  },
  writeSync(fd, ...args) {
    const { bytes, position } = writeRequest(fd, args);
    return sync("write", undefined, undefined, () => host.write(fd, bytes, position));
  },
  readvSync(fd, ...args) {
    const request = vectorRequest(fd, args);
    return scatter(request, sync("read", undefined, undefined, () => host.read(fd, request.count, request.position)));
  },
  writevSync(fd, ...args) {
    const request = vectorRequest(fd, args);
    if (request.views.length === 0) return 0;
    return sync("write", undefined, undefined, () => host.write(fd, gather(request), request.position));
  },
  fchmodSync(fd, mode) {
    checkFd(fd);
    const bits = modeOf(mode);
    sync("fchmod", undefined, undefined, () => host.fchmod(fd, bits));
  },
  fchownSync(fd, uid, gid) {
    checkFd(fd);
    validateOwner(uid, gid);
    keepOwner(sync("fchown", undefined, undefined, () => host.fstat(fd)), uid, gid, "fchown");
  },
  futimesSync(fd, atime, mtime) {
    checkFd(fd);
    const [accessed, modified] = [secondsOf(atime, "atime"), secondsOf(mtime, "mtime")];
    sync("futime", undefined, undefined, () => host.futimes(fd, accessed * 1000, modified * 1000));
  },
  fstatSync(fd, options) {
    return statsFrom(sync("fstat", undefined, undefined, () => host.fstat(checkFd(fd))), options);
  },
  ftruncateSync(fd, length = 0) {
    sync("ftruncate", undefined, undefined, () => host.ftruncate(checkFd(fd), length));
  },
  /** Java writes through: nothing is held back. */
  fsyncSync(fd) {
    sync("fsync", undefined, undefined, () => host.fstat(checkFd(fd)));
  },
};
