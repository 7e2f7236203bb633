package dev.runnel.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.runnel.image.oci.Descriptor;
import dev.runnel.image.oci.Digest;
import dev.runnel.image.oci.ImageConfig;
import dev.runnel.image.oci.ImageConfig.Platform;
import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.oci.Manifest;
import dev.runnel.image.oci.MediaTypes;
import dev.runnel.image.registry.RegistryAccess.Transport;
import dev.runnel.image.store.ImageStore;
import dev.runnel.image.store.Staging;
import dev.runnel.image.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry may do to us. Whatever it is, the store stays as it was and the retry works. */
class RegistryTest {
  private static final List<Platform> PLATFORMS = List.of(new Platform("js", "wasm"));
  private static final long LARGEST = 1 << 20;

  @TempDir private Path temp = Path.of("");
  private FakeRegistry registry;
  private ImageName name;
  private byte[] layer = new byte[300_000];

  @BeforeEach
  void start() throws Exception {
    registry = new FakeRegistry();
    name = ImageName.parse(registry.host() + "/team/shop:1");
    new Random(1).nextBytes(layer);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private ImageStore store(String folder) {
    return ImageStore.at(temp.resolve(folder));
  }

  private Registry open(Optional<Credentials> who) throws ImageException {
    RegistryAccess access = RegistryAccess.to(registry.host(), Transport.PLAIN);
    return new Registry(
        who.isPresent() ? access.withCredentials(who.get()) : access, name, Duration.ofMillis(1));
  }

  private StoredImage sent() throws Exception {
    ImageStore store = store("from");
    try (Staging staging = store.stage()) {
      var config =
          new ImageConfig(
              PLATFORMS.getFirst(), List.of(), List.of(), Map.of(), List.of(), "", Map.of());
      Descriptor configured = staging.add(MediaTypes.CONFIG, config.bytes());
      Descriptor image =
          staging.manifest(
              name,
              Manifest.image(configured, List.of(staging.add(MediaTypes.LAYER, layer)), Map.of()));
      staging.about(
          new Manifest(
              Optional.of(MediaTypes.CYCLONE_DX),
              configured,
              List.of(staging.add(MediaTypes.CYCLONE_DX, "{\"list\":1}".getBytes(UTF_8))),
              Optional.of(image),
              Map.of()));
      staging.commit();
    }
    StoredImage image = store.image(name);
    try (Registry open = open(Optional.empty())) {
      new Push(store, open, Progress.NONE).send(image, name);
    }
    return image;
  }

  private Descriptor get(Optional<Credentials> who) throws Exception {
    try (Registry open = open(who)) {
      return new Pull(store("to"), open, LARGEST, Progress.NONE).get(name, PLATFORMS);
    }
  }

  private Descriptor get() throws Exception {
    return get(Optional.empty());
  }

  /** The mischief leads to this sentence and leaves nothing; without it the image comes. */
  private void assertRefused(String sentence, FakeRegistry.Mischief mischief) throws Exception {
    StoredImage image = sent();
    registry.misbehave(mischief);
    assertThatThrownBy(this::get).isInstanceOf(ImageException.class).hasMessageContaining(sentence);
    assertNothingCame();
    registry.misbehave(_ -> false);
    assertThat(get().digest()).isEqualTo(image.descriptor().digest());
  }

  private void assertNothingCame() throws Exception {
    assertThat(store("to").images()).isEmpty();
    if (Files.exists(temp.resolve("to"))) {
      try (Stream<Path> files = Files.walk(temp.resolve("to"))) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  private boolean isLayer(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().endsWith(Digest.of(layer).toString());
  }

  private static boolean isManifest(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().endsWith("/manifests/1");
  }

  @Test
  void whatWasSentComesBackWithItsListOfParts() throws Exception {
    StoredImage image = sent();

    get();

    assertThat(store("to").image(name)).isEqualTo(image);
    assertThat(store("to").blob(Digest.of(layer))).hasBinaryContent(layer);
    List<Descriptor> about = store("to").about(image.descriptor().digest());
    assertThat(about).hasSize(1);
    assertThat(store("to").manifest(about.getFirst()).artifactType())
        .contains(MediaTypes.CYCLONE_DX);
  }

  @Test
  void whatIsThereIsNotSentOrFetchedAgain() throws Exception {
    sent();
    get();
    registry.asked.clear();

    sent();
    get();

    assertThat(registry.asked).noneMatch(call -> call.startsWith("POST"));
    assertThat(registry.asked).noneMatch(call -> call.startsWith("GET") && call.contains("blobs"));
  }

  @Test
  void aConnectionThatIsLostIsTakenUpWhereItEnded() throws Exception {
    sent();
    AtomicInteger tries = new AtomicInteger();
    registry.misbehave(
        exchange -> {
          if (!isLayer(exchange) || tries.incrementAndGet() > 2) {
            return false;
          }
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          if (from > 0) {
            exchange
                .getResponseHeaders()
                .add("Content-Range", "bytes " + from + "-" + (layer.length - 1) + "/*");
          }
          exchange.sendResponseHeaders(from == 0 ? 200 : 206, layer.length - from);
          exchange.getResponseBody().write(layer, from, 100_000);
          exchange.getResponseBody().flush();
          return true;
        });

    get();

    assertThat(tries).hasValue(3);
    assertThat(store("to").blob(Digest.of(layer))).hasBinaryContent(layer);
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    sent();
    AtomicInteger tries = new AtomicInteger();
    registry.misbehave(
        exchange -> {
          if (tries.incrementAndGet() % 2 == 0) {
            return false;
          }
          exchange.sendResponseHeaders(tries.get() == 1 ? 429 : 503, -1);
          return true;
        });

    get();

    assertThat(store("to").images()).hasSize(1);
  }

  @Test
  void aConnectionThatIsAlwaysLostIsGivenUp() throws Exception {
    assertRefused(
        "can't be reached (5 tries)",
        exchange -> {
          if (isLayer(exchange)) {
            exchange.sendResponseHeaders(200, layer.length);
            exchange.getResponseBody().write(layer, 0, 10);
            exchange.getResponseBody().flush();
          }
          return isLayer(exchange);
        });
  }

  @Test
  void aLayerWithAnotherDigestIsRefused() throws Exception {
    byte[] other = layer.clone();
    other[5] ^= 1;
    assertRefused(
        "where " + Digest.of(layer) + " was asked for",
        exchange -> {
          if (isLayer(exchange)) {
            FakeRegistry.send(exchange, 200, other);
          }
          return isLayer(exchange);
        });
  }

  @Test
  void aLayerThatIsLargerThanTheManifestSaysIsEnded() throws Exception {
    assertRefused(
        "sends more than the 300000 bytes",
        exchange -> {
          if (isLayer(exchange)) {
            FakeRegistry.send(exchange, 200, Arrays.copyOf(layer, layer.length + 1));
          }
          return isLayer(exchange);
        });
  }

  @Test
  void aLayerThatIsSmallerThanTheManifestSaysIsRefused() throws Exception {
    assertRefused(
        "can't be reached (5 tries): The connection ended after 299999 of 300000 bytes",
        exchange -> {
          if (isLayer(exchange) && exchange.getRequestHeaders().getFirst("Range") == null) {
            FakeRegistry.send(exchange, 200, Arrays.copyOf(layer, layer.length - 1));
            return true;
          }
          if (isLayer(exchange)) {
            exchange.getResponseHeaders().add("Content-Range", "bytes 299999-299999/300000");
            exchange.sendResponseHeaders(206, -1);
          }
          return isLayer(exchange);
        });
  }

  @Test
  void aManifestWithAnotherDigestThanTheRegistrySaysIsRefused() throws Exception {
    assertRefused(
        "was asked for",
        exchange -> {
          if (isManifest(exchange)) {
            exchange.getResponseHeaders().add("Content-Type", MediaTypes.MANIFEST);
            exchange.getResponseHeaders().add("Docker-Content-Digest", "sha256:" + "0".repeat(64));
            FakeRegistry.send(exchange, 200, Objects.requireNonNull(registry.manifests.get("1")));
          }
          return isManifest(exchange);
        });
  }

  @Test
  void aWrongMediaTypeIsNamed() throws Exception {
    assertRefused(
        "is no image: the registry says it is \"text/html\"",
        exchange -> {
          if (isManifest(exchange)) {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            FakeRegistry.send(exchange, 200, "<html>".getBytes(UTF_8));
          }
          return isManifest(exchange);
        });
  }

  @Test
  void aManifestWithoutEndIsCutOff() throws Exception {
    assertRefused(
        "has more than 4194304 bytes",
        exchange -> {
          if (isManifest(exchange)) {
            exchange.getResponseHeaders().add("Content-Type", MediaTypes.MANIFEST);
            FakeRegistry.send(exchange, 200, new byte[5 << 20]);
          }
          return isManifest(exchange);
        });
  }

  @Test
  void anImageThatIsTooLargeIsRefusedBeforeItComes() throws Exception {
    layer = new byte[(int) LARGEST];
    sent();

    assertThatThrownBy(this::get).hasMessageContaining("1048576 are the most (--max-size)");
    assertNothingCame();
    assertThat(registry.asked).noneMatch(call -> call.startsWith("GET") && call.contains("blobs"));
  }

  @Test
  void anImageOfSeveralIsChosenByItsPlatform() throws Exception {
    StoredImage image = sent();
    registry.manifests.put("1", index("js", image.descriptor()).getBytes(UTF_8));
    assertThat(get().digest()).isEqualTo(image.descriptor().digest());

    registry.manifests.put("1", index("plan9", image.descriptor()).getBytes(UTF_8));
    assertThatThrownBy(this::get)
        .hasMessageContaining("is for plan9/wasm, and not for this machine");
  }

  private static String index(String os, Descriptor manifest) {
    return """
        {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
        "platform":{"os":"%s","architecture":"wasm"}}]}"""
        .formatted(manifest.mediaType(), manifest.digest(), manifest.size(), os);
  }

  @Test
  void whatIsNotThereIsOneSentence() throws Exception {
    assertThatThrownBy(this::get).hasMessageContaining("The registry has no image " + name);
    registry.close();
    assertThatThrownBy(this::get).hasMessageContaining("can't be reached");
  }

  @Test
  void credentialsAreSentWhenTheyAreAskedForAndNotToWhereARedirectLeads() throws Exception {
    sent();
    var who = new Credentials("ada", "secret");
    try (FakeRegistry other = new FakeRegistry()) {
      other.blobs.putAll(registry.blobs);
      registry.authorizations.clear();
      registry.misbehave(
          exchange -> {
            if (!who.basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
              exchange.sendResponseHeaders(401, -1);
              return true;
            }
            if (isLayer(exchange)) {
              String path = exchange.getRequestURI().getPath();
              exchange.getResponseHeaders().add("Location", other.uri(path).toString());
              exchange.sendResponseHeaders(307, -1);
            }
            return isLayer(exchange);
          });

      get(Optional.of(who));

      assertThat(registry.authorizations.getFirst()).isEqualTo("null");
      assertThat(registry.authorizations).contains(who.basic());
      assertThat(other.asked).hasSize(1);
      assertThat(other.authorizations).containsExactly("null");
    }
    assertThatThrownBy(this::get).isInstanceOf(ImageException.class);
  }

  @Test
  void tokensAreFetchedFromTheServiceThatTheRegistryNames() throws Exception {
    sent();
    var who = new Credentials("ada", "secret");
    try (FakeRegistry service = new FakeRegistry()) {
      service.misbehave(
          exchange -> {
            assertThat(exchange.getRequestURI().getQuery())
                .contains("service=here", "scope=repository:team/shop:pull");
            FakeRegistry.send(exchange, 200, "{\"token\":\"t0ken\"}".getBytes(UTF_8));
            return true;
          });
      registry.misbehave(
          exchange -> {
            if ("Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              return false;
            }
            exchange
                .getResponseHeaders()
                .add(
                    "WWW-Authenticate",
                    "Bearer realm=\"%s\",service=\"here\",scope=\"repository:team/shop:pull\""
                        .formatted(service.uri("/token")));
            exchange.sendResponseHeaders(401, -1);
            return true;
          });

      get(Optional.of(who));

      assertThat(service.authorizations).containsExactly(who.basic());
      assertThat(registry.authorizations).doesNotContain(who.basic()).contains("Bearer t0ken");
    }
  }

  @Test
  void aTokenThatIsNotAcceptedIsOneSentence() throws Exception {
    sent();
    try (FakeRegistry service = new FakeRegistry()) {
      service.misbehave(
          exchange -> {
            FakeRegistry.send(exchange, 200, "{\"token\":\"old\"}".getBytes(UTF_8));
            return true;
          });
      registry.misbehave(
          exchange -> {
            exchange
                .getResponseHeaders()
                .add("WWW-Authenticate", "Bearer realm=\"%s\"".formatted(service.uri("/token")));
            exchange.sendResponseHeaders(401, -1);
            return true;
          });

      assertThatThrownBy(this::get).hasMessageContaining("refuses to let us use team/shop (401)");
    }
  }

  @Test
  void onlyThisMachinesOwnAddressesNeedNoEncryption() {
    assertThat(RegistryAccess.isLoopback("registry.example")).isFalse();
    assertThat(RegistryAccess.isLoopback("localhost:5000")).isTrue();
    assertThat(RegistryAccess.isLoopback("127.0.0.1.example:80")).isFalse();
    assertThat(RegistryAccess.isLoopback("localhost.example")).isFalse();
  }

  @Test
  void aDiskThatIsFullIsNotTheNetworksFault() throws Exception {
    sent();
    try (Registry open = open(Optional.empty())) {
      Descriptor blob = new Descriptor(MediaTypes.LAYER, Digest.of(layer), layer.length);
      assertThatThrownBy(() -> open.download(blob, Path.of("/dev/full"), _ -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
    }
  }
}
