package dev.runnel.image.jvm;

import dev.runnel.image.oci.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Entries of a class path as jars: the JDK's AOT cache knows nothing else. */
final class Jars {
  private static final LocalDateTime OLD = LocalDateTime.of(1980, 1, 2, 0, 0);

  private Jars() {}

  /** Of what it is before it becomes a jar of ours. */
  static Digest digest(Path entry) throws IOException {
    var sha256 = Digest.sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      if (Files.isDirectory(entry)) {
        write(entry, _ -> true, out);
      } else {
        Files.copy(entry, out);
      }
    }
    return Digest.of(sha256);
  }

  /** Only jars of others are asked about: our own classes are all wanted. */
  static boolean has(Path entry, String file) throws IOException {
    if (Files.isDirectory(entry)) {
      return false;
    }
    try (ZipFile jar = new ZipFile(entry.toFile())) {
      return jar.getEntry(file) != null;
    }
  }

  /**
   * @param wanted says of a file's name whether it goes in
   */
  static void write(Path entry, Predicate<String> wanted, Path jar) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(jar))) {
      write(entry, wanted, out);
    }
  }

  /**
   * Nothing in it is packed, since layers are, as a whole. A folder's files come in the order of
   * their names; all are of the same age.
   */
  private static void write(Path entry, Predicate<String> wanted, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    if (Files.isDirectory(entry)) {
      for (String name : filesIn(entry)) {
        if (wanted.test(name)) {
          add(zip, name, Files.readAllBytes(entry.resolve(name)));
        }
      }
    } else {
      try (ZipFile jar = new ZipFile(entry.toFile())) {
        for (ZipEntry file : Collections.list(jar.entries())) {
          if (wanted.test(file.getName())) {
            try (InputStream in = jar.getInputStream(file)) {
              add(zip, file.getName(), in.readAllBytes());
            }
          }
        }
      }
    }
    zip.finish();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(OLD);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static List<String> filesIn(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
    }
    names.sort(String::compareTo);
    return names;
  }
}
