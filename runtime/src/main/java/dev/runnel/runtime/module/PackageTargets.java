package dev.runnel.runtime.module;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks a subpath up in a package's {@code exports} or {@code imports} (Node's ESM documentation,
 * "Resolution Algorithm Specification", PACKAGE_EXPORTS_RESOLVE and PACKAGE_IMPORTS_RESOLVE).
 */
final class PackageTargets {
  private final Set<String> conditions;

  PackageTargets(Set<String> conditions) {
    this.conditions = conditions;
  }

  /**
   * @param subpath {@code "."}, {@code "./x"} or {@code "#x"}
   * @return the target, relative to the package or a specifier, or empty when none is meant for us
   */
  Optional<String> find(JsonElement map, String subpath) {
    if (!isSubpathMap(map)) {
      return subpath.equals(".") ? target(map, "") : Optional.empty();
    }
    JsonObject subpaths = map.getAsJsonObject();
    if (subpaths.has(subpath) && !subpath.contains("*")) {
      return target(subpaths.get(subpath), "");
    }
    return bestPattern(subpaths, subpath).flatMap(key -> matched(subpaths, key, subpath));
  }

  private static boolean isSubpathMap(JsonElement map) {
    return map.isJsonObject()
        && map.getAsJsonObject().keySet().stream()
            .anyMatch(key -> key.startsWith(".") || key.startsWith("#"));
  }

  private static Optional<String> bestPattern(JsonObject subpaths, String subpath) {
    return subpaths.keySet().stream()
        .filter(key -> matches(key, subpath))
        .max((a, b) -> Integer.compare(a.indexOf('*'), b.indexOf('*')));
  }

  private static boolean matches(String key, String subpath) {
    int star = key.indexOf('*');
    return star >= 0
        && subpath.length() >= key.length()
        && subpath.startsWith(key.substring(0, star))
        && subpath.endsWith(key.substring(star + 1));
  }

  private Optional<String> matched(JsonObject subpaths, String key, String subpath) {
    int star = key.indexOf('*');
    String part = subpath.substring(star, subpath.length() - (key.length() - star - 1));
    return target(subpaths.get(key), part);
  }

  private Optional<String> target(JsonElement target, String part) {
    if (target.isJsonPrimitive()) {
      return Optional.of(target.getAsString().replace("*", part));
    }
    if (target instanceof JsonArray choices) {
      return choices.asList().stream()
          .map(choice -> target(choice, part))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return target instanceof JsonObject byCondition
        ? conditional(byCondition, part)
        : Optional.empty();
  }

  private Optional<String> conditional(JsonObject byCondition, String part) {
    for (Map.Entry<String, JsonElement> entry : byCondition.entrySet()) {
      if (entry.getKey().equals("default") || conditions.contains(entry.getKey())) {
        var found = target(entry.getValue(), part);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
