package dev.runnel.runtime.http;

import java.util.List;

/**
 * A request on its way into an isolate.
 *
 * @param url absolute, with scheme and host
 * @param connection where it came from
 */
public record WorkerRequest(
    String method, String url, List<Header> headers, RequestBody body, Connection connection) {

  /** The two ends of the connection that carried a request; empty addresses when there is none. */
  public record Connection(
      String remoteAddress,
      int remotePort,
      String localAddress,
      int localPort,
      boolean encrypted,
      String httpVersion) {
    public static final Connection NONE = new Connection("", 0, "", 0, false, "1.1");
  }

  public WorkerRequest {
    if (method.indexOf('\n') >= 0 || url.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("A request's method and URL have no line breaks.");
    }
    headers = List.copyOf(headers);
  }

  /** The same request, its body read through another. */
  public WorkerRequest withBody(RequestBody changed) {
    return new WorkerRequest(method, url, headers, changed, connection);
  }

  public WorkerRequest withHeaders(List<Header> changed) {
    return new WorkerRequest(method, url, changed, body, connection);
  }

  public static WorkerRequest get(String url) {
    return new WorkerRequest("GET", url, List.of(), RequestBody.EMPTY, Connection.NONE);
  }

  public static WorkerRequest post(String url, String contentType, byte[] body) {
    return new WorkerRequest(
        "POST",
        url,
        List.of(new Header("content-type", contentType)),
        RequestBody.of(body),
        Connection.NONE);
  }
}
