package dev.runnel.cli;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Gives each request to the app that its host and path name. Safe from any thread. */
final class AppRouter implements RequestHandler {
  private record Entry(AppRoute route, String app) {}

  private final Map<String, HostedApp> apps = new ConcurrentHashMap<>();
  private volatile List<Entry> entries = List.of();

  /** From now on these are the routes; apps that aren't there any more are not asked. */
  void lead(List<AppSettings> all) {
    entries =
        all.stream()
            .flatMap(app -> app.routes().stream().map(route -> new Entry(route, app.name())))
            .sorted(Comparator.comparing(Entry::route, AppRoute.MOST_EXACT_FIRST))
            .toList();
  }

  Map<String, HostedApp> apps() {
    return apps;
  }

  /** What asks the app of that name, whichever runs under it at the time. */
  RequestHandler service(String name) {
    return (request, sink) -> {
      HostedApp app = apps.get(name);
      return app == null ? notFound(request, sink) : app.handle(request, sink);
    };
  }

  @Override
  public Ticket handle(WorkerRequest request, ResponseSink sink) {
    String url = request.url();
    int authority = url.indexOf("://") + 3;
    int slash = url.indexOf('/', authority);
    int end = slash < 0 ? url.length() : slash;
    String host = host(url.substring(authority, end));
    String path = slash < 0 ? "/" : url.substring(slash);
    for (Entry entry : entries) {
      if (entry.route().matches(host, path)) {
        HostedApp app = apps.get(entry.app());
        if (app != null) {
          return app.handle(request, sink);
        }
      }
    }
    return notFound(request, sink);
  }

  /** Without the port, and the dot that a fully qualified name may end with. */
  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon >= 0 && authority.indexOf(']') < colon;
    String host = hasPort ? authority.substring(0, colon) : authority;
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  private static Ticket notFound(WorkerRequest request, ResponseSink sink) {
    request.body().cancel();
    sink.head(
        new ResponseHead(
            404, "", List.of(new Header("content-type", "text/plain; charset=utf-8"))));
    sink.write(ByteBuffer.wrap("404 Not Found\n".getBytes(StandardCharsets.UTF_8)), () -> {});
    sink.end(List.of());
    sink.flush();
    return () -> {};
  }

  Stream<HostedApp> running() {
    return apps.values().stream();
  }
}
