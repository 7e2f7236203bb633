package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import dev.runnel.engine.Locality;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The locale and time zone of V8's ICU, which takes them from the process's environment when it is
 * first asked and keeps them; Javet shows no function that sets them. So the environment says what
 * is wanted while V8 starts, and what it said before from then on. Confined to the thread that
 * starts V8; nothing else in the process should look at its environment meanwhile, and the JVM has
 * a copy.
 */
final class ProcessLocality implements AutoCloseable {
  private static final Linker LINKER = Linker.nativeLinker();

  /** Linux's number of the category. */
  private static final int LC_MESSAGES = 5;

  private static final int REPLACE = 1;
  private static final MemorySegment NULL = MemorySegment.NULL;
  private static final long LONGEST = 4096;

  private static final MethodHandle GETENV =
      function("getenv", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private static final MethodHandle SETENV =
      function(
          "setenv",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));
  private static final MethodHandle UNSETENV =
      function("unsetenv", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  private static final MethodHandle SETLOCALE =
      function(
          "setlocale",
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private final Arena memory = Arena.ofConfined();
  private final MemorySegment messages;
  private final MemorySegment locale;
  private final MemorySegment zone;

  private ProcessLocality(String wantedLocale, String wantedZone) throws Throwable {
    // What the C library has been told comes before the environment, unless it is this.
    messages = copy((MemorySegment) SETLOCALE.invokeExact(LC_MESSAGES, NULL));
    var _ = (MemorySegment) SETLOCALE.invokeExact(LC_MESSAGES, memory.allocateFrom("C"));
    locale = replaced("LC_ALL", wantedLocale.replace('-', '_') + ".UTF-8");
    zone = replaced("TZ", wantedZone);
  }

  /** Until it is closed, the environment says what is wanted, as far as there is data for it. */
  static ProcessLocality of(Locality wanted, IcuData data) throws IOException {
    String language = wanted.locale().replaceFirst("-.*", "");
    try {
      return new ProcessLocality(
          data.hasLanguage(language) ? wanted.locale() : Locality.DEFAULT.locale(),
          wanted.zone().getId());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("V8's locale and time zone could not be set.", e);
    }
  }

  /** Has ICU look. */
  static void settle(V8Runtime runtime) throws JavetException {
    runtime
        .getExecutor("new Date().getHours(); new Intl.DateTimeFormat().resolvedOptions();")
        .executeVoid();
  }

  @Override
  public void close() {
    try (memory) {
      put("LC_ALL", locale);
      put("TZ", zone);
      var _ = (MemorySegment) SETLOCALE.invokeExact(LC_MESSAGES, messages);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The process's own locale could not be set again.", e);
    }
  }

  /** Sets a variable and returns a copy of what it was, or NULL. */
  private MemorySegment replaced(String name, String value) throws Throwable {
    MemorySegment before = copy((MemorySegment) GETENV.invokeExact(memory.allocateFrom(name)));
    put(name, memory.allocateFrom(value));
    return before;
  }

  private void put(String name, MemorySegment value) throws Throwable {
    MemorySegment variable = memory.allocateFrom(name);
    int error =
        value.address() == 0
            ? (int) UNSETENV.invokeExact(variable)
            : (int) SETENV.invokeExact(variable, value, REPLACE);
    if (error != 0) {
      throw new IllegalStateException("The variable %s could not be set.".formatted(name));
    }
  }

  private MemorySegment copy(MemorySegment text) {
    return text.address() == 0 ? NULL : memory.allocateFrom(text.reinterpret(LONGEST).getString(0));
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }
}
