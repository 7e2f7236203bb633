package dev.runnel.translator;

import dev.runnel.wasm.TranslatedModule;
import dev.runnel.wasm.wasi.WasiMain;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import run.endive.log.Logger;
import run.endive.runtime.Instance;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Import;

/**
 * Makes a jar that runs of a WASI command: {@code java -jar prog.jar ARGUMENTS}. It holds the
 * translated program and all it needs; the same input makes the same bytes.
 */
public final class CompileTool {
  private static final String WASI = "wasi_snapshot_preview1";
  private static final int EARLY_RETURN_WEIGHT = 60;
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private CompileTool() {}

  /** Says why a module can't become a program. */
  public static final class NotACommandException extends Exception {
    NotACommandException(String message) {
      super(message);
    }
  }

  /**
   * Compiles {@code wasm} to {@code jar}.
   *
   * @return warnings about what will be slow
   * @throws NotACommandException if the module has no {@code _start}, or imports what WASI lacks
   */
  public static List<String> compile(Path wasm, Path jar) throws IOException, NotACommandException {
    byte[] bytes = Files.readAllBytes(wasm);
    check(Parser.parse(bytes), wasm.getFileName().toString());
    TranslatorOptions options =
        TranslatorOptions.named(WasiMain.PROGRAM_CLASS).withEarlyReturnWeight(EARLY_RETURN_WEIGHT);
    Translation translation = Translator.translate(bytes, options);
    SortedMap<String, byte[]> entries = new TreeMap<>();
    addLibraries(entries);
    translation
        .classFiles()
        .forEach((name, file) -> entries.put(name.replace('.', '/') + ".class", file));
    entries.put(translation.metadataPath(), translation.metadata());
    write(entries, jar);
    return translation.warnings();
  }

  private static void check(WasmModule module, String name) throws NotACommandException {
    List<String> foreign = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      if (!imported.module().equals(WASI)) {
        foreign.add(imported.module() + "." + imported.name());
      }
    }
    if (!foreign.isEmpty()) {
      throw new NotACommandException(
          "%s imports %s; a WASI command imports from %s only."
              .formatted(name, String.join(", ", foreign), WASI));
    }
    boolean starts = false;
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      starts |= module.exportSection().getExport(i).name().equals("_start");
    }
    if (!starts) {
      throw new NotACommandException("%s exports no _start: it is no command.".formatted(name));
    }
  }

  private static void addLibraries(Map<String, byte[]> entries) throws IOException {
    add(entries, TranslatedModule.class, name -> name.startsWith("dev/runnel/wasm/"));
    for (Class<?> library :
        List.of(Instance.class, WasmModule.class, WasiPreview1.class, Logger.class)) {
      add(entries, library, name -> name.startsWith("run/endive/"));
    }
  }

  /** Copies class files from where a class was loaded from, be it a jar or a folder. */
  private static void add(Map<String, byte[]> entries, Class<?> type, Predicate<String> wanted)
      throws IOException {
    Path origin;
    try {
      origin = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isDirectory(origin)) {
      addTree(entries, origin, wanted);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(origin)) {
      addTree(entries, jar.getPath("/"), wanted);
    }
  }

  private static void addTree(Map<String, byte[]> entries, Path root, Predicate<String> wanted)
      throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (wanted.test(name)) {
          entries.put(name, Files.readAllBytes(file));
        }
      }
    }
  }

  private static void write(SortedMap<String, byte[]> entries, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, WasiMain.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      begin(out, "META-INF/MANIFEST.MF");
      manifest.write(out);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        begin(out, entry.getKey());
        out.write(entry.getValue());
      }
    }
  }

  private static void begin(JarOutputStream out, String name) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(TIME);
    out.putNextEntry(entry);
  }
}
