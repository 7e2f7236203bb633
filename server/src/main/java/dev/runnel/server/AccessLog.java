package dev.runnel.server;

import java.time.Clock;
import java.util.function.Consumer;

/** One line a request, for people or for programs that collect logs. */
public final class AccessLog {
  private AccessLog() {}

  /** Who, what, the status, and how long it took. */
  public static RequestObserver console(Consumer<String> lines) {
    return new Lines(report -> console(report), lines);
  }

  /** A JSON object a line; every field is always there. */
  public static RequestObserver json(Consumer<String> lines, Clock clock) {
    return new Lines(report -> json(report, clock), lines);
  }

  private record Lines(
      java.util.function.Function<RequestReport, String> form, Consumer<String> lines)
      implements RequestObserver {
    @Override
    public void ended(RequestReport report) {
      lines.accept(form.apply(report));
    }

    @Override
    public void refused(String client, String limit) {
      ended(RequestReport.ofNone(client, limit));
    }
  }

  private static String console(RequestReport report) {
    return "%s \"%s\" %d %.1f ms%s%s"
        .formatted(
            LogText.oneLine(report.client()),
            LogText.oneLine(report.method() + " " + report.target()),
            report.status(),
            report.took().toNanos() / 1e6,
            report.cutOff() ? " cut off" : "",
            report.limit().isEmpty() ? "" : " Runnel-Limit=" + report.limit());
  }

  private static String json(RequestReport report, Clock clock) {
    return new StringBuilder(256)
        .append("{\"time\":\"")
        .append(clock.instant())
        .append('"')
        .append(",\"client\":")
        .append(LogText.quoted(report.client()))
        .append(",\"method\":")
        .append(LogText.quoted(report.method()))
        .append(",\"target\":")
        .append(LogText.quoted(report.target()))
        .append(",\"version\":")
        .append(LogText.quoted(report.version()))
        .append(",\"status\":")
        .append(report.status())
        .append(",\"ms\":")
        .append(report.took().toNanos() / 1000 / 1e3)
        .append(",\"firstByteMs\":")
        .append(report.firstByte().toNanos() / 1000 / 1e3)
        .append(",\"bytes\":")
        .append(report.bytes())
        .append(",\"writes\":")
        .append(report.writes())
        .append(",\"cutOff\":")
        .append(report.cutOff())
        .append(",\"Runnel-Limit\":")
        .append(LogText.quoted(report.limit()))
        .append(",\"trace\":")
        .append(LogText.quoted(report.trace().map(trace -> trace.own().traceId()).orElse("")))
        .append('}')
        .toString();
  }
}
