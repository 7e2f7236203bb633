package dev.runnel.portable;

import dev.runnel.portable.CodeCompiler.Positions;
import java.time.Duration;

/**
 * How a program is packed.
 *
 * @param evaluation whether it is evaluated now
 * @param positions whether stack traces have the program's lines
 * @param deadline how long it may run while it is packed
 * @param memoryBytes how large its memory may get, now and in the file
 */
public record PackOptions(
    Evaluation evaluation, Positions positions, Duration deadline, long memoryBytes) {

  /** When a program's first evaluation is. */
  public enum Evaluation {
    /** Now, if it does nothing that belongs to one start; otherwise at each start. */
    NOW_IF_POSSIBLE,
    /** Now; what belongs to one start is an error. */
    NOW,
    /** At each start. */
    AT_START
  }

  public static final PackOptions DEFAULT =
      new PackOptions(
          Evaluation.NOW_IF_POSSIBLE, Positions.NONE, Duration.ofSeconds(30), 256L << 20);

  public PackOptions withEvaluation(Evaluation changed) {
    return new PackOptions(changed, positions, deadline, memoryBytes);
  }

  public PackOptions withPositions(Positions changed) {
    return new PackOptions(evaluation, changed, deadline, memoryBytes);
  }

  public PackOptions withDeadline(Duration changed) {
    return new PackOptions(evaluation, positions, changed, memoryBytes);
  }

  public PackOptions withMemoryBytes(long changed) {
    return new PackOptions(evaluation, positions, deadline, changed);
  }
}
