package dev.runnel.server.trace;

import dev.runnel.runtime.http.TraceContext;
import dev.runnel.server.LogText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that took its time, as OpenTelemetry has it.
 *
 * @param parent the span that it belongs to, or {@code ""}
 * @param endNanos since 1970
 * @param attributes numbers and texts, by the names of OpenTelemetry's semantic conventions
 * @param failed whether it is to be shown as an error
 */
record Span(
    TraceContext context,
    String parent,
    Kind kind,
    String name,
    long endNanos,
    Duration took,
    Map<String, Object> attributes,
    boolean failed) {

  /** OTLP's numbers. */
  enum Kind {
    SERVER(2),
    CLIENT(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  private static final int STATUS_ERROR = 2;

  Span {
    attributes = new LinkedHashMap<>(attributes);
  }

  /**
   * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: ids in hex, 64 bits as text.
   */
  String json() {
    StringBuilder json = new StringBuilder(512);
    json.append("{\"traceId\":\"").append(context.traceId());
    json.append("\",\"spanId\":\"").append(context.spanId());
    if (!parent.isEmpty()) {
      json.append("\",\"parentSpanId\":\"").append(parent);
    }
    json.append("\",\"name\":").append(LogText.quoted(name));
    json.append(",\"kind\":").append(kind.number);
    json.append(",\"startTimeUnixNano\":\"").append(endNanos - took.toNanos());
    json.append("\",\"endTimeUnixNano\":\"").append(endNanos);
    json.append("\",\"attributes\":[");
    String comma = "";
    for (Map.Entry<String, Object> one : attributes.entrySet()) {
      json.append(comma).append(attribute(one.getKey(), one.getValue()));
      comma = ",";
    }
    json.append("],\"status\":{");
    if (failed) {
      json.append("\"code\":").append(STATUS_ERROR);
    }
    return json.append("}}").toString();
  }

  static String attribute(String key, Object value) {
    String typed =
        value instanceof Number number
            ? "{\"intValue\":\"%d\"}".formatted(number.longValue())
            : "{\"stringValue\":%s}".formatted(LogText.quoted(value.toString()));
    return "{\"key\":%s,\"value\":%s}".formatted(LogText.quoted(key), typed);
  }
}
