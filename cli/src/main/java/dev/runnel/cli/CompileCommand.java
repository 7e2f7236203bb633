package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.pack.BuiltProgram;
import dev.runnel.portable.PackException;
import dev.runnel.translator.CompileTool;
import dev.runnel.translator.CompileTool.NotACommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * a WASI runtime; a WASI program becomes a jar that needs nothing but a JVM.
 */
@Command(
    name = "compile",
    description = {
      "Makes one WebAssembly file of a JavaScript program, engine and runtime included, to be run by",
      "any WASI runtime: wasmtime run APP.wasm ARGS. Or makes a jar of a WASI program."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = {
      "runnel compile [OPTIONS] APP [-o APP.wasm]",
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
      description = "What is written (default: the program's name with .wasm, or .jar, here).")
  private @Nullable Path output;

  @Mixin private PortableFlags portable = new PortableFlags();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.exists(program)) {
      err.println("runnel: There is no file %s.".formatted(program));
      return 1;
    }
    try {
      if (program.toString().endsWith(".wasm")) {
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
