package dev.runnel.v8;

import com.caoccao.javet.interfaces.IJavetLogger;

/**
 * Javet's remarks, for who turns debugging on: closing an isolate frees what it calls not recycled.
 */
final class QuietLogger implements IJavetLogger {
  private static final System.Logger LOG = System.getLogger("dev.runnel.v8");

  @Override
  public void debug(String message) {
    LOG.log(System.Logger.Level.TRACE, message);
  }

  @Override
  public void error(String message) {
    LOG.log(System.Logger.Level.DEBUG, message);
  }

  @Override
  public void error(String message, Throwable cause) {
    LOG.log(System.Logger.Level.DEBUG, message, cause);
  }

  @Override
  public void info(String message) {
    LOG.log(System.Logger.Level.TRACE, message);
  }

  @Override
  public void warn(String message) {
    LOG.log(System.Logger.Level.TRACE, message);
  }
}
