package dev.runnel.engine;

import org.jspecify.annotations.Nullable;

/** The isolate has ended. Its memory is gone; others are unaffected. */
public abstract sealed class IsolateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private IsolateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Stopped from outside, by a limit that is measured there. */
  public static final class TimedOut extends IsolateException {
    private static final long serialVersionUID = 1L;
    private final transient Interruption reason;

    public TimedOut(Interruption reason) {
      super(reason.sentence(), null);
      this.reason = reason;
    }

    public Interruption reason() {
      return reason;
    }
  }

  public static final class OutOfMemory extends IsolateException {
    private static final long serialVersionUID = 1L;

    public OutOfMemory(long limitBytes) {
      super("The program used more memory than its limit of %d bytes.".formatted(limitBytes), null);
    }

    /** It is not this program's own limit that was met. */
    public OutOfMemory(String sentence) {
      super(sentence, null);
    }
  }

  /** The program asked to end, through a host function that threw this. */
  public static final class Exited extends IsolateException {
    private static final long serialVersionUID = 1L;
    private final int code;

    public Exited(int code) {
      super("The program exited with code %d.".formatted(code), null);
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** A trap, a bad mailbox record or a bug of ours. */
  public static final class Crashed extends IsolateException {
    private static final long serialVersionUID = 1L;

    public Crashed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Something was asked of an isolate that had ended before. */
  public static final class Closed extends IsolateException {
    private static final long serialVersionUID = 1L;

    public Closed() {
      super("The isolate is closed.", null);
    }
  }
}
