package dev.runnel.runtime.host.net;

import dev.runnel.engine.HostError;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What the JDK says of sockets, as Node's codes. */
final class SocketErrors {
  private SocketErrors() {}

  static HostError of(IOException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return HostError.system(code(e, text.toLowerCase(Locale.ROOT)), "%s", text);
  }

  private static String code(IOException e, String text) {
    return switch (e) {
      case UnknownHostException _ -> "ENOTFOUND";
      case NoRouteToHostException _ -> "EHOSTUNREACH";
      case SocketTimeoutException _ -> "ETIMEDOUT";
      case SSLException _ -> "EPROTO";
      case ConnectException _ -> text.contains("timed out") ? "ETIMEDOUT" : refused(text);
      case BindException _ -> bindCode(text);
      default -> socketCode(text);
    };
  }

  private static String refused(String text) {
    return text.contains("unreachable") ? "ENETUNREACH" : "ECONNREFUSED";
  }

  private static String bindCode(String text) {
    if (text.contains("in use")) {
      return "EADDRINUSE";
    }
    return text.contains("permission") ? "EACCES" : "EADDRNOTAVAIL";
  }

  private static String socketCode(String text) {
    if (text.contains("unreachable")) {
      return "ENETUNREACH";
    }
    if (text.contains("broken pipe")) {
      return "EPIPE";
    }
    if (text.contains("permission")) {
      return "EACCES";
    }
    if (text.contains("closed")) {
      return "ECANCELED";
    }
    return "ECONNRESET";
  }
}
