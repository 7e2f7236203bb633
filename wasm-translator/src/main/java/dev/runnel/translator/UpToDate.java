package dev.runnel.translator;

import dev.runnel.wasm.TranslatedModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import run.endive.compiler.internal.Compiler;

/** A file beside the output that names what it was made from: input, options and the tools. */
record UpToDate(Path file, String digest) {

  static UpToDate of(
      byte[] wasm, TranslatorOptions options, List<Intrinsic> intrinsics, Path output)
      throws IOException {
    StringBuilder made = new StringBuilder(TranslatedModule.sha256(wasm)).append(options);
    for (Intrinsic intrinsic : intrinsics) {
      made.append(intrinsic.identity()).append(digestOfCode(intrinsic.owner()));
    }
    for (Class<?> tool : List.of(Translator.class, Compiler.class, ClassReader.class)) {
      made.append(' ').append(digestOfOrigin(tool));
    }
    return new UpToDate(
        output.resolve(options.className() + ".translated"),
        TranslatedModule.sha256(made.toString().getBytes(StandardCharsets.UTF_8)));
  }

  boolean holds() throws IOException {
    return Files.exists(file) && Files.readString(file).equals(digest);
  }

  void set() throws IOException {
    Files.writeString(file, digest);
  }

  private static String digestOfCode(Class<?> type) throws IOException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in == null ? "" : TranslatedModule.sha256(in.readAllBytes());
    }
  }

  /** A digest of the jar or class folder that a class comes from. */
  private static String digestOfOrigin(Class<?> type) throws IOException {
    Path origin;
    try {
      origin = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    try (Stream<Path> files = Files.walk(origin)) {
      StringBuilder digests = new StringBuilder();
      files.filter(Files::isRegularFile).sorted().forEach(file -> digests.append(digestOf(file)));
      return TranslatedModule.sha256(digests.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String digestOf(Path file) {
    try {
      return TranslatedModule.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
