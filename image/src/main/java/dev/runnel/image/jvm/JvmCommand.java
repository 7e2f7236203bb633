package dev.runnel.image.jvm;

import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * How a JVM in an image is started.
 *
 * @param contents what there is to start
 * @param options the JVM's own, such as which collector
 * @param main the class that serves a program
 * @param training a class that does once what {@code main} does at its start, and ends
 */
public record JvmCommand(Contents contents, List<String> options, String main, String training) {

  public JvmCommand {
    options = List.copyOf(options);
  }

  /**
   * What goes into an image.
   *
   * @param classPath jars, and folders of classes where there are no jars
   * @param modules of the JDK that the classes need
   */
  public record Contents(List<Path> classPath, List<String> modules, IntlData intl) {
    public Contents {
      classPath = List.copyOf(classPath);
      modules = List.copyOf(modules);
    }
  }

  /** Of everything that what is made of it depends on. */
  Digest digest() throws IOException, ImageException {
    MessageDigest sha256 = Digest.sha256();
    add(sha256, Files.readString(jdk().resolve("release")));
    add(sha256, String.join("\n", options));
    add(sha256, String.join("\n", contents.modules()));
    add(sha256, contents.intl().toString());
    add(sha256, main + "\n" + training);
    for (Path entry : contents.classPath()) {
      add(sha256, entry.getFileName() + " " + Jars.digest(entry));
    }
    return Digest.of(sha256);
  }

  private static void add(MessageDigest sha256, String text) {
    sha256.update((text + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** The JDK that we run on, which images get theirs from. */
  static Path jdk() throws ImageException {
    Path home = Path.of(System.getProperty("java.home"));
    boolean isLinux = System.getProperty("os.name").equals("Linux");
    if (!isLinux || !Files.isExecutable(home.resolve("bin").resolve("jlink"))) {
      throw new ImageException(
          "An image with a JVM can be made on Linux by a JDK that has jlink, which %s isn't.",
          home);
    }
    return home;
  }

  /** The name that a class path's entry has in an image. */
  static String jarName(Path entry, int index) {
    String name = Optional.ofNullable(entry.getFileName()).map(Path::toString).orElse("classes");
    return name.endsWith(".jar") ? name : "classes-%02d.jar".formatted(index);
  }
}
