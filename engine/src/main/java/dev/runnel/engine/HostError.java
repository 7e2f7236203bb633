package dev.runnel.engine;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the JavaScript program caused and can catch. The engine turns it into a real
 * JavaScript error of the given {@link Kind}; any other exception from a host function is a bug in
 * this project and ends the isolate.
 */
public final class HostError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The JavaScript class that the program will see. */
  public enum Kind {
    ERROR,
    TYPE_ERROR,
    RANGE_ERROR,
    SYNTAX_ERROR,
    /** An {@code Error} with Node's {@code code}, {@code errno} and {@code syscall}. */
    SYSTEM_ERROR,
    /** A {@code DOMException} whose name is {@link #code()}. */
    DOM_EXCEPTION
  }

  private final Kind kind;
  private final String code;
  private final String syscall;
  private final String path;

  private HostError(Kind kind, String code, String message) {
    this(kind, code, message, "", "");
  }

  private HostError(Kind kind, String code, String message, String syscall, String path) {
    super(message, null, false, false);
    this.kind = kind;
    this.code = code;
    this.syscall = syscall;
    this.path = path;
  }

  public static HostError error(String code, String message, @Nullable Object... args) {
    return new HostError(Kind.ERROR, code, format(message, args));
  }

  public static HostError type(String code, String message, @Nullable Object... args) {
    return new HostError(Kind.TYPE_ERROR, code, format(message, args));
  }

  public static HostError range(String code, String message, @Nullable Object... args) {
    return new HostError(Kind.RANGE_ERROR, code, format(message, args));
  }

  public static HostError syntax(String code, String message, @Nullable Object... args) {
    return new HostError(Kind.SYNTAX_ERROR, code, format(message, args));
  }

  public static HostError system(String code, String message, @Nullable Object... args) {
    return new HostError(Kind.SYSTEM_ERROR, code, format(message, args));
  }

  public static HostError dom(String name, String message, @Nullable Object... args) {
    return new HostError(Kind.DOM_EXCEPTION, name, format(message, args));
  }

  public Kind kind() {
    return kind;
  }

  /** Node's {@code error.code}, such as {@code ENOENT}; empty when the error has none. */
  public String code() {
    return code;
  }

  /** This error with Node's {@code error.syscall} and {@code error.path}; empty means without. */
  public HostError during(String failedSyscall, String onPath) {
    return new HostError(kind, code, guestMessage(), failedSyscall, onPath);
  }

  public String syscall() {
    return syscall;
  }

  public String path() {
    return path;
  }

  /** The error as a JavaScript programmer reads it. */
  public String guestMessage() {
    return java.util.Objects.requireNonNullElse(getMessage(), "");
  }

  private static String format(String message, @Nullable Object... args) {
    return args.length == 0 ? message : message.formatted(args);
  }
}
