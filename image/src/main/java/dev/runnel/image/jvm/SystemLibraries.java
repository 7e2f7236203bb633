package dev.runnel.image.jvm;

import dev.runnel.image.oci.ImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The C library and the rest of the system that a JRE's programs are linked with. */
final class SystemLibraries {
  private static final Pattern FOUND =
      Pattern.compile("(?:=>\\s*|^\\s*)(/\\S+) \\(0x[0-9a-f]+\\)$", Pattern.MULTILINE);

  private SystemLibraries() {}

  /** Where they are on this machine, which is where they have to be in an image. */
  static Set<Path> of(Path jre) throws IOException, ImageException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    SmallJre.programs(jre).forEach(program -> command.add(program.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    Set<Path> libraries = new TreeSet<>();
    Path own = jre.toRealPath();
    FOUND
        .matcher(said)
        .results()
        .map(match -> Path.of(match.group(1)))
        .filter(library -> !isIn(own, library))
        .forEach(libraries::add);
    if (exitCode != 0 || libraries.isEmpty()) {
      throw new ImageException("ldd doesn't say what a JVM is linked with: %s", said.strip());
    }
    return libraries;
  }

  private static boolean isIn(Path folder, Path library) {
    Path parent = library.normalize().getParent();
    return parent != null && Files.exists(parent) && parent.startsWith(folder);
  }
}
