package dev.runnel.v8.build;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Packs ICU for Java's data files into the one file that V8's ICU for C reads ({@code
 * icudt77l.dat}).
 *
 * <p>Usage: {@code BuildIcuData OUTPUT_FILE}, with ICU4J on the class path
 */
public final class BuildIcuData {
  private static final String FOLDER = "com/ibm/icu/impl/data/icudata/";
  private static final String PREFIX = "icudt77l/";
  private static final int ALIGNMENT = 16;

  /** What no part of V8 reads, or what is compiled into ICU for C. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "confusables.cfu",
          "nfc.nrm",
          "pnames.icu",
          "ubidi.icu",
          "ucase.icu",
          "ulayout.icu",
          "unames.icu",
          "uprops.icu",
          "uts46.nrm");

  private BuildIcuData() {}

  public static void main(String[] args) throws IOException {
    Path jar = icu4j();
    Path output = Path.of(args[0]);
    if (isNewer(output, jar) && isNewer(output, thisClass())) {
      return;
    }
    Files.createDirectories(output.toAbsolutePath().getParent());
    Files.write(output, pack(items(jar)));
  }

  private static boolean isNewer(Path output, Path source) throws IOException {
    return Files.exists(output)
        && Files.getLastModifiedTime(output).compareTo(Files.getLastModifiedTime(source)) > 0;
  }

  /** What is left out changes with the code. */
  private static Path thisClass() {
    return Path.of(
        URI.create(
            String.valueOf(
                BuildIcuData.class.getResource(BuildIcuData.class.getSimpleName() + ".class"))));
  }

  private static Path icu4j() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> String.valueOf(path.getFileName()).startsWith("icu4j-"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("icu4j is not on the class path."));
  }

  private static TreeMap<String, byte[]> items(Path jar) throws IOException {
    TreeMap<String, byte[]> items = new TreeMap<>();
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory() && entry.getName().startsWith(FOLDER)) {
          String name = entry.getName().substring(FOLDER.length());
          if (isWanted(name)) {
            items.put(PREFIX + name, turned(zip.readAllBytes()));
          }
        }
      }
    }
    return items;
  }

  private static boolean isWanted(String name) {
    return !name.startsWith("translit/")
        && !name.endsWith(".spp")
        && !name.endsWith(".class")
        && !LEFT_OUT.contains(name);
  }

  private static byte[] turned(byte[] file) {
    IcuItem.turn(file);
    return file;
  }

  /** A header, the number of items, their names' and contents' offsets, the names, the contents. */
  private static byte[] pack(TreeMap<String, byte[]> items) {
    int names = 4 + 8 * items.size();
    int contents = names + items.keySet().stream().mapToInt(name -> name.length() + 1).sum();
    int size = align(contents);
    for (byte[] content : items.values()) {
      size += align(content.length);
    }
    byte[] header = header();
    ByteBuffer file = ByteBuffer.allocate(header.length + size).put(header);
    write(items, file.slice().order(ByteOrder.LITTLE_ENDIAN), names, align(contents));
    return file.array();
  }

  private static void write(Map<String, byte[]> items, ByteBuffer body, int names, int contents) {
    int table = 4;
    int name = names;
    int content = contents;
    body.putInt(0, items.size());
    for (Map.Entry<String, byte[]> item : items.entrySet()) {
      byte[] letters = item.getKey().getBytes(StandardCharsets.US_ASCII);
      body.putInt(table, name).putInt(table + 4, content);
      body.put(name, letters).put(content, item.getValue());
      table += 8;
      name += letters.length + 1;
      content += align(item.getValue().length);
    }
  }

  private static byte[] header() {
    ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) 32).put((byte) 0xda).put((byte) 0x27).putShort((short) 20);
    header.putShort((short) 0).put((byte) 0).put((byte) 0).put((byte) 2).put((byte) 0);
    header.put("CmnD".getBytes(StandardCharsets.US_ASCII)).put(new byte[] {1, 0, 0, 0});
    return header.array();
  }

  private static int align(int position) {
    return (position + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
