package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import com.caoccao.javet.interop.options.V8RuntimeOptions;
import dev.runnel.engine.Limits;
import dev.runnel.engine.Locality;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * V8's native library, loaded once for the process. Its options are global and fixed from then on:
 * the limits and the locality of the isolate that is opened first decide them.
 */
final class V8Library {
  /** What {@link Microtasks} knows the layout of. */
  private static final String VERSION = "5.0.6";

  private static final String FILE = "/libjavet-v8-linux-x86_64-i18n.v." + VERSION + ".so";
  private static final long FILE_BYTES = 45_335_824;

  /** The heap of each isolate in megabytes, for processes whose isolates have different limits. */
  private static final String HEAP_PROPERTY = "runnel.v8.heap";

  /** Further options of V8's, such as {@code --prof}. */
  private static final String FLAGS_PROPERTY = "runnel.v8.flags";

  private static final int SMALLEST_HEAP_MEGABYTES = 64;

  /**
   * Each half of the space for new objects. From a small heap V8 derives so little that pages which
   * are being rendered are copied again and again.
   */
  private static final int NEW_OBJECTS_MEGABYTES = 16;

  /** The two halves, and as much for large new objects. */
  private static final int YOUNG_SPACES = 3;

  private static @Nullable V8Library loaded;

  private final V8Host host;
  private final Locality locality;

  private V8Library(V8Host host, Locality locality) {
    this.host = host;
    this.locality = locality;
  }

  /** Why V8 can't run here; empty when it can. */
  static Optional<String> obstacle() {
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!system.toLowerCase(Locale.ROOT).equals("linux on amd64")) {
      return Optional.of(
          "The engine v8 runs on Linux on amd64 only. This is %s.".formatted(system));
    }
    URL file = V8Library.class.getResource(FILE);
    if (file == null || !JavetLibLoader.LIB_VERSION.equals(VERSION)) {
      return Optional.of("The engine v8 needs Javet %s on the class path.".formatted(VERSION));
    }
    return Optional.empty();
  }

  /**
   * @throws UnsupportedOperationException where V8 doesn't run, or has another locality already
   */
  static synchronized V8Library load(Limits limits, Locality locality) {
    V8Library library = loaded;
    if (library == null) {
      obstacle()
          .ifPresent(
              reason -> {
                throw new UnsupportedOperationException(reason);
              });
      library = new V8Library(start(limits, locality), locality);
      loaded = library;
    }
    library.check(locality);
    return library;
  }

  private void check(Locality asked) {
    if (!asked.equals(locality)) {
      throw new UnsupportedOperationException(
          "The engine v8 has one locale and time zone for the process, %s in %s. A program that wants %s in %s needs a process of its own, or the engine quickjs."
              .formatted(locality.locale(), locality.zone(), asked.locale(), asked.zone()));
    }
  }

  private static V8Host start(Limits limits, Locality locality) {
    try (IcuData icu = IcuData.extract();
        ProcessLocality _ = ProcessLocality.of(locality, icu)) {
      checkFile();
      V8RuntimeOptions.V8_FLAGS
          .setUseStrict(false)
          .setIcuDataFile(icu.file().toString())
          .setMaxHeapSize(heapMegabytes(limits))
          // A compilation on another thread would have nobody to wake the event loop when it is
          // done.
          .setCustomFlags(
              "--stack-size=%d --no-wasm-async-compilation --min-semi-space-size=%d --max-semi-space-size=%d %s %s"
                  .formatted(
                      StackLimit.V8_KILOBYTES,
                      NEW_OBJECTS_MEGABYTES,
                      NEW_OBJECTS_MEGABYTES,
                      TextRoom.FLAG,
                      System.getProperty(FLAGS_PROPERTY, "")));
      V8Host host = V8Host.getV8I18nInstance();
      if (!host.isLibraryLoaded()) {
        throw new UnsupportedOperationException(
            "V8's native library can't be loaded: " + host.getLastException().getMessage(),
            host.getLastException());
      }
      // V8 finishes its own set-up with the first isolate, which two threads must not do at once.
      V8Runtime first = host.createV8Runtime();
      ProcessLocality.settle(first);
      first.close(true);
      ProcessEnd.skipDestructors();
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException("The locale data of V8 can't be unpacked.", e);
    } catch (JavetException e) {
      throw new IllegalStateException("V8 could not be started.", e);
    }
  }

  private static void checkFile() throws IOException {
    URL file = java.util.Objects.requireNonNull(V8Library.class.getResource(FILE));
    long bytes = file.openConnection().getContentLengthLong();
    if (bytes != FILE_BYTES) {
      throw new UnsupportedOperationException(
          "Javet's native library has %d bytes and is not the one that is expected."
              .formatted(bytes));
    }
  }

  private static int heapMegabytes(Limits limits) {
    int asked = (int) (limits.memoryBytes() >> 20);
    return Math.max(SMALLEST_HEAP_MEGABYTES, Integer.getInteger(HEAP_PROPERTY, asked))
        + YOUNG_SPACES * NEW_OBJECTS_MEGABYTES;
  }

  V8Runtime open() throws JavetException {
    return host.createV8Runtime();
  }
}
