package dev.runnel.server.assets;

import dev.runnel.engine.HostError;
import dev.runnel.runtime.cache.Selection;
import dev.runnel.runtime.host.node.file.GuestFileSystem;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Entry;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Links;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Place;
import dev.runnel.runtime.host.node.file.Mount;
import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.QuotedQualityCSV;

/**
 * Answers GET and HEAD from the files of a folder, and leaves everything else to the program. Files
 * are opened as {@link GuestFileSystem} opens them, so nothing outside of the folder is ever read,
 * whatever links lie in it. Each answer has a virtual thread of its own.
 */
public final class Assets {
  private static final String INDEX = "index.html";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** Codings of files that lie beside others, the one to be preferred first. */
  private static final List<Map.Entry<String, String>> CODINGS =
      List.of(Map.entry("br", ".br"), Map.entry("zstd", ".zst"), Map.entry("gzip", ".gz"));

  private final GuestFileSystem files;

  /**
   * @throws IOException when there is no such folder
   */
  public Assets(Path folder) throws IOException {
    files = new GuestFileSystem(List.of(new Mount(Path.of("/"), folder.toRealPath())));
  }

  /** An open file and what is known of it. */
  private record Asset(
      SeekableByteChannel channel, BasicFileAttributes attributes, String type, String coding) {}

  /** A handler that asks the program only for what is no file. */
  public RequestHandler before(RequestHandler program) {
    return (request, sink) -> {
      Optional<String> path =
          METHODS.contains(request.method()) ? AssetPath.of(request.url()) : Optional.empty();
      if (path.isEmpty()) {
        return program.handle(request, sink);
      }
      Answering answering = new Answering();
      Thread.startVirtualThread(() -> answer(path.get(), request, sink, program, answering));
      return answering;
    };
  }

  /** A client's leaving goes to whoever answers it. */
  private static final class Answering implements RequestHandler.Ticket {
    private static final RequestHandler.Ticket GONE = () -> {};
    private final AtomicReference<RequestHandler.Ticket> ticket = new AtomicReference<>(() -> {});

    void taken(RequestHandler.Ticket by) {
      if (ticket.getAndUpdate(former -> former == GONE ? GONE : by) == GONE) {
        by.clientGone();
      }
    }

    @Override
    public void clientGone() {
      ticket.getAndSet(GONE).clientGone();
    }
  }

  private void answer(
      String path,
      WorkerRequest request,
      ResponseSink sink,
      RequestHandler program,
      Answering answering) {
    Optional<Asset> found = open(path, request.headers());
    if (found.isEmpty()) {
      answering.taken(program.handle(request, sink));
      return;
    }
    Asset asset = found.get();
    FileBody body = new FileBody(asset.channel(), sink);
    answering.taken(body::cancel);
    send(asset, request, sink, body);
  }

  private Optional<Asset> open(String path, List<Header> request) {
    String name = path.endsWith("/") ? path + INDEX : path;
    String type = MediaTypes.of(name);
    List<String> accepted = accepted(request);
    for (Map.Entry<String, String> coding : CODINGS) {
      if (accepted.contains(coding.getKey())) {
        Optional<Asset> packed = open(name + coding.getValue(), type, coding.getKey());
        if (packed.isPresent()) {
          return packed;
        }
      }
    }
    return open(name, type, "");
  }

  private static List<String> accepted(List<Header> request) {
    QuotedQualityCSV codings = new QuotedQualityCSV();
    request.stream()
        .filter(header -> header.name().equalsIgnoreCase("accept-encoding"))
        .forEach(header -> codings.addValue(header.value()));
    return codings.getValues();
  }

  private Optional<Asset> open(String name, String type, String coding) {
    try {
      Place place = files.find(name, Links.FOLLOW);
      return place instanceof Entry entry ? open(entry, type, coding) : Optional.empty();
    } catch (IOException | HostError notThere) {
      return Optional.empty();
    }
  }

  /** Devices and pipes are not opened: that alone may wait for ever. */
  private static Optional<Asset> open(Entry entry, String type, String coding) throws IOException {
    try (entry) {
      Optional<BasicFileAttributes> attributes = entry.attributes();
      if (attributes.filter(BasicFileAttributes::isRegularFile).isEmpty()) {
        return Optional.empty();
      }
      SeekableByteChannel channel =
          entry
              .folder()
              .newByteChannel(
                  entry.name(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      return Optional.of(new Asset(channel, attributes.get(), type, coding));
    }
  }

  private static void send(Asset asset, WorkerRequest request, ResponseSink sink, FileBody body) {
    long length = asset.attributes().size();
    List<Header> headers = headers(asset);
    Selection selection =
        failsCondition(request.headers(), headers)
            ? new Selection.Unsatisfiable()
            : Selection.of(request.headers(), headers, length);
    boolean isHead = request.method().equals("HEAD");
    switch (selection) {
      case Selection.NotModified() -> {
        headers.removeIf(header -> header.name().equals("Content-Type"));
        head(sink, 304, headers);
        body.end();
      }
      case Selection.Unsatisfiable() -> {
        boolean isRange = !failsCondition(request.headers(), headers);
        List<Header> plain = new ArrayList<>(List.of(new Header("Content-Length", "0")));
        if (isRange) {
          plain.add(new Header("Content-Range", "bytes */" + length));
        }
        head(sink, isRange ? 416 : 412, plain);
        body.end();
      }
      case Selection.Range(long from, long count) -> {
        headers.add(
            new Header(
                "Content-Range", "bytes %d-%d/%d".formatted(from, from + count - 1, length)));
        headers.add(new Header("Content-Length", Long.toString(count)));
        head(sink, 206, headers);
        body.send(from, isHead ? 0 : count);
      }
      case Selection.Whole() -> {
        headers.add(new Header("Content-Length", Long.toString(length)));
        head(sink, 200, headers);
        body.send(0, isHead ? 0 : length);
      }
    }
  }

  private static void head(ResponseSink sink, int status, List<Header> headers) {
    sink.head(new ResponseHead(status, "", headers));
  }

  /** RFC 9110, sections 13.1.1: If-Match wants one of these tags, or any. */
  private static boolean failsCondition(List<Header> request, List<Header> response) {
    String tag = value(response, "ETag").orElse("");
    return value(request, "If-Match")
        .filter(tags -> !tags.strip().equals("*"))
        .filter(tags -> List.of(tags.split(",")).stream().noneMatch(one -> one.strip().equals(tag)))
        .isPresent();
  }

  private static Optional<String> value(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  private static List<Header> headers(Asset asset) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", asset.type()));
    headers.add(new Header("ETag", tag(asset)));
    headers.add(new Header("Last-Modified", modified(asset.attributes())));
    headers.add(new Header("Cache-Control", "public, max-age=0, must-revalidate"));
    headers.add(new Header("Accept-Ranges", "bytes"));
    headers.add(new Header("Vary", "Accept-Encoding"));
    headers.add(new Header("X-Content-Type-Options", "nosniff"));
    if (!asset.coding().isEmpty()) {
      headers.add(new Header("Content-Encoding", asset.coding()));
    }
    return headers;
  }

  private static String tag(Asset asset) {
    long nanos =
        ChronoUnit.NANOS.between(Instant.EPOCH, asset.attributes().lastModifiedTime().toInstant());
    String coding = asset.coding().isEmpty() ? "" : "-" + asset.coding();
    return "\"%x-%x%s\"".formatted(nanos, asset.attributes().size(), coding);
  }

  private static String modified(BasicFileAttributes attributes) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
        .format(attributes.lastModifiedTime().toInstant().atOffset(ZoneOffset.UTC));
  }
}
