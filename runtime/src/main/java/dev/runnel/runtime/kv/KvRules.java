package dev.runnel.runtime.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.runnel.runtime.binding.Details;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What may be asked of a namespace, with Cloudflare's sentences for what may not.
 * https://developers.cloudflare.com/kv/api/
 */
final class KvRules {
  private static final int MAX_LIST = 1000;
  private static final int MAX_BULK = 100;
  private static final long SHORTEST_LIFE_SECONDS = 60;

  /** Seconds since 1970 up to which times can be told from milliseconds: the year 5138. */
  private static final long LATEST = 100_000_000_000L;

  private final KvLimits limits;
  private final InstantSource clock;

  KvRules(KvLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** What a put is given besides the value. */
  record Putting(
      String key, Optional<String> metadata, OptionalLong expiration, OptionalLong expirationTtl) {
    static Putting of(JsonObject details) {
      return new Putting(
          Details.string(details, "key"),
          Details.optionalString(details, "metadata"),
          Details.optionalNumber(details, "expiration"),
          Details.optionalNumber(details, "expirationTtl"));
    }
  }

  /** What a list is given. */
  record Listing(String prefix, String cursor, OptionalLong limit) {
    static Listing of(JsonObject details) {
      return new Listing(
          Details.optionalString(details, "prefix").orElse(""),
          Details.optionalString(details, "cursor").orElse(""),
          Details.optionalNumber(details, "limit"));
    }
  }

  byte[] key(String name) throws KvRefusal {
    if (name.isEmpty()) {
      throw new KvRefusal(400, "Key name cannot be empty.");
    }
    if (name.equals(".") || name.equals("..")) {
      throw new KvRefusal(400, "Illegal key name \"%s\". Please use a different name.", name);
    }
    return withinLimit(name);
  }

  private byte[] withinLimit(String name) throws KvRefusal {
    byte[] bytes = name.getBytes(UTF_8);
    if (bytes.length > limits.keyBytes()) {
      throw new KvRefusal(
          414,
          "UTF-8 encoded length of %d exceeds key length limit of %d.",
          bytes.length,
          limits.keyBytes());
    }
    return bytes;
  }

  void checkBulk(List<String> keys) throws KvRefusal {
    if (keys.size() > MAX_BULK) {
      throw new KvRefusal(400, "You can request a maximum of %d keys", MAX_BULK);
    }
  }

  void checkLength(long length) throws KvRefusal {
    if (length > limits.valueBytes()) {
      throw new KvRefusal(
          413, "Value length of %d exceeds limit of %d.", length, limits.valueBytes());
    }
  }

  KvStore.Facts facts(Putting putting) throws KvRefusal {
    Optional<Long> expiration = expiration(putting);
    if (putting.metadata().isPresent()) {
      checkMetadata(putting.metadata().get());
    }
    return new KvStore.Facts(putting.metadata(), expiration);
  }

  /** Metadata of a shared namespace is read by others: it stays one line. */
  private void checkMetadata(String json) throws KvRefusal {
    int length = json.getBytes(UTF_8).length;
    if (length > limits.metadataBytes()) {
      throw new KvRefusal(
          413, "Metadata length of %d exceeds limit of %d.", length, limits.metadataBytes());
    }
    if (json.chars().anyMatch(c -> c < ' ')) {
      throw new KvRefusal(400, "Invalid metadata.");
    }
  }

  private Optional<Long> expiration(Putting putting) throws KvRefusal {
    long now = clock.millis() / 1000;
    if (putting.expirationTtl().isPresent()) {
      return Optional.of(now + life(putting.expirationTtl().getAsLong()));
    }
    return putting.expiration().isPresent()
        ? Optional.of(time(putting.expiration().getAsLong(), now))
        : Optional.empty();
  }

  private static long life(long seconds) throws KvRefusal {
    if (seconds <= 0 || seconds > LATEST) {
      throw new KvRefusal(
          400, "Invalid expiration_ttl of %d. Please specify integer greater than 0.", seconds);
    }
    if (seconds < SHORTEST_LIFE_SECONDS) {
      throw new KvRefusal(
          400,
          "Invalid expiration_ttl of %d. Expiration TTL must be at least %d.",
          seconds,
          SHORTEST_LIFE_SECONDS);
    }
    return seconds;
  }

  private static long time(long expiration, long now) throws KvRefusal {
    if (expiration <= now || expiration > LATEST) {
      throw new KvRefusal(
          400,
          "Invalid expiration of %d. Please specify integer greater than the current number of"
              + " seconds since the UNIX epoch.",
          expiration);
    }
    if (expiration < now + SHORTEST_LIFE_SECONDS) {
      throw new KvRefusal(
          400,
          "Invalid expiration of %d. Expiration times must be at least %d seconds in the future.",
          expiration,
          SHORTEST_LIFE_SECONDS);
    }
    return expiration;
  }

  byte[] prefix(Listing listing) throws KvRefusal {
    return withinLimit(listing.prefix());
  }

  int limit(Listing listing) throws KvRefusal {
    long limit = listing.limit().orElse(MAX_LIST);
    if (limit < 1) {
      throw new KvRefusal(
          400, "Invalid key_count_limit of %d. Please specify an integer greater than 0.", limit);
    }
    if (limit > MAX_LIST) {
      throw new KvRefusal(
          400,
          "Invalid key_count_limit of %d. Please specify an integer less than %d.",
          limit,
          MAX_LIST);
    }
    return (int) limit;
  }

  Optional<byte[]> cursor(Listing listing) throws KvRefusal {
    return KvPages.after(listing.cursor());
  }
}
