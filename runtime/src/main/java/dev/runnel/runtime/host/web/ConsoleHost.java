package dev.runnel.runtime.host.web;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.util.Locale;

/** Backs {@code console}; its JavaScript half is {@code js/web/console.js}. */
public final class ConsoleHost {

  /** As Node has it, warnings and errors go to the error stream. */
  public enum Level {
    DEBUG,
    INFO,
    LOG,
    WARN,
    ERROR;

    public boolean isError() {
      return this == WARN || this == ERROR;
    }
  }

  /** Where a program's messages go. Called on its isolate's thread. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param text perhaps of several lines, without the last line's end
     */
    void log(Level level, String text);
  }

  private final Sink sink;

  public ConsoleHost(Sink sink) {
    this.sink = sink;
  }

  public HostModule module() {
    return HostModule.named("console").function("log", this::log);
  }

  private JsValue log(Arguments args) {
    sink.log(level(args.string(0, "level")), args.string(1, "text"));
    return JsValue.UNDEFINED;
  }

  private static Level level(String name) {
    try {
      return Level.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw HostError.type("ERR_INVALID_ARG_VALUE", "The console has no level %s.", name);
    }
  }
}
