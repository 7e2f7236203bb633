// node:fs - https://nodejs.org/api/fs.html
// Within the folders that were granted. What isn't there says so by name.
import * as host from "host:fs";
import { completion } from "internal:completions";
import { notSupported } from "internal:node_errors";
import { callbackOf, secondsOf, shaped, sync } from "internal:fs/arguments";
import { constants } from "internal:fs/constants";
import { Dir, opendirSync } from "internal:fs/dir";
import {
  checkFd, descriptorsSync, gather, put, readRequest, scatter, vectorRequest, writeRequest,
} from "internal:fs/descriptors";
import { later, now, operations } from "internal:fs/operations";
import { Dirent, Stats } from "internal:fs/stats";
import { ReadStream, useFs, WriteStream } from "internal:fs/streams";
import { watch } from "internal:fs/watch";
import { unwatchFile, watchFile } from "internal:fs/watch_file";
import { customPromisifyArgs } from "internal:promisify";
import { capture } from "internal:async_context";
import { nextTick } from "internal:ticks";
import * as promises from "node:fs/promises";

const fs = {};

/** Checks throw at once; the outcome goes to the callback. */
function withCallback(operation) {
  return function (...args) {
    const callback = capture(callbackOf(args));
    args.length--;
    answer(operation(later, ...args), callback);
  };
}

function answer(promise, callback) {
  // A throwing callback is the program's error, not a rejection of ours.
  promise.then(
    (value) => nextTick(callback, null, ...(value === undefined ? [] : [value])),
    (error) => nextTick(callback, error),
  );
}

for (const [name, operation] of Object.entries(operations)) {
  fs[name] = Object.defineProperty(withCallback(operation), "name", { value: name });
  const syncName = `${name}Sync`;
  fs[syncName] = { [syncName]: (...args) => operation(now, ...args) }[syncName];
}

Object.assign(fs, descriptorsSync);

fs.exists = function exists(path, callback) {
  callbackOf([callback]);
  operations.access(later, path).then(() => callback(true), () => callback(false));
};
Object.defineProperty(fs.exists, Symbol.for("nodejs.util.promisify.custom"), {
  value: (path) => new Promise((resolve) => fs.exists(path, resolve)),
});

fs.existsSync = function existsSync(path) {
  try {
    operations.access(now, path);
    return true;
  } catch {
    return false;
  }
};

fs.realpath.native = fs.realpath;
fs.realpathSync.native = fs.realpathSync;

fs.close = function close(fd, callback = () => {}) {
  checkFd(fd);
  callbackOf([callback]);
  sync("close", undefined, undefined, () => host.close(fd));
  nextTick(callback, null);
};

/** Starts what request asks for and passes its outcome on: callback(error, count, data). */
function transfer(callback, syscall, started, count, data) {
  completion(started).then(
    (value) => nextTick(callback, null, count(value), data),
    (error) => nextTick(callback, shaped(error, syscall)),
  );
}

fs.read = function read(fd, ...args) {
  const callback = capture(callbackOf(args));
  const request = readRequest(fd, args.slice(0, -1));
  transfer(callback, "read", host.readLater(fd, request.count, request.position), (chunk) => put(request, chunk), request.buffer);
};
fs.read[customPromisifyArgs] = ["bytesRead", "buffer"];

fs.readv = function readv(fd, ...args) {
  const request = vectorRequest(fd, args);
  const callback = capture(callbackOf(args));
  transfer(callback, "read", host.readLater(fd, request.count, request.position), (chunk) => scatter(request, chunk), request.buffers);
};
fs.readv[customPromisifyArgs] = ["bytesRead", "buffers"];

fs.write = function write(fd, ...args) {
  const callback = capture(callbackOf(args));
  const request = writeRequest(fd, args.slice(0, -1));
  transfer(callback, "write", host.writeLater(fd, request.bytes, request.position), (count) => count, request.data);
};
fs.write[customPromisifyArgs] = ["bytesWritten", "buffer"];

fs.writev = function writev(fd, ...args) {
  const request = vectorRequest(fd, args);
  const callback = capture(callbackOf(args));
  if (request.views.length === 0) nextTick(callback, null, 0, request.buffers);
  else transfer(callback, "write", host.writeLater(fd, gather(request), request.position), (count) => count, request.buffers);
};
fs.writev[customPromisifyArgs] = ["bytesWritten", "buffers"];

for (const name of ["fchmod", "fchown", "fstat", "ftruncate", "fsync", "futimes"]) {
  fs[name] = function (fd, ...args) {
    const callback = callbackOf(args);
    const value = descriptorsSync[`${name}Sync`](fd, ...args.slice(0, -1));
    nextTick(callback, null, value);
  };
}
fs.fdatasync = fs.fsync;
fs.fdatasyncSync = fs.fsyncSync;

fs.opendirSync = opendirSync;
fs.opendir = function opendir(path, ...args) {
  const callback = callbackOf(args);
  answer(promises.opendir(path), callback);
};

fs.createReadStream = (path, options) => new ReadStream(path, options);
fs.createWriteStream = (path, options) => new WriteStream(path, options);

function refuse(name) {
  fs[name] = () => {
    throw notSupported(`fs.${name}()`);
  };
}

for (const name of ["openAsBlob", "glob", "globSync"]) refuse(name);

// As on Node: only macOS has them.
fs.lchmod = fs.lchmodSync = undefined;

/** For process.chdir(). */
Object.defineProperty(fs, Symbol.for("runnel.checkFolder"), {
  enumerable: false,
  value(path, syscall, from, given) {
    const stats = sync(syscall, from, given, () => JSON.parse(host.stat(path, true)));
    if (stats.kind !== "directory") throw shaped({ code: "ENOTDIR" }, syscall, from, given);
  },
});

Object.assign(fs, {
  constants, Dir, Dirent, Stats, ReadStream, WriteStream, FileReadStream: ReadStream, FileWriteStream: WriteStream,
  promises: promises.default, F_OK: constants.F_OK, R_OK: constants.R_OK, W_OK: constants.W_OK, X_OK: constants.X_OK,
  watch, watchFile, unwatchFile, _toUnixTimestamp: secondsOf,
});
useFs(fs);

export const {
  access, accessSync, appendFile, appendFileSync, chmod, chmodSync, chown, chownSync, close, closeSync, copyFile,
  copyFileSync, cp, cpSync, createReadStream, createWriteStream, exists, existsSync, fchmod, fchmodSync, fchown,
  fchownSync, fdatasync, fdatasyncSync, fstat, fstatSync, fsync, fsyncSync, ftruncate, ftruncateSync, futimes,
  futimesSync, lchmod, lchmodSync, lchown, lchownSync, link, linkSync, lstat, lstatSync, lutimes, lutimesSync, mkdir, mkdirSync, mkdtemp,
  mkdtempSync, open, openAsBlob, openSync, opendir, read, readFile, readFileSync, readSync, readdir, readdirSync,
  readlink, readlinkSync, readv, readvSync, realpath, realpathSync, rename, renameSync, rm, rmSync, rmdir, rmdirSync,
  stat, statSync, statfs, statfsSync, symlink, symlinkSync, truncate, truncateSync, unlink, unlinkSync,
  utimes, utimesSync, write, writeFile, writeFileSync, writeSync, writev, writevSync,
  F_OK, R_OK, W_OK, X_OK, _toUnixTimestamp,
} = fs;
const promisesExport = promises.default;
export { ReadStream as FileReadStream, WriteStream as FileWriteStream };
export { constants, Dir, Dirent, opendirSync, promisesExport as promises, ReadStream, Stats, unwatchFile, watch, watchFile, WriteStream };
export default fs;
