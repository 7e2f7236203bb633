package dev.runnel.wasi;

import dev.runnel.runtime.file.RelativeCalls;
import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Where a path leads: a name in an open folder, where there may or may not be a file.
 *
 * @param folder closed with this
 * @param name {@code "."} for the folder itself
 * @param isFolder whether the path says, by a slash at its end, that it names a folder
 */
record Place(Folder folder, String name, boolean isFolder) implements AutoCloseable {
  private static final int MOST_LINKS = 40;
  private static final int LONGEST_PATH = 4_096;
  private static final int LONGEST_NAME = 255;

  /** Whether the last name of a path may be a link that is followed. */
  enum Links {
    FOLLOW,
    KEEP
  }

  /** Looks a path up from a folder, which it can't leave: not by {@code ..}, nor by a link. */
  static Place find(Folder start, String path, Links links) throws Refusal, IOException {
    try (Walk walk = new Walk(start, path, links)) {
      return walk.end();
    }
  }

  Optional<BasicFileAttributes> attributes() throws IOException {
    return folder.attributes(name);
  }

  boolean isItself() {
    return name.equals(".");
  }

  Path path() {
    return Path.of(name);
  }

  @Override
  public void close() {
    folder.close();
  }

  /** One look-up. It has a folder open at a time; {@code ..} walks there again from the start. */
  private static final class Walk implements AutoCloseable {
    private final Folder start;
    private final Links links;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final Deque<String> behind = new ArrayDeque<>();
    private Folder current;
    private boolean isOver;
    private int followed;

    Walk(Folder start, String path, Links links) throws Refusal, IOException {
      this.start = start;
      this.links = links;
      add(path);
      this.current = start.again();
    }

    private void add(String path) throws Refusal {
      if (path.isEmpty()) {
        throw Errno.NOENT.refusal();
      }
      if (path.startsWith("/")) {
        throw Errno.PERM.refusal();
      }
      String[] names = path.split("/", -1);
      for (int i = names.length - 1; i >= 0; i--) {
        ahead.push(names[i]);
      }
      if (path.length() + ahead.size() > LONGEST_PATH) {
        throw Errno.NAMETOOLONG.refusal();
      }
    }

    Place end() throws Refusal, IOException {
      while (!ahead.isEmpty()) {
        String name = ahead.pop();
        if (name.equals("..")) {
          goBack();
        } else if (!name.isEmpty() && !name.equals(".") && arrivesAt(name)) {
          isOver = true;
          return new Place(current, name, !ahead.isEmpty());
        }
      }
      isOver = true;
      return new Place(current, ".", true);
    }

    /** Goes on over a name, unless it is the last one. */
    private boolean arrivesAt(String name) throws Refusal, IOException {
      if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw Errno.NAMETOOLONG.refusal();
      }
      boolean isLast = ahead.stream().allMatch(String::isEmpty);
      Optional<BasicFileAttributes> attributes = current.attributes(name);
      boolean isLink = attributes.map(BasicFileAttributes::isSymbolicLink).orElse(false);
      if (isLink && (!isLast || !ahead.isEmpty() || links == Links.FOLLOW)) {
        follow(name);
        return false;
      }
      if (isLast) {
        return true;
      }
      if (attributes.isEmpty()) {
        throw Errno.NOENT.refusal();
      }
      if (!attributes.get().isDirectory()) {
        throw Errno.NOTDIR.refusal();
      }
      enter(name);
      return false;
    }

    private void follow(String name) throws Refusal, IOException {
      if (++followed > MOST_LINKS) {
        throw Errno.LOOP.refusal();
      }
      add(RelativeCalls.readLink(current.way(), name));
    }

    private void enter(String name) throws Refusal, IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw Errno.INTR.refusal();
      }
      Folder next = current.open(name);
      current.close();
      current = next;
      behind.addLast(name);
    }

    private void goBack() throws Refusal, IOException {
      if (behind.isEmpty()) {
        throw Errno.PERM.refusal();
      }
      behind.removeLast();
      List<String> names = List.copyOf(behind);
      behind.clear();
      Folder first = start.again();
      current.close();
      current = first;
      for (String name : names) {
        enter(name);
      }
    }

    @Override
    public void close() {
      if (!isOver) {
        current.close();
      }
    }
  }
}
