// fs.Stats and fs.Dirent.
import { constants } from "internal:fs/constants";

const FILE_TYPES = { file: constants.S_IFREG, directory: constants.S_IFDIR, link: constants.S_IFLNK, other: constants.S_IFCHR };

export function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}

for (const name of ["atime", "mtime", "ctime", "birthtime"]) {
  Object.defineProperty(Stats.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return new Date(Math.round(Number(this[`${name}Ms`])));
    },
    set(value) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

function typeCheck(type) {
  return function () {
    return (Number(this.mode) & constants.S_IFMT) === type;
  };
}

Object.assign(Stats.prototype, {
  isDirectory: typeCheck(constants.S_IFDIR),
  isFile: typeCheck(constants.S_IFREG),
  isSymbolicLink: typeCheck(constants.S_IFLNK),
  isBlockDevice: typeCheck(constants.S_IFBLK),
  isCharacterDevice: typeCheck(constants.S_IFCHR),
  isFIFO: typeCheck(constants.S_IFIFO),
  isSocket: typeCheck(constants.S_IFSOCK),
});

export function statsFrom(json, { bigint = false } = {}) {
  const it = JSON.parse(json);
  const values = [
    it.device, FILE_TYPES[it.kind] | it.mode, it.links, it.uid, it.gid, 0, 4096, it.inode, it.size,
    Math.ceil(it.size / 512), it.accessed, it.modified, it.changed, it.created,
  ];
  if (!bigint) return new Stats(...values);
  const stats = new Stats(...values.map((value) => BigInt(Math.trunc(value))));
  for (const name of ["atime", "mtime", "ctime", "birthtime"]) stats[`${name}Ns`] = stats[`${name}Ms`] * 1000000n;
  return stats;
}

const kKind = Symbol("kind");

export class Dirent {
  constructor(name, kind, folder) {
    this.name = name;
    this.parentPath = folder;
    this.path = folder;
    this[kKind] = kind;
  }

  isDirectory() {
    return this[kKind] === "directory";
  }

  isFile() {
    return this[kKind] === "file";
  }

  isSymbolicLink() {
    return this[kKind] === "link";
  }

  isBlockDevice() {
    return false;
  }

  isCharacterDevice() {
    return this[kKind] === "other";
  }

  isFIFO() {
    return false;
  }

  isSocket() {
    return false;
  }
}
