package dev.runnel.server.fetch;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.BadMessageException;

/**
 * What a program is told of a request that failed: nothing of the client's own state, which Jetty's
 * messages are full of.
 *
 * @param code as Node spells it
 */
record NetworkFailure(String code, String sentence) {

  static NetworkFailure of(Throwable cause) {
    return switch (cause) {
      case EgressException refused ->
          new NetworkFailure("EACCES", String.valueOf(refused.getMessage()));
      case UnknownHostException _ ->
          new NetworkFailure("ENOTFOUND", "There is no host of that name.");
      case NoRouteToHostException _ ->
          new NetworkFailure("EHOSTUNREACH", "There is no way to that host.");
      case ConnectException _ -> new NetworkFailure("ECONNREFUSED", "The connection was refused.");
      case SocketTimeoutException _, TimeoutException _ ->
          new NetworkFailure("ETIMEDOUT", "The host took too long.");
      case SSLException tls ->
          new NetworkFailure("ERR_TLS_HANDSHAKE", "TLS failed: " + tls.getMessage());
      case EOFException _, ClosedChannelException _ ->
          new NetworkFailure("ECONNRESET", "The host closed the connection too early.");
      case BadMessageException bad ->
          new NetworkFailure("HPE_INVALID", "The answer is no HTTP: " + bad.getReason());
      default ->
          new NetworkFailure(
              "ECONNRESET",
              "The connection broke (%s).".formatted(cause.getClass().getSimpleName()));
    };
  }
}
