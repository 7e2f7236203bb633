package dev.runnel.server;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.HeaderRules;
import dev.runnel.runtime.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * How one response's message is laid out. Length and transfer coding are the server's business (RFC
 * 9112, section 6): of what the program says about them only a Content-Length is kept.
 */
final class ResponseFraming {
  private final Request request;
  private final Response response;
  private final boolean hasBody;
  private final long announced;
  private long written;
  private List<Header> trailers = List.of();
  private boolean committed;

  private ResponseFraming(Request request, Response response, boolean hasBody) {
    this.request = request;
    this.response = response;
    this.hasBody = hasBody;
    this.announced = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
  }

  static ResponseFraming apply(ResponseHead head, HttpExchange exchange, Response response) {
    Request request = response.getRequest();
    response.setStatus(head.status());
    exchange.status(head.status());
    putHeaders(head.headers(), response.getHeaders());
    keepReason(head, request);
    boolean hasBody = !HttpStatus.hasNoBody(head.status());
    if (!hasBody && head.status() != HttpStatus.NOT_MODIFIED_304) {
      response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
    }
    return new ResponseFraming(request, response, hasBody);
  }

  private static final Set<String> ONCE = Set.of("date", "content-length", "content-type");

  private static void putHeaders(List<Header> headers, HttpFields.Mutable fields) {
    boolean chunked = false;
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.equals("transfer-encoding")) {
        chunked = true;
      } else if (ONCE.contains(name)) {
        fields.put(header.name(), header.value());
      } else {
        fields.add(header.name(), header.value());
      }
    }
    if (chunked) {
      fields.remove(HttpHeader.CONTENT_LENGTH);
    }
  }

  /** Jetty writes the standard reason phrase unless the stream below it says otherwise. */
  private static void keepReason(ResponseHead head, Request request) {
    String reason = head.reason().isEmpty() ? StatusPage.reason(head.status()) : head.reason();
    if (!reason.equals(HttpStatus.getMessage(head.status()))) {
      request.addHttpStreamWrapper(stream -> new Phrased(stream, head.status(), reason));
    }
  }

  private boolean isNotModified() {
    return response.getStatus() == HttpStatus.NOT_MODIFIED_304;
  }

  boolean hasBody() {
    return hasBody;
  }

  /** Known only when the body ends; sent where the message has a place for them. */
  void trailers(List<Header> fields) {
    trailers = new ArrayList<>(fields);
    trailers.removeIf(
        field -> !HeaderRules.isToken(field.name()) || !HeaderRules.isFieldText(field.value()));
  }

  /**
   * @throws AbortedException when this is more or less than the program announced
   */
  void write(boolean last, ByteBuffer bytes, Callback callback) throws AbortedException {
    count(bytes.remaining(), last);
    boolean first = !committed;
    committed = true;
    if (first && hasBody && (!last || !trailers.isEmpty()) && mayHaveTrailers()) {
      response.setTrailersSupplier(this::trailerFields);
    }
    if (first && last && !bytes.hasRemaining() && (isHead() || isNotModified())) {
      // In one write this would claim a Content-Length of 0 for what has a length elsewhere.
      response.write(
          false,
          bytes,
          Callback.from(() -> response.write(true, bytes, callback), callback::failed));
    } else {
      response.write(last, bytes, callback);
    }
  }

  private void count(int bytes, boolean last) throws AbortedException {
    written += bytes;
    if (announced >= 0
        && hasBody
        && !isHead()
        && (written > announced || (last && written < announced))) {
      throw new AbortedException(
          "The program announced a Content-Length of %d and wrote %d bytes."
              .formatted(announced, written));
    }
  }

  private boolean isHead() {
    return HttpMethod.HEAD.is(request.getMethod());
  }

  private boolean mayHaveTrailers() {
    return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0
        && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
  }

  private HttpFields trailerFields() {
    HttpFields.Mutable fields = HttpFields.build();
    trailers.forEach(field -> fields.add(field.name(), field.value()));
    return fields;
  }

  /** Sends a response's head with a reason phrase of the program's own. */
  private static final class Phrased extends HttpStream.Wrapper {
    private final int status;
    private final String reason;

    Phrased(HttpStream stream, int status, String reason) {
      super(stream);
      this.status = status;
      this.reason = reason;
    }

    @Override
    public void send(
        MetaData.Request request,
        MetaData.Response response,
        boolean last,
        ByteBuffer content,
        Callback callback) {
      super.send(request, phrased(response), last, content, callback);
    }

    @SuppressWarnings("NullAway") // Jetty passes null for everything but the first write.
    private MetaData.Response phrased(MetaData.Response head) {
      if (head == null || head.getStatus() != status) {
        return head;
      }
      return new MetaData.Response(
          status,
          reason,
          head.getHttpVersion(),
          head.getHttpFields(),
          head.getContentLength(),
          head.getTrailersSupplier());
    }
  }
}
