package dev.runnel.cli;

import dev.runnel.server.ServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * What a {@code runnel.toml} says, checked as far as that goes without starting anything.
 *
 * @param drain how long requests in flight may go on when the process is to end
 */
record ServeFile(
    List<InetSocketAddress> listen, ServerOptions server, Duration drain, List<AppSettings> apps) {
  private static final Duration USUAL_DRAIN = Duration.ofSeconds(5);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  static ServeFile read(Path file) throws ServeFileException {
    TomlSection all = new TomlSection(file, "", parsed(file), 1);
    List<InetSocketAddress> listen = all.words("listen", new OptionValues.Address());
    Duration drain = all.word("drain", new OptionValues.Time()).orElse(USUAL_DRAIN);
    ServerOptions server = server(all.section("server"));
    List<AppSettings> apps = new ArrayList<>();
    for (Map.Entry<String, TomlSection> app : all.section("app").sections().entrySet()) {
      apps.add(app(file, app.getKey(), app.getValue()));
    }
    all.nothingElse();
    if (apps.isEmpty()) {
      throw all.wrong("There is no app; describe one in a table like [app.shop].");
    }
    checkRoutes(all, apps);
    checkServices(all, apps);
    return new ServeFile(
        listen.isEmpty() ? List.of(new InetSocketAddress("127.0.0.1", 8080)) : listen,
        server,
        drain,
        apps);
  }

  private static TomlParseResult parsed(Path file) throws ServeFileException {
    TomlParseResult result;
    try {
      result = Toml.parse(file);
    } catch (IOException e) {
      throw new ServeFileException("The file %s can't be read.".formatted(file));
    }
    for (TomlParseError error : result.errors()) {
      throw new ServeFileException(
          "%s:%d: This is not TOML: %s."
              .formatted(
                  file, error.position().line(), String.valueOf(error.getMessage()).strip()));
    }
    return result;
  }

  private static ServerOptions server(TomlSection section) throws ServeFileException {
    ServerOptions server = ServerOptions.DEFAULT;
    var size = new OptionValues.Size();
    Optional<Long> head = section.word("head", size);
    if (head.isPresent() && (head.get() < 1_024 || head.get() > 1 << 20)) {
      throw section.wrong("head", "has to be from 1k to 1m.");
    }
    server = server.withHeaderBytes((int) head.orElse((long) server.headerBytes()).longValue());
    server =
        server.withIdleTimeout(
            section.word("idle", new OptionValues.Time()).orElse(server.idleTimeout()));
    server =
        server.withOpenRequests(
            section.number("requests", 1, 1_000_000).orElse(server.openRequests()));
    OptionalInt connections = section.number("connections", 1, 1_000_000);
    if (connections.isPresent()) {
      server = server.withAddresses(server.addresses().withConnections(connections.getAsInt()));
    }
    OptionalInt rate = section.number("request-rate", 1, 1_000_000);
    if (rate.isPresent()) {
      server = server.withAddresses(server.addresses().withRequests(rate.getAsInt()));
    }
    section.nothingElse();
    return server;
  }

  private static AppSettings app(Path file, String name, TomlSection section)
      throws ServeFileException {
    if (!NAME.matcher(name).matches()) {
      throw section.wrong(
          "\"%s\" can't name an app; a name consists of lower-case letters, digits and -."
              .formatted(name));
    }
    return new AppSection(file, name, section).settings();
  }

  private static void checkRoutes(TomlSection all, List<AppSettings> apps)
      throws ServeFileException {
    Map<AppRoute, String> taken = new HashMap<>();
    for (AppSettings app : apps) {
      for (AppRoute route : app.routes()) {
        String other = taken.putIfAbsent(route, app.name());
        if (other != null) {
          throw all.section("app")
              .wrong(app.name(), "is to be reached at %s, as app.%s is.".formatted(route, other));
        }
      }
    }
  }

  private static void checkServices(TomlSection all, List<AppSettings> apps)
      throws ServeFileException {
    List<String> names = apps.stream().map(AppSettings::name).toList();
    for (AppSettings app : apps) {
      for (Map.Entry<String, String> service : app.services().entrySet()) {
        if (!names.contains(service.getValue())) {
          throw all.section("app")
              .section(app.name())
              .section("services")
              .wrong(
                  service.getKey(),
                  "means the app \"%s\", and there are %s."
                      .formatted(service.getValue(), String.join(", ", names)));
        }
      }
    }
  }
}
