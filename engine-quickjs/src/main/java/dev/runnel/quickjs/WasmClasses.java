package dev.runnel.quickjs;

import dev.runnel.translator.Translation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The loader of one module's classes: they go when nobody uses the module any more. Class files are
 * let go as they are loaded.
 */
final class WasmClasses extends ClassLoader {
  private final Map<String, byte[]> files;
  private final String metadataPath;
  private final byte[] metadata;

  WasmClasses(Translation translation) {
    super(WasmClasses.class.getClassLoader());
    this.files = new ConcurrentHashMap<>(translation.classFiles());
    this.metadataPath = translation.metadataPath();
    this.metadata = translation.metadata();
  }

  /** Has the JVM verify all classes now, so that none can fail while a guest runs. */
  void verify(List<String> names) {
    try {
      for (String name : names) {
        Class.forName(name, true, this);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] bytes = files.remove(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    return name.equals(metadataPath) ? new ByteArrayInputStream(metadata) : null;
  }
}
