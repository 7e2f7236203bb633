package dev.runnel.cli;

import dev.runnel.portable.CodeCompiler.Positions;
import dev.runnel.portable.PackException;
import dev.runnel.portable.PackOptions;
import dev.runnel.portable.PackOptions.Evaluation;
import dev.runnel.portable.PackedProgram;
import dev.runnel.portable.Packer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * How a JavaScript program becomes one WebAssembly file: options of every command that makes one.
 */
final class PortableFlags {
  @Option(
      names = "--evaluate",
      paramLabel = "auto|now|start",
      converter = EvaluationWord.class,
      defaultValue = "auto",
      description = {
        "When a program that becomes WebAssembly is first evaluated: now, so that a start begins at",
        "its first request; at each start; or now if it does nothing then that belongs to one start",
        "(default: auto)."
      })
  private Evaluation evaluation = Evaluation.NOW_IF_POSSIBLE;

  @Option(names = "--lines", description = "Keep lines, so that its stack traces show them.")
  private boolean lines;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = OptionValues.Size.class,
      defaultValue = "256m",
      description = "How large its memory may get (default: ${DEFAULT-VALUE}).")
  private long memory = 256L << 20;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = OptionValues.Time.class,
      defaultValue = "30s",
      description = "How long it may run while it is compiled (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(30);

  /**
   * @param err is told why the program can't be evaluated now
   */
  byte[] compile(Path entry, PrintWriter err)
      throws IOException, PackException, InterruptedException {
    PackedProgram packed = Packer.pack(entry, options());
    packed
        .obstacle()
        .ifPresent(
            obstacle ->
                err.println(
                    "runnel: The program %s while it is evaluated, so that is done at each start."
                        .formatted(obstacle)));
    return packed.wasm();
  }

  private PackOptions options() {
    return PackOptions.DEFAULT
        .withEvaluation(evaluation)
        .withPositions(lines ? Positions.LINES : Positions.NONE)
        .withMemoryBytes(memory)
        .withDeadline(timeout);
  }

  /** Reads one of the three words. */
  private static final class EvaluationWord implements ITypeConverter<Evaluation> {
    @Override
    public Evaluation convert(String word) {
      return switch (word) {
        case "auto" -> Evaluation.NOW_IF_POSSIBLE;
        case "now" -> Evaluation.NOW;
        case "start" -> Evaluation.AT_START;
        default -> throw new TypeConversionException("It must be auto, now or start.");
      };
    }
  }
}
