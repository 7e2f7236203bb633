package dev.runnel.wasi;

import dev.runnel.runtime.worker.DirectoryGrant;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a program is given, and how much it may use. Start from {@link #DEFAULT}.
 *
 * @param arguments the program's own name first
 * @param environment nothing of the real one by default
 * @param directories folders that it may use; none by default
 * @param streams its standard streams
 * @param clocks how fine its clocks are
 * @param limits what it may hold
 */
public record WasiOptions(
    List<String> arguments,
    SequencedMap<String, String> environment,
    List<DirectoryGrant> directories,
    Streams streams,
    Clocks clocks,
    Limits limits) {

  /** Whether a stream is a terminal, which programs ask. */
  public enum Terminal {
    YES,
    NO
  }

  /** Standard streams, read and written on the program's thread. They are not closed. */
  public record Streams(InputStream in, OutputStream out, OutputStream err, Terminal terminal) {
    public static final Streams NONE =
        new Streams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Terminal.NO);
  }

  /** How fine clocks are. */
  public enum Clocks {
    FINE,
    /** Full milliseconds, too coarse to measure what others do. */
    COARSE
  }

  /**
   * What a program may hold.
   *
   * @param memoryPages pages of 64 KB of its memory; more than 32,767 can't be
   * @param openFiles descriptors, the standard streams and grants included
   * @param stackBytes what its calls may take of the thread's stack
   */
  public record Limits(int memoryPages, int openFiles, int stackBytes) {
    private static final int MOST_PAGES = 32_767;
    private static final int LEAST_STACK = 1 << 16;

    public Limits {
      if (memoryPages < 1 || memoryPages > MOST_PAGES) {
        throw new IllegalArgumentException(
            "A program's memory has 1 to %d pages of 64 KB, not %d."
                .formatted(MOST_PAGES, memoryPages));
      }
      if (openFiles < 3 || stackBytes < LEAST_STACK) {
        throw new IllegalArgumentException(
            "A program has at least 3 descriptors and %d bytes of stack, not %d and %d."
                .formatted(LEAST_STACK, openFiles, stackBytes));
      }
    }

    public Limits withMemoryPages(int changed) {
      return new Limits(changed, openFiles, stackBytes);
    }
  }

  public static final WasiOptions DEFAULT =
      new WasiOptions(
          List.of("program.wasm"),
          new LinkedHashMap<>(),
          List.of(),
          Streams.NONE,
          Clocks.FINE,
          new Limits(Limits.MOST_PAGES, 1_024, 16 << 20));

  public WasiOptions {
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    directories = List.copyOf(directories);
    textWithoutNul(arguments);
    textWithoutNul(environment.keySet());
    textWithoutNul(environment.values());
  }

  private static void textWithoutNul(Iterable<String> texts) {
    for (String text : texts) {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "Arguments and variables of a program can't hold a NUL character.");
      }
    }
  }

  public WasiOptions withArguments(List<String> changed) {
    return new WasiOptions(changed, environment, directories, streams, clocks, limits);
  }

  public WasiOptions withEnvironment(Map<String, String> changed) {
    return new WasiOptions(
        arguments, new LinkedHashMap<>(changed), directories, streams, clocks, limits);
  }

  public WasiOptions withDirectories(List<DirectoryGrant> changed) {
    return new WasiOptions(arguments, environment, changed, streams, clocks, limits);
  }

  public WasiOptions withStreams(Streams changed) {
    return new WasiOptions(arguments, environment, directories, changed, clocks, limits);
  }

  public WasiOptions withClocks(Clocks changed) {
    return new WasiOptions(arguments, environment, directories, streams, changed, limits);
  }

  public WasiOptions withLimits(Limits changed) {
    return new WasiOptions(arguments, environment, directories, streams, clocks, changed);
  }
}
