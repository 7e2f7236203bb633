package dev.runnel.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program that shows one behaviour, {@code conformance/AREA/NAME.js}, with what it must write
 * beside it: {@code NAME.out} is all of its standard output, {@code NAME.err} holds texts that its
 * standard error has to contain in this order, one a line. A program with an {@code .err} may end
 * with any exit code, others have to end with 0 and to write no error. Folders called {@code
 * fixtures} hold what programs import or read.
 *
 * <p>While {@code NAME.only.js} exists, nothing else runs: for work on one behaviour.
 */
record Behaviour(Path program) {
  private static final Set<String> NOT_AREAS =
      Set.of(
          "src",
          "target",
          "react",
          "browser",
          "wpt",
          "intl",
          "frameworks",
          "compatibility",
          "node-suite");
  private static final String PROGRAM = ".*\\.[cm]?js";
  private static final String EXPECTATION = ".*\\.(out|err)";

  static List<Behaviour> all() {
    List<Behaviour> all =
        files().filter(file -> matches(file, PROGRAM)).map(Behaviour::new).toList();
    List<Behaviour> focused = all.stream().filter(Behaviour::isFocused).toList();
    return focused.isEmpty() ? all : focused;
  }

  /** Everything that breaks the rules above. */
  static List<String> disorder() {
    List<String> found = new ArrayList<>();
    for (Path file : files().toList()) {
      if (matches(file, EXPECTATION)) {
        if (programsOf(file).isEmpty()) {
          found.add(file + " belongs to no program");
        }
      } else if (matches(file, PROGRAM)) {
        found.addAll(new Behaviour(file).disorderOfThis());
      } else {
        found.add(file + " is neither a program nor an expectation");
      }
    }
    return found;
  }

  private List<String> disorderOfThis() {
    List<String> found = new ArrayList<>();
    if (expectedOut().isEmpty() && expectedErr().isEmpty()) {
      found.add(program + " has no expectation beside it");
    }
    if (isFocused()) {
      found.add(program + " keeps the others from running");
    }
    return found;
  }

  private static List<Path> programsOf(Path expectation) {
    String base = expectation.toString().replaceFirst("\\.(out|err)$", "");
    return Stream.of(".js", ".mjs", ".cjs")
        .map(ending -> Path.of(base + ending))
        .filter(Files::exists)
        .toList();
  }

  private static Stream<Path> files() {
    return areas().stream().flatMap(Behaviour::filesBelow).sorted();
  }

  private static List<Path> areas() {
    try (Stream<Path> folders = Files.list(Project.CONFORMANCE)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> !NOT_AREAS.contains(folder.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> filesBelow(Path area) {
    try (Stream<Path> files = Files.walk(area)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/fixtures/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(Path file, String pattern) {
    return file.getFileName().toString().matches(pattern);
  }

  String name() {
    return Project.CONFORMANCE.relativize(program).toString().replaceFirst("\\.[cm]?js$", "");
  }

  Path folder() {
    return program.resolveSibling("");
  }

  boolean isFocused() {
    return matches(program, ".*\\.only\\.[cm]?js");
  }

  Optional<String> expectedOut() {
    return beside(".out");
  }

  Optional<String> expectedErr() {
    return beside(".err");
  }

  private Optional<String> beside(String ending) {
    Path file = Path.of(program.toString().replaceFirst("\\.[cm]?js$", ending));
    return Files.exists(file) ? Optional.of(Project.read(file)) : Optional.empty();
  }
}
