package dev.runnel.translator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Defines the classes of one translation straight from memory, also where the parent has an older
 * one of the same name.
 */
final class TranslationLoader extends ClassLoader {
  private final Translation translation;

  TranslationLoader(Translation translation, ClassLoader parent) {
    super(parent);
    this.translation = translation;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!translation.classFiles().containsKey(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] bytes = translation.classFiles().get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    return name.equals(translation.metadataPath())
        ? new ByteArrayInputStream(translation.metadata())
        : super.getResourceAsStream(name);
  }
}
