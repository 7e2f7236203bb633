package dev.runnel.store;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runnel.runtime.kv.KvStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisKvStoreTest extends KvStoreContract {
  private static @Nullable RedisServer server;

  private final String namespace = java.util.UUID.randomUUID().toString();

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    assumeTrue(RedisServer.isInstalled(), "redis-server is not installed");
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  KvStore open() throws IOException {
    return RedisKvStore.connect(url(), namespace, LIMIT, clock);
  }

  private static URI url() {
    if (server == null) {
      throw new IllegalStateException("The server has not been started.");
    }
    return server.url();
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutThePassword() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> RedisKvStore.connect(URI.create("redis://u:hush@127.0.0.1:1/0"), "n", LIMIT))
        .withMessageContaining("127.0.0.1:1")
        .withMessageNotContaining("hush");
  }
}
