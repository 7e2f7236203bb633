package dev.runnel.cli.log;

import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Connects the libraries' logging to standard error. {@code RUNNEL_LOG} names the lowest level that
 * is shown: error, warn (the default), info, debug or trace.
 *
 * <p>No logging framework: one costs a tenth of a second at each start and none writes one record
 * as one line whatever is in it.
 */
public final class LineLogging implements SLF4JServiceProvider {
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();
  private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final LogRate rate = new LogRate(LogRate.USUAL, System::nanoTime);
  private final Level lowest = lowest(System.getenv().getOrDefault("RUNNEL_LOG", "warn"));

  private static Level lowest(String name) {
    for (Level level : Level.values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    return Level.WARN;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name ->
        loggers.computeIfAbsent(name, key -> new LineLogger(key, lowest, rate, System.err));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
