// The system's errors as libuv names and words them: code → [errno, message].
// https://docs.libuv.org/en/v1.x/errors.html; the numbers are Linux's.
const ERRORS = {
  __proto__: null,
  E2BIG: [-7, "argument list too long"], EACCES: [-13, "permission denied"],
  EADDRINUSE: [-98, "address already in use"], EADDRNOTAVAIL: [-99, "address not available"],
  EAGAIN: [-11, "resource temporarily unavailable"], EALREADY: [-114, "connection already in progress"],
  EBADF: [-9, "bad file descriptor"], EBUSY: [-16, "resource busy or locked"], ECANCELED: [-125, "operation canceled"],
  ECONNABORTED: [-103, "software caused connection abort"], ECONNREFUSED: [-111, "connection refused"],
  ECONNRESET: [-104, "connection reset by peer"], EDESTADDRREQ: [-89, "destination address required"],
  EEXIST: [-17, "file already exists"], EFAULT: [-14, "bad address in system call argument"],
  EFBIG: [-27, "file too large"], EHOSTUNREACH: [-113, "host is unreachable"],
  EINTR: [-4, "interrupted system call"], EINVAL: [-22, "invalid argument"], EIO: [-5, "i/o error"],
  EISCONN: [-106, "socket is already connected"], EISDIR: [-21, "illegal operation on a directory"],
  ELOOP: [-40, "too many symbolic links encountered"], EMFILE: [-24, "too many open files"],
  EMSGSIZE: [-90, "message too long"], ENAMETOOLONG: [-36, "name too long"], ENETDOWN: [-100, "network is down"],
  ENETUNREACH: [-101, "network is unreachable"], ENFILE: [-23, "file table overflow"],
  ENOBUFS: [-105, "no buffer space available"], ENODEV: [-19, "no such device"],
  ENOENT: [-2, "no such file or directory"], ENOMEM: [-12, "not enough memory"],
  ENOSPC: [-28, "no space left on device"], ENOSYS: [-38, "function not implemented"],
  ENOTCONN: [-107, "socket is not connected"], ENOTDIR: [-20, "not a directory"],
  ENOTEMPTY: [-39, "directory not empty"], ENOTSOCK: [-88, "socket operation on non-socket"],
  ENOTSUP: [-95, "operation not supported on socket"], EPERM: [-1, "operation not permitted"],
  EPIPE: [-32, "broken pipe"], EPROTO: [-71, "protocol error"], ERANGE: [-34, "result too large"],
  EROFS: [-30, "read-only file system"], ESPIPE: [-29, "invalid seek"], ESRCH: [-3, "no such process"],
  ETIMEDOUT: [-110, "connection timed out"], ETXTBSY: [-26, "text file is busy"],
  EXDEV: [-18, "cross-device link not permitted"], ENXIO: [-6, "no such device or address"],
  EMLINK: [-31, "too many links"], ENOTFOUND: [-3008, "unknown node or service"], EOF: [-4095, "end of file"],
};

export function nameOf(errno) {
  for (const [name, [number]] of Object.entries(ERRORS)) if (number === errno) return name;
  return `Unknown system error ${errno}`;
}

export function errnoOf(code) {
  return ERRORS[code]?.[0];
}

export function errorMap() {
  return new Map(Object.entries(ERRORS).map(([name, [number, message]]) => [number, [name, message]]));
}

/** "ENOENT: no such file or directory, open '/x' -> '/y'", with errno, code, syscall, path and dest. */
export function systemError(code, syscall, path, dest) {
  const [errno, words] = ERRORS[code] ?? [undefined, "unknown error"];
  let message = `${code}: ${words}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

/** As sockets fail: "listen EADDRINUSE: address already in use 0.0.0.0:80". */
export function networkError(code, syscall, address, port, detail) {
  const words = ERRORS[code]?.[1] ?? detail ?? "unknown error";
  const where = port === undefined || port === null ? `${address}` : `${address ?? ""}:${port}`;
  const error = new Error(`${syscall} ${code}: ${words}${address === undefined ? "" : ` ${where}`}`);
  error.code = code;
  error.errno = ERRORS[code]?.[0];
  error.syscall = syscall;
  if (address !== undefined) error.address = address;
  if (port !== undefined) error.port = port;
  return error;
}
