package dev.runnel.cli;

import dev.runnel.image.jvm.ExecutableFolder;
import dev.runnel.image.jvm.IntlData;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.pack.AppProgram;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.portable.PackException;
import dev.runnel.translator.CompileTool;
import dev.runnel.translator.CompileTool.NotACommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import run.endive.wasm.WasmEngineException;

/**
 * {@code runnel compile}: a JavaScript program becomes one WebAssembly file that needs nothing but
 * a WASI runtime, or a folder that needs nothing at all; a WASI program becomes a jar that needs
 * nothing but a JVM.
 */
@Command(
    name = "compile",
    description = {
      "Makes one WebAssembly file of a JavaScript program, engine and runtime included, to be run"
          + " by",
      "any WASI runtime: wasmtime run APP.wasm ARGS. With --exe: a folder with a program that runs",
      "where there is no Java. Or makes a jar of a WASI program."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = {
      "runnel compile [OPTIONS] APP [-o APP.wasm]",
      "       runnel compile APP --exe [-o FOLDER]",
      "       runnel compile PROG.wasm [-o PROG.jar]"
    },
    sortOptions = false)
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "APP",
      description = {
        "A JavaScript file, a folder that runnel build has built, or a WASI program (.wasm)."
      })
  private Path program = Path.of("");

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = {
        "What is written (default: the program's name with .wasm, or .jar, here; the name alone"
            + " for",
        "a folder)."
      })
  private @Nullable Path output;

  @Option(
      names = "--exe",
      description = {
        "Make a folder for this system: bin/NAME runs the program, as `runnel run` does, with a"
            + " JRE",
        "of its own. RUNNEL_OPTIONS has further options when it runs."
      })
  private boolean exe;

  @Option(
      names = "--locales",
      paramLabel = "en,de,…",
      split = ",",
      description = "With --exe: the languages that Intl knows besides English (default: all).")
  private @Nullable List<String> locales;

  @Mixin private PortableFlags portable = new PortableFlags();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.exists(program)) {
      err.println("runnel: There is no file %s.".formatted(program));
      return 1;
    }
    try {
      if (exe || locales != null) {
        makeExecutable();
      } else if (program.toString().endsWith(".wasm")) {
        CompileTool.compile(program, target("\\.wasm$", ".jar"))
            .forEach(warning -> err.println("runnel: " + warning));
      } else {
        pack(err);
      }
      return 0;
    } catch (NotACommandException | PackException | ImageException e) {
      err.println("runnel: " + e.getMessage());
    } catch (WasmEngineException e) {
      err.println("runnel: %s is not WebAssembly: %s.".formatted(program, e.getMessage()));
    } catch (IOException e) {
      err.println("runnel: %s can't be compiled: %s.".formatted(program, e));
    }
    return 1;
  }

  private void pack(PrintWriter err)
      throws IOException, PackException, ImageException, InterruptedException {
    Path entry = Files.isDirectory(program) ? bundleIn(program) : program;
    write(target("\\.[cm]?js$", ".wasm"), portable.compile(entry, err));
  }

  private void makeExecutable() throws IOException, ImageException, InterruptedException {
    if (!exe || program.toString().endsWith(".wasm")) {
      throw new ImageException("--locales goes with --exe, and --exe with a JavaScript program.");
    }
    AppProgram built = BuiltProgram.at(program);
    IntlData intl = locales == null ? IntlData.ALL : IntlData.of(locales);
    Path folder = target("\\.[cm]?js$", "");
    ExecutableFolder.make(Containers.executable(intl), built::into, folder);
  }

  private static Path bundleIn(Path folder) throws ImageException, IOException {
    return BuiltProgram.at(folder).bundle();
  }

  /** Whole or not at all. */
  private static void write(Path target, byte[] bytes) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path whole = Files.createTempFile(folder, "runnel", ".wasm");
    try {
      Files.write(whole, bytes);
      Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private Path target(String ending, String replacement) {
    String name = program.toAbsolutePath().normalize().getFileName().toString();
    return output == null ? Path.of(name.replaceFirst(ending, "") + replacement) : output;
  }
}
