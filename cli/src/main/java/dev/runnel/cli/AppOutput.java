package dev.runnel.cli;

import dev.runnel.cli.log.LogRate;
import dev.runnel.server.LogText;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What an app writes, as lines that say whose they are: one line a record, control characters
 * escaped, and only so many bytes a second; how much was left out is said in its place. Safe from
 * any thread.
 */
final class AppOutput extends OutputStream {
  private static final int LONGEST_LINE = 16 << 10;

  private final String app;
  private final LogRate rate;
  private final Consumer<String> lines;
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;

  /**
   * @param bytesPerSecond how much may be written on average; twice as much at once
   */
  AppOutput(String app, long bytesPerSecond, LongSupplier nanoClock, Consumer<String> lines) {
    this.app = app;
    this.rate = new LogRate(bytesPerSecond, nanoClock);
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      finishLine();
    } else {
      line[length++] = (byte) b;
      if (length == line.length) {
        finishLine();
      }
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      write(bytes[i]);
    }
  }

  /** A sentence of ours about the app, under the same limit. */
  synchronized void say(String sentence) {
    record(sentence);
  }

  private void finishLine() {
    record(new String(line, 0, length, StandardCharsets.UTF_8));
    length = 0;
  }

  private void record(String text) {
    OptionalLong leftOut = rate.admit(text.length() + 1L);
    if (leftOut.isEmpty()) {
      return;
    }
    if (leftOut.getAsLong() > 0) {
      lines.accept("%s | %d lines were left out (log-rate).".formatted(app, leftOut.getAsLong()));
    }
    lines.accept(app + " | " + LogText.oneLine(text));
  }
}
