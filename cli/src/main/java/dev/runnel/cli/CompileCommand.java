package dev.runnel.cli;

import dev.runnel.translator.CompileTool;
import dev.runnel.translator.CompileTool.NotACommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import run.endive.wasm.WasmEngineException;

/** {@code runnel compile}: a WASI program becomes a jar that needs nothing but a JVM. */
@Command(
    name = "compile",
    description = "Compiles a WASI program to a jar: java -jar PROG.jar ARGS.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "runnel compile PROG.wasm [-o PROG.jar]",
    sortOptions = false)
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PROG.wasm", description = "The program.")
  private Path wasm = Path.of("");

  @Option(
      names = "-o",
      paramLabel = "PROG.jar",
      description = "The jar (default: the program's name with .jar, in this folder).")
  private @Nullable Path jar;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.isRegularFile(wasm)) {
      err.println("runnel: There is no file %s.".formatted(wasm));
      return 1;
    }
    try {
      CompileTool.compile(wasm, target()).forEach(warning -> err.println("runnel: " + warning));
      return 0;
    } catch (NotACommandException e) {
      err.println("runnel: " + e.getMessage());
    } catch (WasmEngineException e) {
      err.println("runnel: %s is not WebAssembly: %s.".formatted(wasm, e.getMessage()));
    } catch (IOException e) {
      err.println("runnel: %s can't be written: %s.".formatted(target(), e));
    }
    return 1;
  }

  private Path target() {
    String name = wasm.getFileName().toString().replaceFirst("\\.wasm$", "");
    return jar == null ? Path.of(name + ".jar") : jar;
  }
}
