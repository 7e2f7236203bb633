package dev.runnel.cli;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.ImageName;
import dev.runnel.image.registry.CredentialFile;
import dev.runnel.image.registry.Credentials;
import dev.runnel.image.registry.Registry;
import dev.runnel.image.registry.RegistryAccess;
import dev.runnel.image.registry.RegistryAccess.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How registries are reached: options of every command that speaks to one. */
final class RegistryFlags {
  private static final Duration PAUSE = Duration.ofMillis(300);

  @Option(
      names = "--plain-http",
      description = "Don't encrypt (default for this machine's own addresses without --ca).")
  private boolean plain;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust the authorities in this PEM file, and no others.")
  private @Nullable Path authority;

  @Option(
      names = "--username",
      paramLabel = "USER",
      description =
          "Who we are at the registry (default: what `docker login` or `podman login` has kept).")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The file with the password of --username, or a token.")
  private @Nullable Path password;

  Registry open(ImageName name) throws ImageException, IOException {
    String host = RegistryAccess.hostOf(name);
    boolean isPlain = plain || (authority == null && RegistryAccess.isLoopback(host));
    RegistryAccess access = RegistryAccess.to(host, isPlain ? Transport.PLAIN : Transport.TLS);
    if (authority != null) {
      access = access.trusting(authority);
    }
    Optional<Credentials> who = credentials(host);
    return new Registry(who.isPresent() ? access.withCredentials(who.get()) : access, name, PAUSE);
  }

  private Optional<Credentials> credentials(String host) throws ImageException, IOException {
    if (user == null && password == null) {
      return CredentialFile.find(host, System.getenv());
    }
    if (user == null || password == null) {
      throw new ImageException("--username and --password-file go together.");
    }
    return Optional.of(new Credentials(user, Files.readString(password).strip()));
  }
}
