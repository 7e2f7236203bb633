package dev.runnel.wasm.wasi;

import dev.runnel.wasm.TranslatedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.ImportValues;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.WasmEngineException;

/**
 * The main class of a jar made from a WASI command ({@code wasi_snapshot_preview1}).
 *
 * <p>The command gets the standard streams and its arguments. Directories and environment only
 * where the caller grants them: {@code -Drunnel.dirs=GUEST:HOST,…} and {@code
 * -Drunnel.env=NAME=VALUE,…}. A trap ends the process with 134, as it does under wasmtime.
 */
public final class WasiMain {
  /** The translated machine class in such a jar. */
  public static final String PROGRAM_CLASS = "dev.runnel.compiled.Program";

  private static final String PROGRAM_NAME = "program.wasm";
  private static final int TRAPPED = 134;
  private static final long STACK_BYTES = 256L << 20;

  private WasiMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    int[] code = {TRAPPED};
    Runnable program = () -> code[0] = run(List.of(arguments), WasiMain.class.getClassLoader());
    Thread thread = new Thread(null, program, "program", STACK_BYTES);
    thread.start();
    thread.join();
    System.exit(code[0]);
  }

  /** Runs the program to its end; its exit code. */
  static int run(List<String> arguments, ClassLoader loader) {
    TranslatedModule module = TranslatedModule.load(PROGRAM_CLASS, loader);
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options(arguments)).build()) {
      ImportValues imports = ImportValues.builder().addFunction(wasi.toHostFunctions()).build();
      module.newInstance().withImportValues(imports).build().export("_start").apply();
      return 0;
    } catch (WasiExitException exit) {
      return exit.exitCode();
    } catch (WasmEngineException trap) {
      System.err.println("The program trapped: " + trap.getMessage());
      return TRAPPED;
    }
  }

  private static WasiOptions options(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(PROGRAM_NAME));
    all.addAll(arguments);
    WasiOptions.Builder options = WasiOptions.builder().inheritSystem().withArguments(all);
    for (String[] grant : pairs("runnel.dirs", ":")) {
      options.withDirectory(grant[0], Path.of(grant[1]));
    }
    for (String[] variable : pairs("runnel.env", "=")) {
      options.withEnvironment(variable[0], variable[1]);
    }
    return options.build();
  }

  private static List<String[]> pairs(String property, String separator) {
    List<String[]> pairs = new ArrayList<>();
    for (String item : System.getProperty(property, "").split(",")) {
      String[] pair = item.split(separator, 2);
      if (pair.length == 2) {
        pairs.add(pair);
      } else if (!item.isEmpty()) {
        throw new IllegalArgumentException(
            "-D%s has the item \"%s\", which has no \"%s\" in it."
                .formatted(property, item, separator));
      }
    }
    return pairs;
  }
}
