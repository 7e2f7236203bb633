package dev.runnel.conformance.test262;

import dev.runnel.engine.Engine;
import dev.runnel.quickjs.EngineModule;
import dev.runnel.quickjs.QuickJsEngine;
import dev.runnel.quickjs.build.PinnedModule;
import dev.runnel.translator.TranslateMain;
import dev.runnel.translator.TranslatorOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The same engine on code that was not split: translated anew, and loaded beside the one that is on
 * the class path.
 */
final class UnsplitEngine {
  private static final Path CLASSES = Path.of("target", "unsplit").toAbsolutePath();
  private static final Path WASM = Path.of("../node_modules/quickjs-wasi/quickjs.wasm");

  /** The JVM's own limit for a method. */
  private static final int NEVER_SPLIT = 65_535;

  private UnsplitEngine() {}

  static Engine make() throws Exception {
    translate();
    URL engine = QuickJsEngine.class.getProtectionDomain().getCodeSource().getLocation();
    List<URL> places = List.of(CLASSES.toUri().toURL(), engine);
    ClassLoader loader = new OwnEngineFirst(places.toArray(URL[]::new));
    return (Engine)
        loader.loadClass(QuickJsEngine.class.getName()).getDeclaredConstructor().newInstance();
  }

  private static void translate() throws IOException {
    Files.createDirectories(CLASSES);
    TranslateMain.run(
        PinnedModule.patched(Files.readAllBytes(WASM)),
        TranslatorOptions.named(EngineModule.CLASS_NAME).withLargestMethod(NEVER_SPLIT),
        CLASSES,
        new PrintStream(new ByteArrayOutputStream()));
  }

  /** Loads the engine's classes itself, and all others where they are already. */
  private static final class OwnEngineFirst extends URLClassLoader {
    OwnEngineFirst(URL[] places) {
      super(places, UnsplitEngine.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.runnel.quickjs.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
