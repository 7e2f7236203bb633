package dev.runnel.quickjs;

import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import java.util.List;

/**
 * Bytecode of built-in modules without the text of their functions, which QuickJS keeps once for
 * each level of nesting: it would be most of a heap.
 *
 * <p>Compiled in a heap of its own, because QuickJS finds a module by the first one of its name.
 */
final class StrippedCode {
  private static final long MEMORY_BYTES = 512L << 20;

  private StrippedCode() {}

  static byte[] compile(String name, String text) {
    var options = new IsolateOptions(new EmptyModules(), List.of());
    try (var scratch = new Heap(options, new MemoryLimit(MEMORY_BYTES), () -> false)) {
      long module =
          scratch
              .js()
              .evaluate(
                  name, GuestText.source(text), QuickJs.EVAL_MODULE | QuickJs.EVAL_COMPILE_ONLY);
      return scratch.js().writeBytecode(module);
    }
  }

  /** Compiling loads what a module imports but doesn't look inside, so anything will do. */
  private record EmptyModules() implements ModuleLoader {
    @Override
    public String resolve(String specifier, String referrer) {
      return "empty:" + specifier;
    }

    @Override
    public ModuleSource load(String name) {
      return ModuleSource.of("");
    }
  }
}
