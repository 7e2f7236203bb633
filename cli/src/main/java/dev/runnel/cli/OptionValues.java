package dev.runnel.cli;

import dev.runnel.engine.JitOptions;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.runtime.worker.PoolOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that options take, each checked where it is read. */
final class OptionValues {
  private OptionValues() {}

  /** {@code --env NAME=VALUE}. */
  record Variable(String name, String value) {}

  /** {@code -p OUTER:INNER}: a program that listens on INNER is reached at OUTER. */
  record PortMapping(int outer, int inner) {}

  /** Bytes, from {@code 64m}, {@code 512MB}, {@code 1g}. */
  static final class Size implements ITypeConverter<Long> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(k|m|g)?(i?b)?");

    @Override
    public Long convert(String text) {
      Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "\"%s\" is not a size; write it like 64m or 1g.".formatted(text));
      }
      int shift =
          switch (String.valueOf(matcher.group(2))) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
          };
      return Long.parseLong(matcher.group(1)) << shift;
    }
  }

  /** A whole number of things. */
  static final class Count implements ITypeConverter<Integer> {
    private static final int MOST = 1_000_000;

    @Override
    public Integer convert(String text) {
      if (text.matches("\\d{1,7}")) {
        int count = Integer.parseInt(text);
        if (count >= 1 && count <= MOST) {
          return count;
        }
      }
      throw new TypeConversionException(
          "\"%s\" is not a whole number from 1 to %d.".formatted(text, MOST));
    }
  }

  /** From {@code 50ms}, {@code 2s}, {@code 1.5s}, {@code 1m}. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw wrong(text);
      }
      double millis = Double.parseDouble(matcher.group(1)) * millisIn(matcher.group(2));
      if (millis < 1) {
        throw wrong(text);
      }
      return Duration.ofMillis((long) millis);
    }

    private static int millisIn(String unit) {
      return switch (unit) {
        case "ms" -> 1;
        case "s" -> 1_000;
        default -> 60_000;
      };
    }

    private static TypeConversionException wrong(String text) {
      return new TypeConversionException(
          "\"%s\" is not a duration; write it like 500ms or 2s.".formatted(text));
    }
  }

  /** From {@code HOST:PORT}, {@code [::1]:PORT} or {@code PORT}. */
  static final class Address implements ITypeConverter<InetSocketAddress> {
    private static final String LOCAL = "127.0.0.1";

    @Override
    public InetSocketAddress convert(String text) {
      int colon = text.lastIndexOf(':');
      String host = colon < 0 ? LOCAL : text.substring(0, colon);
      int port = port(text.substring(colon + 1), text);
      if (host.isEmpty()) {
        return new InetSocketAddress(port);
      }
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      return new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    static int port(String text, String whole) {
      if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
        return Integer.parseInt(text);
      }
      throw new TypeConversionException(
          "\"%s\" has no port from 0 to 65535; write it like 127.0.0.1:8080.".formatted(whole));
    }
  }

  static final class Ports implements ITypeConverter<PortMapping> {
    @Override
    public PortMapping convert(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length != 2) {
        throw new TypeConversionException(
            "\"%s\" is not a pair of ports; write it like 9000:8001.".formatted(text));
      }
      return new PortMapping(Address.port(parts[0], text), Address.port(parts[1], text));
    }
  }

  /** From {@code public,db.internal:5432}: words and hosts, in any order. */
  static final class Hosts implements ITypeConverter<Egress> {
    private static final Pattern HOST =
        Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]@]+)(?::(\\d{1,5}))?");

    @Override
    public Egress convert(String text) {
      var reach = Egress.Reach.NOTHING;
      List<Egress.Grant> grants = new ArrayList<>();
      for (String word : text.split(",", -1)) {
        switch (word) {
          case "all" -> reach = Egress.Reach.EVERYTHING;
          case "public" -> reach = Egress.Reach.PUBLIC;
          case "none" -> {}
          default -> grants.add(grant(word));
        }
      }
      return new Egress(reach, grants);
    }

    private static Egress.Grant grant(String word) {
      Matcher matcher = HOST.matcher(word);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "\"%s\" is not a host; write all, public, none or hosts like api.example.com:443."
                .formatted(word));
      }
      OptionalInt port =
          matcher.group(2) == null
              ? OptionalInt.empty()
              : OptionalInt.of(Address.port(matcher.group(2), word));
      return new Egress.Grant(matcher.group(1), port);
    }
  }

  /**
   * {@code --cache}.
   *
   * @param folder where bodies are
   * @param server the Redis server where all of it is; memory where there is neither
   */
  record Caching(Optional<Path> folder, Optional<String> server, long bytes) {
    static Caching inFolder(Path folder, long bytes) {
      return new Caching(Optional.of(folder), Optional.empty(), bytes);
    }
  }

  /** {@code 64m}, {@code ./cache}, {@code ./cache:2g} or {@code redis://host/0#2g}. */
  static final class CachePlace implements ITypeConverter<Caching> {
    private static final long USUAL_IN_FILES = 1L << 30;

    @Override
    public Caching convert(String text) {
      if (Bound.isServer(text)) {
        int hash = text.indexOf('#');
        return new Caching(
            Optional.empty(),
            Optional.of(hash < 0 ? text : text.substring(0, hash)),
            hash < 0 ? USUAL_IN_FILES : new Size().convert(text.substring(hash + 1)));
      }
      int colon = text.lastIndexOf(':');
      if (colon > 0) {
        long bytes = new Size().convert(text.substring(colon + 1));
        return Caching.inFolder(path(text.substring(0, colon)), bytes);
      }
      try {
        return new Caching(Optional.empty(), Optional.empty(), new Size().convert(text));
      } catch (TypeConversionException e) {
        return Caching.inFolder(path(text), USUAL_IN_FILES);
      }
    }
  }

  /** From least to most, both included. */
  record Range(int least, int most) {}

  /** {@code --isolates 4} or {@code --isolates 1-8}. */
  static final class Isolates implements ITypeConverter<Range> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    @Override
    public Range convert(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "\"%s\" is no number of isolates; write it like 4 or 1-8.".formatted(text));
      }
      int least = Integer.parseInt(matcher.group(1));
      return new Range(
          least, matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2)));
    }
  }

  /** {@code --isolation request}. */
  static final class Jit implements ITypeConverter<JitOptions> {
    @Override
    public JitOptions convert(String word) {
      return switch (word) {
        case "off" -> JitOptions.OFF;
        case "on" -> JitOptions.ON;
        default ->
            throw new TypeConversionException("\"%s\" is neither off nor on.".formatted(word));
      };
    }
  }

  static final class IsolationWord implements ITypeConverter<PoolOptions.Isolation> {
    @Override
    public PoolOptions.Isolation convert(String text) {
      return switch (text) {
        case "isolate" -> PoolOptions.Isolation.ISOLATE;
        case "request" -> PoolOptions.Isolation.REQUEST;
        default ->
            throw new TypeConversionException(
                "There is no isolation \"%s\"; there are isolate and request.".formatted(text));
      };
    }
  }

  /** {@code --cron "0 12 * * MON"}. */
  static final class Cron implements ITypeConverter<CronSchedule> {
    @Override
    public CronSchedule convert(String text) {
      try {
        return CronSchedule.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@code 2026-01-31T12:00:00Z}. */
  static final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "\"%s\" is no time; write it like 2026-01-31T12:00:00Z.".formatted(text));
      }
    }
  }

  /** {@code --origin http://localhost:3000}. */
  static final class Origin implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI origin = URI.create(text);
        if (List.of("http", "https").contains(String.valueOf(origin.getScheme()))
            && origin.getHost() != null) {
          return origin;
        }
      } catch (IllegalArgumentException e) {
        // No URL either.
      }
      throw new TypeConversionException(
          "\"%s\" is no origin; write it like http://127.0.0.1:3000.".formatted(text));
    }
  }

  /** {@code --service NAME=FILE}. */
  record NamedFile(String name, Path file) {}

  static final class NamedFiles implements ITypeConverter<NamedFile> {
    @Override
    public NamedFile convert(String text) {
      Variable pair = pair(text);
      return new NamedFile(pair.name(), path(pair.value()));
    }
  }

  /** {@code NAME}, {@code NAME=PATH} or {@code NAME=redis://…}. */
  static final class Namespace implements ITypeConverter<Variable> {
    @Override
    public Variable convert(String text) {
      Variable pair = text.contains("=") ? pair(text) : new Variable(text, "");
      if (!pair.value().startsWith("redis")) {
        path(pair.value());
      }
      return pair;
    }
  }

  /** {@code key=512,value=25m}. */
  static final class NamespaceLimits implements ITypeConverter<KvLimits> {
    @Override
    public KvLimits convert(String text) {
      KvLimits limits = KvLimits.DEFAULT;
      for (String word : text.split(",", -1)) {
        Variable pair = pair(word);
        limits = changed(limits, pair.name(), new Size().convert(pair.value()));
      }
      return limits;
    }

    private static KvLimits changed(KvLimits limits, String name, long number) {
      if (number < 1 || number > Integer.MAX_VALUE && !List.of("value", "total").contains(name)) {
        throw new TypeConversionException("The limit %s can't be %d.".formatted(name, number));
      }
      return switch (name) {
        case "key" -> limits.withKeyBytes((int) number);
        case "value" -> limits.withValueBytes(number);
        case "metadata" -> limits.withMetadataBytes((int) number);
        case "operations" -> limits.withOperations((int) number);
        case "total" -> limits.withTotalBytes(number);
        default ->
            throw new TypeConversionException(
                "There is no limit \"%s\"; there are key, value, metadata, operations and total."
                    .formatted(name));
      };
    }
  }

  /** {@code sockets=100,socket-message=64k}: those limits that are named. */
  static final class ProgramLimits implements ITypeConverter<Map<ProgramLimit, Long>> {
    @Override
    public Map<ProgramLimit, Long> convert(String text) {
      Map<ProgramLimit, Long> limits = new EnumMap<>(ProgramLimit.class);
      for (String word : text.split(",", -1)) {
        Variable pair = pair(word);
        ProgramLimit limit = ProgramLimit.named(pair.name());
        long number = new Size().convert(pair.value());
        if (number < 1 || number > limit.most()) {
          throw new TypeConversionException(
              "The limit %s must be from 1 to %d, not %d."
                  .formatted(pair.name(), limit.most(), number));
        }
        limits.put(limit, number);
      }
      return limits;
    }
  }

  /** {@code NAME=TEXT}, or {@code NAME=@PATH} for the text of a file. */
  static final class TextOrFile implements ITypeConverter<Variable> {
    @Override
    public Variable convert(String text) {
      Variable pair = pair(text);
      return pair.value().startsWith("@") ? read(pair) : pair;
    }
  }

  /** {@code NAME=@PATH}. A secret itself on a command line could be read by everybody. */
  static final class SecretFile implements ITypeConverter<Variable> {
    @Override
    public Variable convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || !text.startsWith("@", equals + 1)) {
        throw new TypeConversionException(
            "A secret is read from a file; write it like NAME=@PATH.");
      }
      return read(pair(text));
    }
  }

  private static Variable pair(String text) {
    return new Environment().convert(text);
  }

  /** The file's text without the line end that editors leave. */
  private static Variable read(Variable pair) {
    Path file = path(pair.value().substring(1));
    try {
      String text = Files.readString(file);
      return new Variable(pair.name(), text.replaceFirst("\\r?\\n$", ""));
    } catch (IOException e) {
      throw new TypeConversionException("The file \"%s\" can't be read.".formatted(file));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("\"%s\" is no file's name.".formatted(text));
    }
  }

  static final class Environment implements ITypeConverter<Variable> {
    @Override
    public Variable convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException(
            "\"%s\" has no name and value; write it like NAME=VALUE.".formatted(text));
      }
      return new Variable(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  static final class Directory implements ITypeConverter<DirectoryGrant> {
    @Override
    public DirectoryGrant convert(String text) {
      int colon = text.indexOf(':');
      if (colon < 1 || colon == text.length() - 1) {
        throw new TypeConversionException(
            "\"%s\" is not a pair of folders; write it like /data:./data.".formatted(text));
      }
      Path host = folder(text.substring(colon + 1));
      return new DirectoryGrant(text.substring(0, colon), host);
    }

    private static Path folder(String text) {
      try {
        Path folder = Path.of(text);
        if (Files.isDirectory(folder)) {
          return folder;
        }
      } catch (InvalidPathException e) {
        // No such folder either.
      }
      throw new TypeConversionException("There is no folder \"%s\".".formatted(text));
    }
  }
}
