// Files below the folders that the host has opened for this program. They make up one tree: "." is its root.
import { driver } from "./driver.js";
import { check, systemError } from "./errno.js";
import * as wasi from "./wasi.js";

const FIRST_FD = 3;
const FOLLOW = 1;
const CREATE = 1;
const DIRECTORY = 2;
const EXCLUSIVE = 4;
const TRUNCATE = 8;
const APPEND = 1;

const RIGHT_READ = 2;
const RIGHTS_OF_A_READER = 0x2 | 0x4 | 0x20 | 0x200000 | 0x4000;
const RIGHTS_OF_A_WRITER = 0x40 | 0x4 | 0x8 | 0x20 | 0x400000 | 0x200000 | 0x800000 | 0x100;

const KINDS = { 3: "directory", 4: "file", 7: "link" };
const ENTRY_BYTES = 24;

/** [descriptor, path], longest path first. */
let folders;

function preopened() {
  if (folders !== undefined) return folders;
  folders = [];
  for (let fd = FIRST_FD; driver.fd_prestat_get(fd, wasi.result.address) === 0; fd++) {
    if ((wasi.resultNumber() & 0xff) !== 0) continue;
    // A tag, then the length of the name.
    const length = wasi.resultHigh();
    check(driver.fd_prestat_dir_name(fd, wasi.room.address, length));
    folders.push([fd, normalize(`/${wasi.textAt(0, length).replace(/\0+$/, "")}`)]);
  }
  return folders.sort(([, a], [, b]) => b.length - a.length);
}

/** Another host, other folders. */
export function forgetFolders() {
  folders = undefined;
}

/** An absolute path without "." and "..", and without a slash at its end. */
export function normalize(path) {
  const parts = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The folder that holds a path, and the rest of the path. */
function locate(path) {
  const whole = normalize(path);
  for (const [fd, folder] of preopened()) {
    if (whole === folder) return [fd, "."];
    if (folder === "/") return [fd, whole.slice(1)];
    if (whole.startsWith(`${folder}/`)) return [fd, whole.slice(folder.length + 1)];
  }
  throw systemError("ENOENT");
}

/** Calls call(fd, address of the path, its length). */
function at(path, call) {
  const [fd, rest] = locate(path);
  const length = wasi.put(rest);
  check(call(fd, wasi.room.address, length));
}

// ---- Whole files ----

export function stat(path, follow = true) {
  const [fd, rest] = locate(path);
  const length = wasi.put(rest, 64);
  check(driver.path_filestat_get(fd, follow ? FOLLOW : 0, wasi.room.address + 64, length, wasi.room.address));
  return status();
}

export function fstat(fd) {
  check(driver.fd_filestat_get(fd, wasi.room.address));
  return status();
}

/** filestat: dev, ino, filetype, nlink, size, atim, mtim, ctim. */
function status() {
  const milliseconds = (offset) => wasi.wideAt(offset) / 1e6;
  return {
    kind: KINDS[wasi.byteAt(16)] ?? "other",
    dev: wasi.wideAt(0),
    ino: wasi.wideAt(8),
    nlink: wasi.wideAt(24),
    size: wasi.wideAt(32),
    atimeMs: milliseconds(40),
    mtimeMs: milliseconds(48),
    ctimeMs: milliseconds(56),
  };
}

/** "file", "directory", … or undefined when there is nothing. */
export function kindOf(path) {
  try {
    return stat(path).kind;
  } catch {
    return undefined;
  }
}

export function readFile(path) {
  const fd = open(path, "r");
  try {
    const parts = [];
    let length = 0;
    for (;;) {
      const part = wasi.read(fd);
      if (part.length === 0) break;
      parts.push(part);
      length += part.length;
    }
    const whole = new Uint8Array(length);
    let offset = 0;
    for (const part of parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  } finally {
    close(fd);
  }
}

export function writeFile(path, bytes, flags) {
  const fd = open(path, flags);
  try {
    wasi.write(fd, bytes);
  } finally {
    close(fd);
  }
}

// ---- Descriptors ----

/** Flags as Node names them. */
export function open(path, flags) {
  const reads = flags.startsWith("r") || flags.includes("+");
  const writes = !flags.startsWith("r") || flags.includes("+");
  const creates = flags.startsWith("w") || flags.startsWith("a");
  const oflags =
    (creates ? CREATE : 0) | (flags.includes("x") ? EXCLUSIVE : 0) | (flags.startsWith("w") ? TRUNCATE : 0);
  const rights = (reads ? RIGHTS_OF_A_READER | RIGHT_READ : 0) | (writes ? RIGHTS_OF_A_WRITER : 0);
  return openWith(path, oflags, rights, flags.startsWith("a") ? APPEND : 0);
}

function openWith(path, oflags, rights, fdflags) {
  at(path, (fd, address, length) =>
    driver.path_open(fd, FOLLOW, address, length, oflags, rights, 0, fdflags, wasi.result.address),
  );
  return wasi.resultNumber();
}

export function close(fd) {
  check(driver.fd_close(fd));
}

export function truncateDescriptor(fd, length) {
  check(driver.fd_filestat_set_size(fd, length));
}

// ---- Folders and names ----

/** [name, kind, …] */
export function readdir(path) {
  const fd = openWith(path, DIRECTORY, RIGHTS_OF_A_READER, 0);
  try {
    return entries(fd);
  } finally {
    close(fd);
  }
}

function entries(fd) {
  const found = [];
  for (let cookie = 0; ; ) {
    check(driver.fd_readdir(fd, wasi.room.address, wasi.room.length, cookie, wasi.result.address));
    const filled = wasi.resultNumber();
    let offset = 0;
    while (offset + ENTRY_BYTES <= filled) {
      const length = wasi.numberAt(offset + 16);
      // The last entry may be cut off: it comes again.
      if (offset + ENTRY_BYTES + length > filled) break;
      const name = wasi.textAt(offset + ENTRY_BYTES, length);
      if (name !== "." && name !== "..") found.push(name, KINDS[wasi.byteAt(offset + 20)] ?? "other");
      cookie = wasi.wideAt(offset);
      offset += ENTRY_BYTES + length;
    }
    if (filled < wasi.room.length || offset === 0) return found;
  }
}

export const mkdir = (path) => at(path, driver.path_create_directory);
export const rmdir = (path) => at(path, driver.path_remove_directory);
export const unlink = (path) => at(path, driver.path_unlink_file);

export function rename(from, to) {
  const [fromFd, fromRest] = locate(from);
  const [toFd, toRest] = locate(to);
  const fromLength = wasi.put(fromRest);
  const toLength = wasi.put(toRest, fromLength);
  const { address } = wasi.room;
  check(driver.path_rename(fromFd, address, fromLength, toFd, address + fromLength, toLength));
}

export function readlink(path) {
  const [fd, rest] = locate(path);
  const length = wasi.put(rest);
  const target = wasi.room.address + length;
  check(driver.path_readlink(fd, wasi.room.address, length, target, wasi.room.length - length, wasi.result.address));
  return wasi.textAt(length, wasi.resultNumber());
}

/** Times in milliseconds. */
export function utimes(path, accessed, modified) {
  const SET_BOTH = 1 | 4;
  at(path, (fd, address, length) =>
    driver.path_filestat_set_times(fd, FOLLOW, address, length, accessed * 1e6, modified * 1e6, SET_BOTH),
  );
}
