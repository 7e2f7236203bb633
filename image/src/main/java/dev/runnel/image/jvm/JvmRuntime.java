package dev.runnel.image.jvm;

import dev.runnel.image.layer.LayerFiles;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.PackedLayer;
import dev.runnel.image.store.Staging;
import dev.runnel.image.store.Staging.StagedLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What images with a JVM have in common, as packed layers: the system's libraries and a JRE;
 * Runnel's jars; the AOT cache that this JRE has made of them. They are made once for each Runnel
 * and JDK and kept in a folder of the user's.
 *
 * @param layers bottom first
 * @param start the command that starts the JVM and its main class
 */
public record JvmRuntime(List<PackedLayer> layers, List<String> start) {
  private static final String OPTIONS = JvmFolder.HOME + "java.options";

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
    KeptRuntimes kept = new KeptRuntimes(cache.toAbsolutePath());
    Path folder =
        kept.folder(
            command.digest(),
            making -> new Making(command, making.resolve("root"), making.resolve("layers")).run());
    List<PackedLayer> layers = new ArrayList<>();
    for (String name : LAYERS) {
      layers.add(PackedLayer.at(folder.resolve(name)));
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

  private record Making(JvmCommand command, Path root, Path layers) {

    void run() throws IOException, ImageException, InterruptedException {
      Files.createDirectories(layers);
      JvmFolder folder = JvmFolder.make(command, root);
      PackedLayer.write(system(folder.jre()), layers.resolve(LAYERS.get(0)));
      PackedLayer.write(jars(folder), layers.resolve(LAYERS.get(1)));
      PackedLayer.write(
          new LayerFiles().file(JvmFolder.CACHE, folder.cache()), layers.resolve(LAYERS.get(2)));
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
          .tree(JvmFolder.HOME + "jre", jre);
    }

    private LayerFiles jars(JvmFolder folder) {
      LayerFiles files = new LayerFiles();
      folder.jars().forEach(name -> files.file(name, root.resolve(name)));
      List<String> options = new ArrayList<>(folder.options("/" + JvmFolder.CACHE));
      options.addAll(List.of("-cp", folder.classPath("/")));
      return files.file(OPTIONS, ascii(String.join("\n", options) + "\n"));
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
