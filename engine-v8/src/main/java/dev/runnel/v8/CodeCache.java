package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.reference.V8Module;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled code of large modules, shared by all isolates of the process. An isolate offers what it
 * has compiled when its program has been evaluated, lazily compiled functions included; V8 checks
 * what it is given against the source.
 */
final class CodeCache {
  private static final int SMALLEST_CHARACTERS = 16 << 10;
  private static final Map<String, byte[]> SHARED = new ConcurrentHashMap<>();

  private final Map<String, V8Module> compiledHere = new HashMap<>();

  V8Module compile(V8Runtime runtime, String name, String text) throws JavetException {
    byte[] cached = SHARED.get(text);
    V8Module module = runtime.getExecutor(text, cached).setResourceName(name).compileV8Module();
    if (cached == null && text.length() >= SMALLEST_CHARACTERS) {
      compiledHere.put(text, module);
    }
    return module;
  }

  /** Shares what this isolate compiled. */
  void share() throws JavetException {
    for (Map.Entry<String, V8Module> compiled : compiledHere.entrySet()) {
      byte[] code = compiled.getValue().getCachedData();
      if (code != null) {
        SHARED.putIfAbsent(compiled.getKey(), code);
      }
    }
    compiledHere.clear();
  }
}
