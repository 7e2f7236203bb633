package dev.runnel.image.jvm;

import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.Atomically;
import dev.runnel.image.store.PackedLayer;
import dev.runnel.image.store.Staging;
import dev.runnel.image.store.Staging.StagedLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What images with a JVM have in common, as packed layers: the system's libraries and a JRE;
 * Runnel's jars; the AOT cache that this JRE has made of them. They are made once for each Runnel
 * and JDK and kept in a folder of the user's.
 *
 * @param layers bottom first
 * @param start the command that starts the JVM and its main class
 */
public record JvmRuntime(List<PackedLayer> layers, List<String> start) {
  private static final String HOME = "runnel/";
  private static final String OPTIONS = HOME + "java.options";
  private static final String CACHE = HOME + "runnel.aot";

  /** Nobody's in particular; as other small images have it. */
  public static final String USER = "65532:65532";

  private static final int FOR_ALL = 01777;
  private static final List<String> LAYERS = List.of("jre", "jars", "aot");

  public JvmRuntime {
    layers = List.copyOf(layers);
    start = List.copyOf(start);
  }

  /**
   * @param cache a folder of the user's
   */
  public static JvmRuntime of(JvmCommand command, Path cache)
      throws IOException, ImageException, InterruptedException {
    Path kept = cache.toAbsolutePath().resolve("jvm-" + command.digest().hex());
    if (!Files.isDirectory(kept)) {
      Files.createDirectories(cache);
      Path making = Files.createTempDirectory(cache.toAbsolutePath(), ".jvm-");
      try {
        new Making(command, making.resolve("root"), making.resolve("layers")).run();
        Atomically.placeFolder(making.resolve("layers"), kept);
      } finally {
        Atomically.deleteFolder(making);
      }
    }
    List<PackedLayer> layers = new ArrayList<>();
    for (String name : LAYERS) {
      layers.add(PackedLayer.at(kept.resolve(name)));
    }
    return new JvmRuntime(layers, List.of("/runnel/jre/bin/java", "@/" + OPTIONS, command.main()));
  }

  public List<StagedLayer> into(Staging staging) throws IOException, ImageException {
    List<StagedLayer> staged = new ArrayList<>();
    for (PackedLayer layer : layers) {
      staged.add(staging.layer(layer));
    }
    return staged;
  }

  /**
   * @param root a folder that becomes what a container sees as its root
   */
  private record Making(JvmCommand command, Path root, Path layers) {

    void run() throws IOException, ImageException, InterruptedException {
      Files.createDirectories(layers);
      Path jre = root.resolve(HOME + "jre");
      Files.createDirectories(root.resolve(HOME + "lib"));
      SmallJre.make(JvmCommand.jdk(), jre, command.modules());
      List<String> names = copyJars();
      makeOld();
      train(jre, names);
      PackedLayer.write(system(jre), layers.resolve(LAYERS.get(0)));
      PackedLayer.write(jars(names), layers.resolve(LAYERS.get(1)));
      PackedLayer.write(
          new LayerFiles().file(CACHE, root.resolve(CACHE)), layers.resolve(LAYERS.get(2)));
    }

    private List<String> copyJars() throws IOException {
      List<String> names = new ArrayList<>();
      for (Path entry : command.classPath()) {
        String name = HOME + "lib/" + JvmCommand.jarName(entry, names.size());
        Jars.write(entry, root.resolve(name));
        names.add(name);
      }
      return names;
    }

    /**
     * The AOT cache fits only files as old as those that it was made of: in an image, the epoch.
     */
    private void makeOld() throws IOException {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
      }
    }

    private void train(Path jre, List<String> jars)
        throws IOException, ImageException, InterruptedException {
      List<String> training = new ArrayList<>(List.of(jre.resolve("bin/java").toString()));
      training.addAll(command.options());
      training.add("-XX:AOTCacheOutput=" + root.resolve(CACHE));
      training.add("-cp");
      training.add(classPath(root + "/", jars));
      training.add(command.training());
      Process process = new ProcessBuilder(training).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 || !Files.isRegularFile(root.resolve(CACHE))) {
        throw new ImageException("The JVM has made no AOT cache: %s", said.strip());
      }
    }

    private static String classPath(String prefix, List<String> jars) {
      return String.join(":", jars.stream().map(prefix::concat).toList());
    }

    private LayerFiles system(Path jre) throws IOException, ImageException, InterruptedException {
      LayerFiles files = new LayerFiles();
      for (Path library : SystemLibraries.of(jre)) {
        files.file(library.toString().substring(1), library);
      }
      return files
          .file("etc/passwd", ascii("nonroot:x:65532:65532:nonroot:/:/sbin/nologin\n"))
          .file("etc/group", ascii("nonroot:x:65532:\n"))
          .file("etc/nsswitch.conf", ascii("hosts: files dns\n"))
          .folder("tmp", FOR_ALL)
          .tree(HOME + "jre", jre);
    }

    private LayerFiles jars(List<String> names) {
      LayerFiles files = new LayerFiles();
      names.forEach(name -> files.file(name, root.resolve(name)));
      List<String> options = new ArrayList<>(command.options());
      // Where the cache doesn't fit, as on another processor, the start is slower and nothing else.
      options.addAll(
          List.of("-XX:AOTCache=/" + CACHE, "-XX:AOTMode=auto", "-Xlog:aot=off", "-Xlog:cds=off"));
      options.addAll(List.of("-cp", classPath("/", names)));
      return files.file(OPTIONS, ascii(String.join("\n", options) + "\n"));
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
