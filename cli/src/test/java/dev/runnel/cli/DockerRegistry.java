package dev.runnel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's docker-registry on a free port of the loopback interface. */
final class DockerRegistry implements AutoCloseable {
  /** Of {@code ada} with the password {@code correct horse}. */
  static final String PASSWORDS =
      "ada:$2b$04$wk4y4KLGjkNG66uOq2bDNu00rwMXfaDsOrsLA0cgiR7fIipYE24P6";

  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final String host;

  private DockerRegistry(Process process, String host) {
    this.process = process;
    this.host = host;
  }

  static boolean isInstalled() {
    return isOnPath("docker-registry");
  }

  static boolean isOnPath(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static DockerRegistry start(Path folder) throws IOException {
    return start(folder, "", "");
  }

  static DockerRegistry withPasswords(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve("htpasswd"), PASSWORDS + "\n");
    return start(folder, "", "auth: {htpasswd: {realm: here, path: %s}}\n".formatted(file));
  }

  /** With a certificate of its own, which lies in {@code folder/ca.pem} then. */
  static DockerRegistry withTls(Path folder) throws Exception {
    Files.createDirectories(folder);
    Path store = folder.resolve("keys.p12");
    int made =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=registry",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "password",
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (made != 0) {
      throw new IOException("keytool has failed.");
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
    Path certificate = folder.resolve("ca.pem");
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
    Path key = folder.resolve("key.pem");
    Files.writeString(
        key, pem("PRIVATE KEY", keys.getKey("a", "password".toCharArray()).getEncoded()));
    return start(folder, ", tls: {certificate: %s, key: %s}".formatted(certificate, key), "");
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
  }

  private static DockerRegistry start(Path folder, String http, String more) throws IOException {
    Files.createDirectories(folder);
    Path config = folder.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: info}
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: "127.0.0.1:0"%s}
        %s"""
            .formatted(folder.resolve("data"), http, more));
    Process process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .start();
    return new DockerRegistry(process, "127.0.0.1:" + port(process));
  }

  private static String port(Process process) throws IOException {
    BufferedReader log = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread.ofPlatform().daemon().start(() -> readOn(log));
        return listening.group(1);
      }
    }
    throw new IOException("docker-registry ended before it was ready: " + said);
  }

  /** Nobody reads it, but a full pipe would stop the registry. */
  private static void readOn(BufferedReader log) {
    try {
      while (log.readLine() != null) {
        // On to the next.
      }
    } catch (IOException e) {
      // The registry has ended.
    }
  }

  String host() {
    return host;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
