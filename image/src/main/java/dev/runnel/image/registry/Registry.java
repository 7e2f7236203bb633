package dev.runnel.image.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Json;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.registry.RegistryHttp.Call;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One repository of a registry, by the OCI distribution specification 1.1. What fails by the
 * network or by the server (429, 5xx) is tried again, later each time. Used by one thread.
 */
public final class Registry implements AutoCloseable {
  private static final int TRIES = 5;
  private static final int LARGEST_ERROR = 64 << 10;

  private final RegistryAccess access;
  private final ImageName name;
  private final Duration pause;
  private final RegistryHttp http;

  /** A manifest and what the registry calls it. */
  public record Received(Descriptor descriptor, byte[] bytes) {}

  /**
   * @param pause before the second try; it doubles from try to try
   */
  public Registry(RegistryAccess access, ImageName name, Duration pause) {
    this.access = access;
    this.name = name;
    this.pause = pause;
    this.http = new RegistryHttp(access);
  }

  private interface Try<T> {
    T run() throws IOException, InterruptedException, ImageException;
  }

  /** What may be over in a moment. */
  private static final class BusyException extends IOException {
    private static final long serialVersionUID = 1;

    BusyException(String sentence) {
      super(sentence);
    }
  }

  private <T> T trying(Try<T> work) throws IOException, InterruptedException, ImageException {
    for (int i = 1; ; i++) {
      try {
        return work.run();
      } catch (FileSystemException | FileNotFoundException | DiskException e) {
        throw e;
      } catch (javax.net.ssl.SSLHandshakeException e) {
        throw new ImageException(
            e,
            "%s is not trusted: %s; name its authority with --ca.",
            access.host(),
            e.getMessage());
      } catch (IOException e) {
        if (i == TRIES) {
          throw new ImageException(
              e, "%s can't be reached (%d tries): %s.", access.host(), TRIES, reason(e));
        }
        Thread.sleep(pause.multipliedBy(1L << (i - 1)));
      }
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The manifest of a tag or digest, or nothing when there is none. */
  public Optional<Received> manifest(String reference)
      throws IOException, InterruptedException, ImageException {
    Call call =
        Call.of("GET", uri("manifests/" + reference))
            .with(
                "Accept",
                String.join(", ", MediaTypes.MANIFESTS)
                    + ", "
                    + String.join(", ", MediaTypes.INDEXES));
    return trying(
        () -> {
          HttpResponse<InputStream> answer = http.send(call);
          try (InputStream body = answer.body()) {
            if (answer.statusCode() == 404) {
              return Optional.empty();
            }
            check(answer, 200);
            return Optional.of(received(reference, answer, body));
          }
        });
  }

  private Received received(String reference, HttpResponse<InputStream> answer, InputStream body)
      throws IOException, ImageException {
    byte[] bytes = body.readNBytes(Manifest.LARGEST + 1);
    if (bytes.length > Manifest.LARGEST) {
      throw new ImageException(
          "The manifest %s has more than %d bytes.", reference, Manifest.LARGEST);
    }
    String type =
        answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "").strip();
    Descriptor descriptor = Descriptor.of(type, bytes);
    Optional<String> said = answer.headers().firstValue("Docker-Content-Digest");
    String expected = reference.contains(":") ? reference : said.orElse("");
    if (!expected.isEmpty() && !expected.equals(descriptor.digest().toString())) {
      throw new ImageException(
          "The registry sends %s where %s was asked for.", descriptor.digest(), expected);
    }
    if (!MediaTypes.MANIFESTS.contains(type) && !MediaTypes.INDEXES.contains(type)) {
      throw new ImageException(
          "%s is no image: the registry says it is \"%s\".", name, type.isEmpty() ? "?" : type);
    }
    return new Received(descriptor, bytes);
  }

  /** Gets content into an empty file; it is checked when this returns. */
  public void download(Descriptor blob, Path file, LongConsumer progress)
      throws IOException, InterruptedException, ImageException {
    Download download = new Download(blob, file, progress);
    trying(
        () -> {
          part(blob, download);
          return blob;
        });
    download.check();
  }

  private void part(Descriptor blob, Download download)
      throws IOException, InterruptedException, ImageException {
    Call whole = Call.of("GET", uri("blobs/" + blob.digest()));
    long from = download.length();
    Call call = from == 0 ? whole : whole.with("Range", "bytes=" + from + "-");
    HttpResponse<InputStream> answer = http.send(call);
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 404) {
        throw new ImageException("The registry has no content %s of %s.", blob.digest(), name);
      }
      if (from == 0 || answer.statusCode() != 206) {
        check(answer, 200);
        download.restart();
      } else if (!answer
          .headers()
          .firstValue("Content-Range")
          .orElse("")
          .startsWith("bytes " + from + "-")) {
        download.restart();
        throw new BusyException("It sends another part than was asked for");
      }
      download.take(body);
    }
  }

  /** Sends content that the registry doesn't have yet. */
  public void upload(Descriptor blob, Path file, LongConsumer progress)
      throws IOException, InterruptedException, ImageException {
    trying(
        () -> {
          if (has(blob)) {
            return blob;
          }
          HttpResponse<InputStream> begun = http.send(Call.of("POST", uri("blobs/uploads/")));
          try (var _ = begun.body()) {
            check(begun, 202);
          }
          finish(blob, file, http.location(begun));
          return blob;
        });
    progress.accept(blob.size());
  }

  private boolean has(Descriptor blob) throws IOException, InterruptedException, ImageException {
    HttpResponse<InputStream> answer = http.send(Call.of("HEAD", uri("blobs/" + blob.digest())));
    try (var _ = answer.body()) {
      return answer.statusCode() == 200;
    }
  }

  private void finish(Descriptor blob, Path file, URI upload)
      throws IOException, InterruptedException, ImageException {
    String separator = upload.getRawQuery() == null ? "?" : "&";
    URI uri = URI.create(upload + separator + "digest=" + blob.digest());
    Call call =
        Call.of("PUT", uri)
            .with("Content-Type", "application/octet-stream")
            .with(BodyPublishers.ofFile(file));
    HttpResponse<InputStream> answer = http.send(call);
    try (var _ = answer.body()) {
      check(answer, 201);
    }
  }

  /**
   * Sends a manifest.
   *
   * @return true when the registry keeps lists of what is about a manifest by itself
   */
  public boolean put(String reference, Descriptor manifest, byte[] bytes)
      throws IOException, InterruptedException, ImageException {
    Call call =
        Call.of("PUT", uri("manifests/" + reference))
            .with("Content-Type", manifest.mediaType())
            .with(BodyPublishers.ofByteArray(bytes));
    return trying(
        () -> {
          HttpResponse<InputStream> answer = http.send(call);
          try (var _ = answer.body()) {
            check(answer, 201);
            Optional<String> said = answer.headers().firstValue("Docker-Content-Digest");
            if (said.isPresent() && !said.get().equals(manifest.digest().toString())) {
              throw new ImageException(
                  "The registry has kept %s as %s.", manifest.digest(), said.get());
            }
            return answer.headers().firstValue("OCI-Subject").isPresent();
          }
        });
  }

  /** What is about a manifest: the registry's own list, or the one under a tag of its digest. */
  public Optional<Received> about(Digest subject)
      throws IOException, InterruptedException, ImageException {
    Call call = Call.of("GET", uri("referrers/" + subject)).with("Accept", MediaTypes.INDEX);
    Optional<Received> listed =
        trying(
            () -> {
              HttpResponse<InputStream> answer = http.send(call);
              try (InputStream body = answer.body()) {
                boolean isThere =
                    answer.statusCode() == 200
                        && answer
                            .headers()
                            .firstValue("Content-Type")
                            .orElse("")
                            .startsWith(MediaTypes.INDEX);
                return isThere
                    ? Optional.of(received("referrers", answer, body))
                    : Optional.<Received>empty();
              }
            });
    return listed.isPresent() ? listed : manifest(tagAbout(subject));
  }

  /** Lists a manifest under the tag of the digest it is about, as registries without lists need. */
  public void list(Digest subject, Descriptor manifest, String artifactType)
      throws IOException, InterruptedException, ImageException {
    String tag = tagAbout(subject);
    JsonArray manifests = new JsonArray();
    Optional<Received> before = manifest(tag);
    if (before.isPresent()) {
      for (Json one : Json.parse(before.get().bytes(), "The list").children("manifests")) {
        if (!one.required("digest").equals(manifest.digest().toString())) {
          manifests.add(one.raw());
        }
      }
    }
    JsonObject described = manifest.json();
    described.addProperty("artifactType", artifactType);
    manifests.add(described);
    JsonObject index = new JsonObject();
    index.addProperty("schemaVersion", 2);
    index.addProperty("mediaType", MediaTypes.INDEX);
    index.add("manifests", manifests);
    byte[] bytes = Json.bytes(index);
    put(tag, Descriptor.of(MediaTypes.INDEX, bytes), bytes);
  }

  private static String tagAbout(Digest subject) {
    return "sha256-" + subject.hex();
  }

  private URI uri(String path) {
    return access.base().resolve("/v2/" + name.path() + "/" + path);
  }

  private void check(HttpResponse<InputStream> answer, int expected)
      throws IOException, ImageException {
    int status = answer.statusCode();
    if (status == expected) {
      return;
    }
    if (status == 429 || status >= 500) {
      throw new BusyException("It answers with " + status);
    }
    if (status == 401 || status == 403) {
      throw new ImageException(
          "%s refuses to let us use %s (%d).", access.host(), name.path(), status);
    }
    throw new ImageException("%s answers with %d%s.", access.host(), status, reason(answer.body()));
  }

  /** The first error's message, if the registry says one. */
  private static String reason(InputStream body) throws IOException {
    try {
      byte[] bytes = body.readNBytes(LARGEST_ERROR);
      for (Json error : Json.parse(bytes, "The error").children("errors")) {
        String text = error.string("message").orElse("").replaceAll("\\p{Cntrl}", " ");
        return text.isEmpty() ? "" : ": " + text;
      }
    } catch (ImageException e) {
      // Registries may say anything, or nothing.
    }
    return "";
  }

  @Override
  public void close() {
    http.close();
  }
}
