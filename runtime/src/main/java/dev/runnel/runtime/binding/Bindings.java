package dev.runnel.runtime.binding;

import dev.runnel.runtime.http.Fetcher;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * All bindings of one program, by name.
 *
 * @param byName in the order in which {@code env} lists them
 * @param caches what stands behind the global {@code caches}; some memory of the worker's own when
 *     it is not given
 */
public record Bindings(SequencedMap<String, Binding> byName, Optional<Resource> caches) {
  /** The name by which JavaScript asks the caches: no binding can have it. */
  private static final String CACHES = "";

  public static final Bindings NONE = new Bindings(new LinkedHashMap<>());

  public Bindings {
    byName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byName));
    byName.keySet().forEach(Bindings::checkName);
  }

  public Bindings(SequencedMap<String, Binding> byName) {
    this(byName, Optional.empty());
  }

  /** With caches that may be another worker's, too. */
  public Bindings withCaches(Resource changed) {
    return new Bindings(byName, Optional.of(changed));
  }

  /** In the map's own order. */
  public static Bindings of(Map<String, Binding> byName) {
    return new Bindings(new LinkedHashMap<>(byName));
  }

  /**
   * @throws IllegalArgumentException when nothing can be called that
   */
  public static void checkName(String name) {
    boolean starts = !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0));
    if (!starts || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
      throw new IllegalArgumentException(
          "A binding can't be called \"%s\"; a name consists of letters, digits and _."
              .formatted(name));
    }
  }

  /** The word by which JavaScript knows what stands under each name. */
  public static String kind(Binding binding) {
    return switch (binding) {
      case Binding.Text _, Binding.Secret _ -> "text";
      case Binding.Json _ -> "json";
      case Binding.Kv _ -> "kv";
      case Binding.Service _ -> "service";
    };
  }

  /** The text of a binding that has one. */
  public Optional<String> text(String name) {
    return switch (find(name)) {
      case Binding.Text(var value) -> Optional.of(value);
      case Binding.Json(var text) -> Optional.of(text);
      case Binding.Secret(var value) -> Optional.of(value);
      case Binding.Kv _, Binding.Service _ -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  /** What carries requests to the service of that name. */
  public Optional<Fetcher> service(String name) {
    return find(name) instanceof Binding.Service(var handler)
        ? Optional.of(new ServiceFetcher(handler))
        : Optional.empty();
  }

  /** What answers the questions that are asked of that name. */
  public Optional<Resource> resource(String name) {
    if (name.equals(CACHES)) {
      return caches;
    }
    return find(name) instanceof Binding.Kv(var namespace)
        ? Optional.of(namespace)
        : Optional.empty();
  }

  private @Nullable Binding find(String name) {
    return byName.get(name);
  }
}
