package dev.runnel.runtime.host.net;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import dev.runnel.runtime.http.ByteLink;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection of a program. One read and one write are under way at most, so what waits in Java
 * is bounded.
 */
final class Connection implements Closeable {
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean writing = new AtomicBoolean();
  private volatile ByteLink link;
  private volatile boolean secured;

  Connection(ByteLink link) {
    this.link = link;
  }

  ByteLink link() {
    return link;
  }

  /** What was a plain connection is an encrypted one from here on. */
  void secured(ByteLink with) {
    link = with;
    secured = true;
  }

  /** Reads what a TLS client says first, and leaves it to be read again. */
  ClientHello hello() {
    try {
      ClientHello hello = ClientHello.of(link);
      link = hello.link();
      return hello;
    } catch (IOException e) {
      throw SocketErrors.of(e);
    }
  }

  void beginRead() {
    begin(reading, "read");
  }

  void beginWrite() {
    begin(writing, "write");
  }

  private static void begin(AtomicBoolean underWay, String what) {
    if (!underWay.compareAndSet(false, true)) {
      throw HostError.system("EALREADY", "a %s of this socket is under way", what);
    }
  }

  byte[] read() {
    try {
      return link.read();
    } catch (IOException e) {
      throw SocketErrors.of(e);
    } finally {
      reading.set(false);
    }
  }

  void write(byte[] bytes) {
    try {
      link.write(bytes);
    } catch (IOException e) {
      throw SocketErrors.of(e);
    } finally {
      writing.set(false);
    }
  }

  void end() {
    try {
      link.end();
    } catch (IOException e) {
      throw SocketErrors.of(e);
    }
  }

  /** JSON for the program: its number, and both ends. */
  String describe(int id) {
    var described = new JsonObject();
    described.addProperty("id", id);
    describe(described, "local", link.local());
    describe(described, "remote", link.remote());
    return described.toString();
  }

  private static void describe(JsonObject into, String side, InetSocketAddress address) {
    into.addProperty(side + "Address", address.getAddress().getHostAddress());
    into.addProperty(side + "Port", address.getPort());
  }

  /** An encrypted connection says goodbye, for which it may have to wait. */
  @Override
  public void close() {
    if (secured) {
      Thread.startVirtualThread(link::close);
    } else {
      link.close();
    }
  }

  void reset() {
    link.reset();
  }
}
