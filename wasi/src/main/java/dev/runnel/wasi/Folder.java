package dev.runnel.wasi;

import dev.runnel.runtime.file.RelativeCalls;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open folder within a grant. What is done through it follows no link, so nobody can swap one in
 * at the wrong moment.
 *
 * @param way where it was when it was opened
 */
record Folder(SecureDirectoryStream<Path> handle, RelativeCalls.Folder way)
    implements AutoCloseable {
  private static final Path ITSELF = Path.of(".");

  /** The folder of a grant, by its real path. */
  static Folder granted(Path root) throws IOException {
    return new Folder(
        secure(Files.newDirectoryStream(root)), new RelativeCalls.Folder(root, List.of()));
  }

  /** The folder that can be reached that way now. */
  static Folder at(RelativeCalls.Folder way) throws IOException {
    Folder folder = granted(way.root());
    for (String name : way.names()) {
      Folder parent = folder;
      try (parent) {
        folder = parent.open(name);
      }
    }
    return folder;
  }

  /** A folder in this one. */
  Folder open(String name) throws IOException {
    List<String> names = new ArrayList<>(way.names());
    names.add(name);
    return new Folder(
        handle.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS),
        new RelativeCalls.Folder(way.root(), names));
  }

  /** This folder once more, to be closed on its own; also to be listed, which works only once. */
  Folder again() throws IOException {
    return new Folder(handle.newDirectoryStream(ITSELF, LinkOption.NOFOLLOW_LINKS), way);
  }

  /** Attributes of what has that name here; a link's own. */
  Optional<BasicFileAttributes> attributes(String name) throws IOException {
    try {
      return Optional.of(
          handle
              .getFileAttributeView(
                  Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  BasicFileAttributes attributes() throws IOException {
    return handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder)
      throws IOException {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    folder.close();
    throw new IOException("This system has no way to open files relative to an open folder.");
  }

  @Override
  public void close() {
    try {
      handle.close();
    } catch (IOException e) {
      // Closing a folder that was only read loses nothing.
    }
  }
}
