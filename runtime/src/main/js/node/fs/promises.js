// node:fs/promises - https://nodejs.org/api/fs.html#promises-api
import { FileHandle } from "internal:fs/file_handle";
import { constants } from "internal:fs/constants";
import { opendir } from "internal:fs/dir";
import { codes } from "internal:node_errors";
import { later, operations } from "internal:fs/operations";
import { watchLater as watch } from "internal:fs/watch";

/** Argument errors reject too. */
function promised(name) {
  const operation = operations[name];
  return {
    async [name](path, ...rest) {
      return operation(later, path instanceof FileHandle ? path.fd : path, ...rest);
    },
  }[name];
}

export const access = promised("access");
export const appendFile = promised("appendFile");
export const chmod = promised("chmod");
export const chown = promised("chown");
export const copyFile = promised("copyFile");
export const cp = promised("cp");
export const lchown = promised("lchown");
export const link = promised("link");
export const lstat = promised("lstat");
export const lutimes = promised("lutimes");
export const mkdir = promised("mkdir");
export const mkdtemp = promised("mkdtemp");
export const readdir = promised("readdir");
export const readFile = promised("readFile");
export const readlink = promised("readlink");
export const realpath = promised("realpath");
export const rename = promised("rename");
export const rm = promised("rm");
export const rmdir = promised("rmdir");
export const stat = promised("stat");
export const statfs = promised("statfs");
export const symlink = promised("symlink");
export const truncate = promised("truncate");
export const unlink = promised("unlink");
export const utimes = promised("utimes");
export const writeFile = promised("writeFile");

export async function open(path, flags = "r", mode = undefined) {
  return new FileHandle(await operations.open(later, path, flags, mode));
}

/** As on Node: only macOS has it. */
export async function lchmod() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED("lchmod()");
}

export { constants, opendir, watch };
export default {
  access, appendFile, chmod, chown, constants, copyFile, cp, lchmod, lchown, link, lstat, lutimes, mkdir, mkdtemp, open,
  opendir, readdir, readFile, readlink, realpath, rename, rm, rmdir, stat, statfs, symlink, truncate, unlink, utimes,
  watch, writeFile,
};
