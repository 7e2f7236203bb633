package dev.runnel.translator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Translates a module from a build: {@code INPUT.wasm CLASS_NAME OUTPUT_DIRECTORY [OPTION…]}.
 *
 * <p>Options: {@code --largest-method=BYTES}, {@code --region-weight=INSTRUCTIONS}, {@code
 * --unpolled-targets=COUNT}, {@code --largest-inlined=BYTES}, {@code
 * --early-return-weight=INSTRUCTIONS}, {@code --quiet}. Does nothing if the output was made from
 * the same input, options and tools before.
 */
public final class TranslateMain {
  private TranslateMain() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      System.err.println("Usage: TranslateMain INPUT.wasm CLASS_NAME OUTPUT_DIRECTORY [OPTION…]");
      System.exit(2);
    }
    TranslatorOptions options = TranslatorOptions.named(args[1]);
    boolean quiet = false;
    for (int i = 3; i < args.length; i++) {
      if (args[i].equals("--quiet")) {
        quiet = true;
      } else {
        options = with(options, args[i]);
      }
    }
    PrintStream log = quiet ? new PrintStream(PrintStream.nullOutputStream()) : System.out;
    run(Files.readAllBytes(Path.of(args[0])), options, Path.of(args[2]), log);
  }

  /** Translates unless the output is up to date. */
  public static void run(byte[] wasm, TranslatorOptions options, Path output, PrintStream log)
      throws IOException {
    run(wasm, options, List.of(), output, log);
  }

  /** As above, with intrinsics. */
  public static void run(
      byte[] wasm,
      TranslatorOptions options,
      List<Intrinsic> intrinsics,
      Path output,
      PrintStream log)
      throws IOException {
    UpToDate mark = UpToDate.of(wasm, options, intrinsics, output);
    if (mark.holds()) {
      log.printf("%s is up to date.%n", options.className());
      return;
    }
    long start = System.nanoTime();
    Translation translation = Translator.translate(wasm, options, intrinsics);
    translation.writeTo(output);
    mark.set();
    translation.summary().forEach(log::println);
    translation.warnings().forEach(warning -> System.err.println("Warning: " + warning));
    log.printf(
        "Translated %d bytes into %d classes named %s… in %d ms.%n",
        wasm.length,
        translation.classFiles().size(),
        options.className(),
        (System.nanoTime() - start) / 1_000_000);
  }

  private static TranslatorOptions with(TranslatorOptions options, String argument) {
    String[] parts = argument.split("=", 2);
    if (parts.length == 2) {
      int value = Integer.parseInt(parts[1]);
      switch (parts[0]) {
        case "--largest-method":
          return options.withLargestMethod(value);
        case "--region-weight":
          return options.withRegionWeight(value);
        case "--unpolled-targets":
          return options.withUnpolledTargets(value);
        case "--largest-inlined":
          return options.withLargestInlined(value);
        case "--early-return-weight":
          return options.withEarlyReturnWeight(value);
        default:
      }
    }
    throw new IllegalArgumentException("Unknown option %s.".formatted(argument));
  }
}
