package dev.runnel.image.registry;

import dev.runnel.image.oci.ImageException;
import dev.runnel.image.oci.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials that {@code docker login} or {@code podman login} has kept in a file. Their helper
 * programs, which keep them elsewhere, are not asked.
 */
public final class CredentialFile {
  private CredentialFile() {}

  /** Those for a registry, from the first file that has some. */
  public static Optional<Credentials> find(String registry, Map<String, String> environment)
      throws ImageException, IOException {
    for (Path file : places(environment)) {
      if (Files.isRegularFile(file)) {
        Optional<Credentials> found = read(file, registry);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> places(Map<String, String> environment) {
    List<Path> places = new ArrayList<>();
    add(places, environment, "REGISTRY_AUTH_FILE", "");
    add(places, environment, "XDG_RUNTIME_DIR", "containers/auth.json");
    add(places, environment, "DOCKER_CONFIG", "config.json");
    add(places, environment, "HOME", ".docker/config.json");
    return places;
  }

  private static void add(
      List<Path> places, Map<String, String> environment, String variable, String file) {
    String folder = environment.getOrDefault(variable, "");
    if (!folder.isEmpty()) {
      places.add(Path.of(folder, file));
    }
  }

  private static Optional<Credentials> read(Path file, String registry)
      throws ImageException, IOException {
    Json json = Json.parse(Files.readAllBytes(file), "The file " + file);
    Optional<Json> auths = json.child("auths");
    Optional<Json> auth = auths.isPresent() ? auths.get().child(registry) : Optional.empty();
    Optional<String> pair = auth.isPresent() ? auth.get().string("auth") : Optional.empty();
    if (pair.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text =
          new String(Base64.getDecoder().decode(pair.get().strip()), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        return Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw new ImageException(e, "%s has credentials for %s that aren't Base64.", file, registry);
    }
    throw new ImageException(
        "%s has credentials for %s that aren't a user and a password.", file, registry);
  }
}
