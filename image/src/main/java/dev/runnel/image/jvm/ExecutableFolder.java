package dev.runnel.image.jvm;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.store.Atomically;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with a program that runs where there is no Java, as jpackage lays it out: {@code
 * bin/NAME} starts it, {@code lib/runtime} is its JRE, {@code lib/app} has the rest.
 */
public final class ExecutableFolder {
  /** The JVM's property that says where the program is. */
  public static final String PROGRAM = "runnel.program";

  private static final String CLASS_PATH = "app.classpath=";

  private final JvmCommand command;
  private final Path target;
  private final String name;

  private ExecutableFolder(JvmCommand command, Path target) {
    this.command = command;
    this.target = target.toAbsolutePath().normalize();
    this.name = this.target.getFileName().toString();
  }

  /** Puts the program's files into a folder. */
  public interface Program {
    void into(Path folder) throws IOException;
  }

  /**
   * @param target the folder, which must not be there yet; the program is called as it is
   */
  public static void make(JvmCommand command, Program program, Path target)
      throws IOException, ImageException, InterruptedException {
    new ExecutableFolder(command, target).make(program);
  }

  private void make(Program program) throws IOException, ImageException, InterruptedException {
    if (Files.exists(target)) {
      throw new ImageException("%s is there already; remove it, or name another with -o.", target);
    }
    Path parent = target.resolveSibling("");
    Path making = Files.createTempDirectory(parent, ".making-");
    try {
      JvmFolder jvm = JvmFolder.make(command, making.resolve("root"));
      Path app = making.resolve("root").resolve(JvmFolder.HOME + "lib");
      program.into(Files.createDirectory(app.resolve("program")));
      Files.move(jvm.cache(), app.resolve(jvm.cache().getFileName()));
      Path out = making.resolve("out");
      pack(jvm, app, out);
      Path made = out.resolve(name);
      keepOrder(made.resolve("lib").resolve("app"), jvm);
      JvmFolder.makeOld(made);
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Atomically.deleteFolder(making);
    }
  }

  private void pack(JvmFolder jvm, Path app, Path out)
      throws IOException, ImageException, InterruptedException {
    List<String> jpackage = new ArrayList<>();
    jpackage.add(JvmCommand.jdk().resolve("bin").resolve("jpackage").toString());
    jpackage.addAll(List.of("--type", "app-image", "--name", name, "--dest", out.toString()));
    jpackage.addAll(List.of("--runtime-image", jvm.jre().toString(), "--input", app.toString()));
    jpackage.addAll(List.of("--main-jar", fileName(jvm.jars().getFirst())));
    jpackage.addAll(List.of("--main-class", command.main()));
    List<String> options = new ArrayList<>(jvm.options("$APPDIR/" + jvm.cache().getFileName()));
    options.add("-D" + PROGRAM + "=$APPDIR/program");
    options.forEach(option -> jpackage.addAll(List.of("--java-options", option)));
    Process process = new ProcessBuilder(jpackage).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new ImageException("jpackage made no program: %s", said.strip());
    }
  }

  /** jpackage sorts the class path, and the AOT cache fits one order only. */
  private void keepOrder(Path app, JvmFolder jvm) throws IOException {
    Path settings = app.resolve(name + ".cfg");
    List<String> lines = new ArrayList<>(Files.readAllLines(settings));
    int first = 0;
    while (!lines.get(first).startsWith(CLASS_PATH)) {
      first++;
    }
    lines.removeIf(line -> line.startsWith(CLASS_PATH));
    lines.addAll(
        first, jvm.jars().stream().map(jar -> CLASS_PATH + "$APPDIR/" + fileName(jar)).toList());
    Files.write(settings, lines);
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
