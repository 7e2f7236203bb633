package dev.runnel.v8;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JsValue;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Exits while a guest compiles code on V8's own threads. Should the destructors of V8's library
 * run, the process waits behind them, so that the guest surely meets what they have left.
 */
final class ExitingProcess {
  /** Also how many seconds the process would wait. */
  static final int STATUS = 5;

  private static final String COMPILES_FOR_EVER =
      "import { running } from 'host:signal'; running();"
          + "for (let i = 0; ; i++) {"
          + "  const f = new Function('a', `let s = ${i}; for (let j = 0; j < 3e4; j++) s += a * j; return s`);"
          + "  for (let j = 0; j < 20; j++) f(j);"
          + "}";

  private ExitingProcess() {}

  public static void main(String[] how) throws Throwable {
    sleepAfterDestructors();
    HostModule signal = HostModule.named("signal").function("running", _ -> exit(how[0]));
    try (Isolate isolate =
        new V8Engine()
            .open(new IsolateOptions(new HostileGuest.Only(COMPILES_FOR_EVER), List.of(signal)))) {
      isolate.evaluateModule("main");
    }
  }

  private static JsValue exit(String how) {
    Thread.ofPlatform()
        .start(
            () -> {
              if (how.equals("halt")) {
                Runtime.getRuntime().halt(STATUS);
              } else {
                System.exit(STATUS);
              }
            });
    return JsValue.UNDEFINED;
  }

  /** Like atexit(3), on_exit(3) calls what was registered last first, with the exit status. */
  private static void sleepAfterDestructors() throws Throwable {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
    int error =
        (int)
            linker
                .downcallHandle(library.findOrThrow("on_exit"), type)
                .invokeExact(library.findOrThrow("sleep"), MemorySegment.NULL);
    if (error != 0) {
      throw new IllegalStateException("on_exit failed.");
    }
  }
}
