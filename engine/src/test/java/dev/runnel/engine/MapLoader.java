package dev.runnel.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loader over a map: names are specifiers without a leading "./". */
final class MapLoader implements ModuleLoader {
  private final Map<String, String> sources = new LinkedHashMap<>();
  final List<String> loaded = new ArrayList<>();

  MapLoader with(String name, String source) {
    sources.put(name, source);
    return this;
  }

  @Override
  public String resolve(String specifier, String referrer) {
    String name = specifier.startsWith("./") ? specifier.substring(2) : specifier;
    if (!sources.containsKey(name) && !name.startsWith("host:")) {
      throw HostError.error(
          "ERR_MODULE_NOT_FOUND", "Cannot find module '%s' imported from %s.", name, referrer);
    }
    return name;
  }

  @Override
  public ModuleSource load(String name) {
    loaded.add(name);
    LinkedHashMap<String, String> meta = new LinkedHashMap<>();
    meta.put("url", "test:" + name);
    meta.put("filename", name);
    return new ModuleSource(sources.getOrDefault(name, ""), meta);
  }
}
