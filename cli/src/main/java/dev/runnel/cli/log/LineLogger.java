package dev.runnel.cli.log;

import dev.runnel.server.LogText;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes each record as one line: time, level, who, what; a throwable with its causes and frames
 * behind it, parted by bars. Warnings and errors, which others can cause, come at a limited rate,
 * and how many were left out is said; those below are there because somebody asked. Safe from any
 * thread.
 */
final class LineLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;
  private static final int MOST_FRAMES = 20;

  private final int lowest;
  private final transient LogRate rate;
  private final transient PrintStream out;

  LineLogger(String name, Level lowest, LogRate rate, PrintStream out) {
    this.name = name;
    this.lowest = lowest.toInt();
    this.rate = rate;
    this.out = out;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String messagePattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable throwable) {
    StringBuilder line = head(level);
    line.append(LogText.oneLine(MessageFormatter.basicArrayFormat(messagePattern, arguments)));
    for (Throwable cause = throwable; cause != null; cause = cause.getCause()) {
      append(line, cause);
    }
    write(level, line);
  }

  private StringBuilder head(Level level) {
    StringBuilder line = new StringBuilder();
    line.append(Instant.now().truncatedTo(ChronoUnit.MILLIS)).append(' ');
    line.append(level.name().toLowerCase(Locale.ROOT)).append(' ');
    return line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
  }

  private void write(Level level, StringBuilder line) {
    if (level.toInt() >= Level.WARN.toInt()) {
      OptionalLong leftOut = rate.admit(line.length() + 1L);
      if (leftOut.isEmpty()) {
        return;
      }
      if (leftOut.getAsLong() > 0) {
        out.println(head(Level.WARN).append(LogRate.sentence(leftOut.getAsLong())));
      }
    }
    out.println(line);
  }

  private static void append(StringBuilder line, Throwable cause) {
    line.append(" | ").append(LogText.oneLine(cause.toString()));
    StackTraceElement[] frames = cause.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
      line.append(" | at ").append(frames[i]);
    }
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  private boolean shows(Level level) {
    return level.toInt() >= lowest;
  }

  @Override
  public boolean isTraceEnabled() {
    return shows(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return shows(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return shows(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return shows(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return shows(Level.ERROR);
  }
}
