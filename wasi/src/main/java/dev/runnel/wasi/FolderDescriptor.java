package dev.runnel.wasi;

import dev.runnel.wasi.Errno.Refusal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open folder: a granted one, or one below. */
final class FolderDescriptor extends Descriptor {
  /** What one listing may hold; it is kept for the calls that read on. */
  private static final int MOST_ENTRIES = 1 << 20;

  private final Folder folder;
  private final Inodes inodes;
  private final Optional<String> grantedAs;
  private List<Entry> listing = List.of();

  /** What a listing says of a file. */
  record Entry(String name, FileType type, long inode) {}

  /**
   * @param grantedAs the path that the program knows a grant by
   */
  FolderDescriptor(Folder folder, Inodes inodes, Rights rights, Optional<String> grantedAs) {
    super(FileType.DIRECTORY, rights);
    this.folder = folder;
    this.inodes = inodes;
    this.grantedAs = grantedAs;
  }

  Optional<String> grantedAs() {
    return grantedAs;
  }

  Place find(String path, Place.Links links) throws Refusal, IOException {
    return Place.find(folder, path, links);
  }

  @Override
  public FolderDescriptor folder() {
    return this;
  }

  @Override
  public FileStatus status() throws IOException {
    return FileStatus.of(folder.attributes(), inodes);
  }

  /** The entries from a number on. The folder is listed anew when it is read from its start. */
  List<Entry> entries(long from) throws Refusal, IOException {
    if (from == 0 || listing.isEmpty()) {
      listing = list();
    }
    if (from < 0 || from > listing.size()) {
      throw Errno.INVAL.refusal();
    }
    return listing.subList((int) from, listing.size());
  }

  private List<Entry> list() throws Refusal, IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(".", FileType.DIRECTORY, status().inode()));
    entries.add(new Entry("..", FileType.DIRECTORY, 0));
    try (Folder listed = folder.again()) {
      for (Path each : listed.handle()) {
        String name = each.getFileName().toString();
        Optional<BasicFileAttributes> attributes = listed.attributes(name);
        attributes.ifPresent(
            found -> entries.add(new Entry(name, FileType.of(found), inodes.of(found))));
        if (entries.size() > MOST_ENTRIES) {
          throw Errno.OVERFLOW.refusal();
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  @Override
  public void close() {
    folder.close();
  }
}
