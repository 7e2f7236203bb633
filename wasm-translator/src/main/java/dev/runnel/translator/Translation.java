package dev.runnel.translator;

import dev.runnel.wasm.TranslatedModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A translated module.
 *
 * @param className the machine class, as {@link TranslatedModule#load} takes it
 * @param classFiles class files by class name
 * @param metadata the module without its code
 * @param warnings sentences on what could not be translated well
 * @param summary sentences on what was done
 */
public record Translation(
    String className,
    Map<String, byte[]> classFiles,
    byte[] metadata,
    List<String> warnings,
    List<String> summary) {

  public Translation {
    classFiles = Map.copyOf(classFiles);
    warnings = List.copyOf(warnings);
    summary = List.copyOf(summary);
  }

  Translation withWarnings(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Translation(className, classFiles, metadata, all, summary);
  }

  /** The path of the metadata below a class path root. */
  public String metadataPath() {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    String folder = className.substring(0, className.length() - simpleName.length());
    return folder.replace('.', '/') + TranslatedModule.metadataName(simpleName);
  }

  /** Writes class files and metadata below a class path root. */
  public void writeTo(Path root) throws IOException {
    for (Map.Entry<String, byte[]> file : classFiles.entrySet()) {
      write(root.resolve(file.getKey().replace('.', '/') + ".class"), file.getValue());
    }
    write(root.resolve(metadataPath()), metadata);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes);
  }

  /** A loader that finds the translated classes, for use in the same process. */
  public ClassLoader loader(ClassLoader parent) {
    return new TranslationLoader(this, parent);
  }
}
