package dev.runnel.image.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A small program that works, to begin with. Its files are resources beside this class. */
public enum Scaffold {
  REACT_SSR(
      "react-ssr",
      "a React page that streams and is hydrated",
      List.of("src/main.jsx", "src/client.jsx", "src/page.jsx", "src/style.css")),
  WORKER("worker", "a fetch handler", List.of("src/main.js")),
  NODE_SERVER("node-server", "an HTTP server of node:http", List.of("src/main.js")),
  WASI("wasi", "a script with arguments, environment and timers", List.of("src/main.js"));

  private static final List<String> EVERYWHERE = List.of("package.json", "README.md", "gitignore");
  private static final String NAME = "__NAME__";

  private final String word;
  private final String description;
  private final List<String> files;

  Scaffold(String word, String description, List<String> files) {
    this.word = word;
    this.description = description;
    this.files = files;
  }

  /** What it is called on the command line. */
  public String word() {
    return word;
  }

  public String description() {
    return description;
  }

  public static Optional<Scaffold> called(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  /**
   * Writes it.
   *
   * @param folder is made, or is empty
   * @throws FileAlreadyExistsException when there is something in the folder
   */
  public void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new FileAlreadyExistsException(folder.toString());
      }
    }
    String name = packageName(folder.toAbsolutePath().normalize());
    for (String file : Stream.concat(EVERYWHERE.stream(), files.stream()).toList()) {
      Path to = folder.resolve(file.equals("gitignore") ? ".gitignore" : file);
      Files.createDirectories(to.getParent());
      Files.writeString(to, text(file).replace(NAME, name), StandardOpenOption.CREATE_NEW);
    }
  }

  private String text(String file) throws IOException {
    try (InputStream in = Scaffold.class.getResourceAsStream(word + "/" + file)) {
      if (in == null) {
        throw new IOException("This Runnel comes without %s of %s.".formatted(file, word));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** npm allows fewer characters than folders have. */
  private static String packageName(Path folder) {
    String name =
        Optional.ofNullable(folder.getFileName())
            .map(Path::toString)
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9-]+", "-")
            .replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "program" : name;
  }
}
