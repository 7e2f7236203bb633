package dev.runnel.image.jvm;

import dev.runnel.image.jvm.JvmCommand.Contents;
import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JRE, Runnel's jars and their AOT cache, as they lie in an image.
 *
 * @param root what a container sees as its root
 * @param jars below it, in the class path's order
 */
record JvmFolder(JvmCommand command, Path root, List<String> jars) {
  static final String HOME = "runnel/";
  static final String CACHE = HOME + "runnel.aot";

  static JvmFolder make(JvmCommand command, Path root)
      throws IOException, ImageException, InterruptedException {
    Contents contents = command.contents();
    contents.intl().check(contents.classPath());
    Files.createDirectories(root.resolve(HOME + "lib"));
    JvmFolder folder = new JvmFolder(command, root, copyJars(contents, root));
    SmallJre.make(JvmCommand.jdk(), folder.jre(), contents.modules());
    makeOld(root);
    folder.train();
    return folder;
  }

  Path jre() {
    return root.resolve(HOME + "jre");
  }

  Path cache() {
    return root.resolve(CACHE);
  }

  private static List<String> copyJars(Contents contents, Path root) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path entry : contents.classPath()) {
      String name = HOME + "lib/" + JvmCommand.jarName(entry, names.size());
      Jars.write(entry, contents.intl()::keeps, root.resolve(name));
      names.add(name);
    }
    return names;
  }

  /** The AOT cache fits only files as old as those that it was made of: in an image, the epoch. */
  static void makeOld(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      }
    }
  }

  private void train() throws IOException, ImageException, InterruptedException {
    List<String> training = new ArrayList<>(List.of(jre().resolve("bin/java").toString()));
    training.addAll(command.options());
    training.add("-XX:AOTCacheOutput=" + cache());
    training.add("-cp");
    training.add(classPath(root + "/"));
    training.add(command.training());
    Process process = new ProcessBuilder(training).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || !Files.isRegularFile(cache())) {
      throw new ImageException("The JVM has made no AOT cache: %s", said.strip());
    }
  }

  String classPath(String prefix) {
    return String.join(":", jars.stream().map(prefix::concat).toList());
  }

  /**
   * The JVM's options. Where the cache doesn't fit, as on another processor, the start is slower
   * and nothing else.
   *
   * @param cache where it will be
   */
  List<String> options(String cache) {
    List<String> all = new ArrayList<>(command.options());
    all.addAll(
        List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=auto", "-Xlog:aot=off", "-Xlog:cds=off"));
    return all;
  }
}
