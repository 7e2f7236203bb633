/**
 * Implemented by FsHost.java. Paths are absolute paths of the guest's own file tree. Every function throws a
 * system error that carries only its code (ENOENT, EACCES, …); fs.js adds call and path. Functions that end in
 * Later do the same on a thread of its own and return a completion id.
 */
declare module "host:fs" {
  /** kind: "file" | "directory" | "link" | "other", as JSON with size, times, mode and ids; follow: false for lstat. */
  export function stat(path: string, follow: boolean): string;
  export function statLater(path: string, follow: boolean): number;
  export function readFile(path: string): Uint8Array;
  export function readFileLater(path: string): number;
  /** flags: "w", "wx", "a" or "ax"; mode: a new file's permission bits */
  export function writeFile(path: string, bytes: Uint8Array, flags: string, mode: number): void;
  export function writeFileLater(path: string, bytes: Uint8Array, flags: string, mode: number): number;
  /** JSON: [name, kind, …] */
  export function readdir(path: string): string;
  export function readdirLater(path: string): number;
  /** mode: the bits of R_OK, W_OK and X_OK */
  export function access(path: string, mode: number): void;
  export function accessLater(path: string, mode: number): number;
  export function realpath(path: string): string;
  export function realpathLater(path: string): number;
  export function readlink(path: string): string;
  export function readlinkLater(path: string): number;
  export function mkdir(path: string, mode: number): void;
  export function mkdirLater(path: string, mode: number): number;
  export function link(from: string, to: string): void;
  export function linkLater(from: string, to: string): number;
  /** target: absolute, or relative to the link's folder; it has to lie in a granted folder */
  export function symlink(target: string, path: string): void;
  export function symlinkLater(target: string, path: string): number;
  export function chmod(path: string, mode: number): void;
  export function chmodLater(path: string, mode: number): number;
  export function rmdir(path: string): void;
  export function rmdirLater(path: string): number;
  export function unlink(path: string): void;
  export function unlinkLater(path: string): number;
  export function rename(from: string, to: string): void;
  export function renameLater(from: string, to: string): number;
  export function truncate(path: string, length: number): void;
  export function truncateLater(path: string, length: number): number;
  /** times in milliseconds; follow: false for those of a link itself */
  export function utimes(path: string, accessed: number, modified: number, follow: boolean): void;
  export function utimesLater(path: string, accessed: number, modified: number, follow: boolean): number;
  /** flags: as Node names them; mode: a new file's permission bits. Returns a descriptor. */
  export function open(path: string, flags: string, mode: number): number;
  export function openLater(path: string, flags: string, mode: number): number;
  export function close(fd: number): void;
  /** At most length bytes; position -1 reads on from where the last one ended. */
  export function read(fd: number, length: number, position: number): Uint8Array;
  export function readLater(fd: number, length: number, position: number): number;
  export function write(fd: number, bytes: Uint8Array, position: number): number;
  export function writeLater(fd: number, bytes: Uint8Array, position: number): number;
  export function fstat(fd: number): string;
  export function fchmod(fd: number, mode: number): void;
  export function futimes(fd: number, accessed: number, modified: number): void;
  export function ftruncate(fd: number, length: number): void;
}
