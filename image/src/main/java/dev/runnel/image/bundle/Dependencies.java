package dev.runnel.image.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The npm packages that a program needs: looked for where Node looks, installed by npm. */
final class Dependencies {
  private final Tool tool;
  private final Optional<Path> npm;
  private final SourceProgram program;

  /**
   * @param tool runs npm
   * @param npm empty when there is none
   */
  Dependencies(Tool tool, Optional<Path> npm, SourceProgram program) {
    this.tool = tool;
    this.npm = npm;
    this.program = program;
  }

  void install() throws BuildException, IOException, InterruptedException {
    Optional<String> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    if (npm.isEmpty()) {
      throw new BuildException(
          "%s needs the package %s, which is in no node_modules folder, and npm was not found:"
              + " install Node.js, or bring a node_modules folder.",
          program.folder(), missing.get());
    }
    boolean isLocked = Files.isRegularFile(program.folder().resolve("package-lock.json"));
    List<String> command =
        List.of(npm.get().toString(), isLocked ? "ci" : "install", "--no-audit", "--no-fund");
    if (tool.run(command, program.folder()) != 0) {
      throw new BuildException("npm could not install what %s needs.", program.folder());
    }
    Optional<String> stillMissing = missing();
    if (stillMissing.isPresent()) {
      throw new BuildException(
          "npm has not installed the package %s, which %s needs.",
          stillMissing.get(), program.folder());
    }
  }

  private Optional<String> missing() {
    return program.dependencies().stream().filter(name -> !isThere(name)).sorted().findFirst();
  }

  private boolean isThere(String name) {
    for (Path at = program.folder(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("node_modules").resolve(name).resolve("package.json"))) {
        return true;
      }
    }
    return false;
  }
}
