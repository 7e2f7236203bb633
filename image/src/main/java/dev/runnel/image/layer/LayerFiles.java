package dev.runnel.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of one layer before it is written, by their path in the image, without a leading slash.
 * Folders above them come by themselves.
 */
public final class LayerFiles {
  private static final int FOLDER = 0755;

  private final Map<String, Content> contents = new TreeMap<>();

  private sealed interface Content {
    record Bytes(byte[] bytes, int mode) implements Content {}

    record OnDisk(Path file, int mode) implements Content {}

    record Link(String target) implements Content {}

    record Folder(int mode) implements Content {}
  }

  public LayerFiles file(String path, byte[] bytes) {
    return put(path, new Content.Bytes(bytes.clone(), 0644));
  }

  /** Executable when the file on disk is. */
  public LayerFiles file(String path, Path file) {
    return put(path, new Content.OnDisk(file, Files.isExecutable(file) ? 0755 : 0644));
  }

  public LayerFiles link(String path, String target) {
    return put(path, new Content.Link(target));
  }

  public LayerFiles folder(String path, int mode) {
    return put(path, new Content.Folder(mode));
  }

  /** All files below a folder; links in it are followed. */
  public LayerFiles tree(String path, Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        file(path + "/" + folder.relativize(file).toString().replace('\\', '/'), file);
      }
    }
    return this;
  }

  private LayerFiles put(String path, Content content) {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
      throw new IllegalArgumentException("\"%s\" is no path of a layer.".formatted(path));
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      contents.putIfAbsent(path.substring(0, slash), new Content.Folder(FOLDER));
    }
    contents.put(path, content);
    return this;
  }

  /** Writes them in the order of their names, so that each folder comes before what is in it. */
  void writeTo(TarWriter tar) throws IOException {
    for (Map.Entry<String, Content> entry : contents.entrySet()) {
      String path = entry.getKey();
      switch (entry.getValue()) {
        case Content.Bytes(byte[] bytes, int mode) ->
            tar.file(TarEntry.file(path, bytes.length, mode), bytes);
        case Content.OnDisk(Path file, int mode) -> {
          try (InputStream in = Files.newInputStream(file)) {
            tar.file(TarEntry.file(path, Files.size(file), mode), in);
          }
        }
        case Content.Link(String target) -> tar.entry(TarEntry.symbolicLink(path, target));
        case Content.Folder(int mode) -> tar.entry(TarEntry.folder(path + "/", mode));
      }
    }
    tar.finish();
  }
}
