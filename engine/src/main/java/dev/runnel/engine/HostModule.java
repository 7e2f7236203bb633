package dev.runnel.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Named host functions that built-in JavaScript imports from a private {@code host:} specifier. */
public final class HostModule {
  private final String specifier;
  private final SequencedMap<String, HostFunction> functions = new LinkedHashMap<>();

  private HostModule(String specifier) {
    this.specifier = specifier;
  }

  public static HostModule named(String name) {
    return new HostModule("host:" + name);
  }

  public HostModule function(String name, HostFunction function) {
    if (functions.putIfAbsent(name, function) != null) {
      throw new IllegalStateException(specifier + " already has a function called " + name);
    }
    return this;
  }

  public String specifier() {
    return specifier;
  }

  /** In the order of definition. */
  public SequencedMap<String, HostFunction> functions() {
    return Collections.unmodifiableSequencedMap(functions);
  }
}
