// qjs:os, and os as QuickJS programs know it.
import { quickjsOs } from "internal:quickjs_os";

export const platform = "linux";
export const {
  open, close, seek, read, write, isatty, ttyGetWinSize, ttySetRaw, remove, rename, realpath, getcwd, chdir, mkdir, stat,
  lstat, utimes, symlink, readlink, readdir, signal, now, sleep, sleepAsync, setTimeout, clearTimeout, setReadHandler,
  setWriteHandler, exec, kill, waitpid, pipe, dup, dup2, getpid, exePath, Worker, O_RDONLY, O_WRONLY, O_RDWR, O_APPEND,
  O_CREAT, O_EXCL, O_TRUNC, S_IFMT, S_IFIFO, S_IFCHR, S_IFDIR, S_IFBLK, S_IFREG, S_IFSOCK, S_IFLNK, SIGINT, SIGABRT,
  SIGFPE, SIGILL, SIGSEGV, SIGTERM, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP,
  SIGTTIN, SIGTTOU,
} = quickjsOs;

export default { ...quickjsOs, platform };
