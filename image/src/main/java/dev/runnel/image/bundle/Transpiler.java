package dev.runnel.image.bundle;

import dev.runnel.engine.HostError;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.store.Atomically;
import dev.runnel.runtime.module.SourceTransform;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes JavaScript of TypeScript and JSX, one module at a time, as esbuild does: types are left
 * out, not checked. What it made is kept by content.
 *
 * <p>Safe from any thread.
 */
public final class Transpiler implements SourceTransform {
  /** How many modules one process may have transformed; those that were kept don't count. */
  private static final int LIMIT = 2_000;

  private static final String FOLDER = "modules";

  /** As esbuild tells of an error: what, and after an empty line, where. */
  private static final Pattern ERROR =
      Pattern.compile("\\[ERROR] (?<what>.*)\\s+(?<where>\\S+:\\d+:\\d+):");

  private final Path cache;
  private final int limit;
  private final AtomicInteger made = new AtomicInteger();

  Transpiler(Path cache, int limit) {
    this.cache = cache;
    this.limit = limit;
  }

  /**
   * @param cache a folder of the user's, for esbuild and what it makes
   */
  public static Transpiler keepingIn(Path cache) {
    return new Transpiler(cache, LIMIT);
  }

  @Override
  public String javaScript(Path file, String text, Optional<String> tsconfig) {
    try {
      var said = new StringWriter();
      Path folder = Optional.ofNullable(file.getParent()).orElse(file);
      Esbuild esbuild = Esbuild.around(folder, cache, new Tool(new PrintWriter(said)));
      var arguments = EsbuildArguments.module(String.valueOf(file.getFileName()), tsconfig);
      Path kept = kept(esbuild, arguments, text);
      if (Files.isRegularFile(kept)) {
        return Files.readString(kept);
      }
      String javaScript = make(file, text, esbuild, arguments, said);
      Files.createDirectories(cache.resolve(FOLDER));
      Atomically.write(kept, javaScript.getBytes(StandardCharsets.UTF_8));
      return javaScript;
    } catch (BuildException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw refused("%s can't be made JavaScript: %s".formatted(file, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("%s was not made JavaScript: the program is ending.".formatted(file));
    }
  }

  private static HostError refused(String sentence) {
    return HostError.syntax("ERR_INVALID_TYPESCRIPT_SYNTAX", "%s", sentence);
  }

  private Path kept(Esbuild esbuild, List<String> arguments, String text) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.add(esbuild.identity());
    all.add(text);
    byte[] bytes = String.join("\0", all).getBytes(StandardCharsets.UTF_8);
    return cache.resolve(FOLDER).resolve(Digest.of(bytes).hex() + ".js");
  }

  private String make(
      Path file, String text, Esbuild esbuild, List<String> arguments, StringWriter said)
      throws BuildException, IOException, InterruptedException {
    if (made.incrementAndGet() > limit) {
      throw new BuildException(
          "%s is not made JavaScript: %d modules have been, which is the limit.", file, limit);
    }
    Path work = Files.createTempDirectory("runnel-module-");
    try {
      Path source = work.resolve("source");
      Path result = work.resolve("result");
      Files.writeString(source, text);
      if (!esbuild.transform(arguments, source, result)) {
        throw new BuildException("%s", complaint(file, said.toString()));
      }
      return Files.readString(result);
    } finally {
      Atomically.deleteFolder(work);
    }
  }

  private static String complaint(Path file, String said) {
    Matcher error = ERROR.matcher(said);
    if (!error.find()) {
      return "%s is no TypeScript or JSX: %s".formatted(file, said.strip());
    }
    return "%s (%s)".formatted(error.group("what"), file.resolveSibling(error.group("where")));
  }
}
