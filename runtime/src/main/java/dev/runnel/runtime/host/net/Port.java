package dev.runnel.runtime.host.net;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** A port that a program listens on. */
final class Port implements Closeable {
  private final ServerSocket socket;

  private Port(ServerSocket socket) {
    this.socket = socket;
  }

  /**
   * @param host a name or an address, or nothing for all interfaces
   */
  static Port open(String host, int port, int backlog) {
    @Nullable ServerSocket socket = null;
    try {
      socket = new ServerSocket();
      socket.bind(
          host.isEmpty()
              ? new InetSocketAddress(port)
              : new InetSocketAddress(InetAddress.getByName(host), port),
          backlog);
      return new Port(socket);
    } catch (IOException e) {
      closeQuietly(socket);
      throw SocketErrors.of(e);
    }
  }

  private static void closeQuietly(@Nullable ServerSocket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // The first failure is the one to tell of.
      }
    }
  }

  void stop() {
    closeQuietly(socket);
  }

  TcpLink accept() {
    try {
      return new TcpLink(socket.accept());
    } catch (IOException e) {
      throw socket.isClosed()
          ? HostError.system("ECANCELED", "the port was closed")
          : SocketErrors.of(e);
    }
  }

  /** JSON for the program. */
  String describe(int id) {
    var described = new JsonObject();
    described.addProperty("id", id);
    described.addProperty("address", socket.getInetAddress().getHostAddress());
    described.addProperty("port", socket.getLocalPort());
    return described.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
