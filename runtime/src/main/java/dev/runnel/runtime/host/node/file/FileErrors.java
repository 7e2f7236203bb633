package dev.runnel.runtime.host.node.file;

import dev.runnel.engine.HostError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;

/** Java's file errors under the system's names. */
public final class FileErrors {

  /** What the JDK passes on of the system's own message (see strerror(3)), or words itself. */
  private static final Map<String, String> MESSAGES =
      Map.ofEntries(
          Map.entry("not a directory", "ENOTDIR"),
          Map.entry("is a directory", "EISDIR"),
          Map.entry("directory not empty", "ENOTEMPTY"),
          Map.entry("too many levels of symbolic links", "ELOOP"),
          Map.entry("no space left on device", "ENOSPC"),
          Map.entry("read-only file system", "EROFS"),
          Map.entry("invalid cross-device link", "EXDEV"),
          Map.entry("file name too long", "ENAMETOOLONG"),
          Map.entry("too many open files", "EMFILE"),
          Map.entry("user limit of inotify instances reached or too many open files", "EMFILE"),
          Map.entry("user limit of inotify watches reached", "ENOSPC"),
          Map.entry("operation not permitted", "EPERM"));

  private FileErrors() {}

  public static HostError of(IOException error) {
    return GuestFileSystem.failure(code(error));
  }

  private static String code(IOException error) {
    return switch (error) {
      case NoSuchFileException _ -> "ENOENT";
      case FileAlreadyExistsException _ -> "EEXIST";
      case DirectoryNotEmptyException _ -> "ENOTEMPTY";
      case NotDirectoryException _ -> "ENOTDIR";
      case FileSystemLoopException _ -> "ELOOP";
      case AccessDeniedException _ -> "EACCES";
      case FileSystemException system -> byMessage(String.valueOf(system.getReason()));
      default -> byMessage(String.valueOf(error.getMessage()));
    };
  }

  private static String byMessage(String message) {
    return MESSAGES.getOrDefault(message.toLowerCase(Locale.ROOT), "EIO");
  }
}
