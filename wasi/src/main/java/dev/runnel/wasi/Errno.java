package dev.runnel.wasi;

import dev.runnel.runtime.file.SystemCallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The errors of WASI preview 1, in the order of their numbers. */
enum Errno {
  SUCCESS,
  TOOBIG,
  ACCES,
  ADDRINUSE,
  ADDRNOTAVAIL,
  AFNOSUPPORT,
  AGAIN,
  ALREADY,
  BADF,
  BADMSG,
  BUSY,
  CANCELED,
  CHILD,
  CONNABORTED,
  CONNREFUSED,
  CONNRESET,
  DEADLK,
  DESTADDRREQ,
  DOM,
  DQUOT,
  EXIST,
  FAULT,
  FBIG,
  HOSTUNREACH,
  IDRM,
  ILSEQ,
  INPROGRESS,
  INTR,
  INVAL,
  IO,
  ISCONN,
  ISDIR,
  LOOP,
  MFILE,
  MLINK,
  MSGSIZE,
  MULTIHOP,
  NAMETOOLONG,
  NETDOWN,
  NETRESET,
  NETUNREACH,
  NFILE,
  NOBUFS,
  NODEV,
  NOENT,
  NOEXEC,
  NOLCK,
  NOLINK,
  NOMEM,
  NOMSG,
  NOPROTOOPT,
  NOSPC,
  NOSYS,
  NOTCONN,
  NOTDIR,
  NOTEMPTY,
  NOTRECOVERABLE,
  NOTSOCK,
  NOTSUP,
  NOTTY,
  NXIO,
  OVERFLOW,
  OWNERDEAD,
  PERM,
  PIPE,
  PROTO,
  PROTONOSUPPORT,
  PROTOTYPE,
  RANGE,
  ROFS,
  SPIPE,
  SRCH,
  STALE,
  TIMEDOUT,
  TXTBSY,
  XDEV,
  NOTCAPABLE;

  private static final Map<String, Errno> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(each -> "E" + each, Function.identity()));

  /** What the JDK passes on of the system's own message; see strerror(3). */
  private static final Map<String, Errno> BY_MESSAGE =
      Map.ofEntries(
          Map.entry("not a directory", NOTDIR),
          Map.entry("is a directory", ISDIR),
          Map.entry("directory not empty", NOTEMPTY),
          Map.entry("no space left on device", NOSPC),
          Map.entry("read-only file system", ROFS),
          Map.entry("invalid cross-device link", XDEV),
          Map.entry("file name too long", NAMETOOLONG),
          Map.entry("too many open files", MFILE),
          Map.entry("device or resource busy", BUSY),
          Map.entry("invalid argument", INVAL),
          Map.entry("file too large", FBIG),
          Map.entry("broken pipe", PIPE),
          Map.entry("operation not permitted", PERM));

  static Errno of(IOException error) {
    return switch (error) {
      case SystemCallException call -> BY_CODE.getOrDefault(call.code(), IO);
      case NoSuchFileException _ -> NOENT;
      case FileAlreadyExistsException _ -> EXIST;
      case DirectoryNotEmptyException _ -> NOTEMPTY;
      case NotDirectoryException _ -> NOTDIR;
      case FileSystemLoopException _ -> LOOP;
      case AccessDeniedException _ -> ACCES;
      case FileSystemException system -> byMessage(String.valueOf(system.getReason()));
      default -> byMessage(String.valueOf(error.getMessage()));
    };
  }

  /** The JDK adds to what the system says of links that were not to be followed. */
  private static Errno byMessage(String message) {
    String known = message.toLowerCase(Locale.ROOT);
    return known.startsWith("too many levels of symbolic links")
        ? LOOP
        : BY_MESSAGE.getOrDefault(known, IO);
  }

  /** What the running call answers. */
  Refusal refusal() {
    return new Refusal(this);
  }

  /** Ends a call with an error that the program gets as its result. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    private Refusal(Errno errno) {
      super(errno.name(), null, false, false);
      this.errno = errno;
    }

    Errno errno() {
      return errno;
    }
  }
}
