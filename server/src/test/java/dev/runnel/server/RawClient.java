package dev.runnel.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that says exactly what a test says, and shows exactly what came back. */
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    this(address, 64 << 10);
  }

  RawClient(InetSocketAddress address, int receiveBuffer) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(5_000);
    socket.setTcpNoDelay(true);
    socket.connect(address);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** For what a server may refuse before all of it has come. */
  RawClient sendUnlessClosed(String text) {
    try {
      return send(text);
    } catch (IOException closed) {
      return this;
    }
  }

  RawClient get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
  }

  /** Reads up to and with the text. */
  String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int c = in.read();
      if (c < 0) {
        throw new AssertionError("The connection ended after: " + read);
      }
      read.append((char) c);
    }
    return read.toString();
  }

  String readHead() throws IOException {
    return readUntil("\r\n\r\n");
  }

  /** One chunk of a chunked body; {@code ""} for the last. */
  String readChunk() throws IOException {
    // The line end after a chunk may come with the next chunk only.
    String size = readUntil("\r\n").trim();
    if (size.isEmpty()) {
      size = readUntil("\r\n").trim();
    }
    return new String(in.readNBytes(Integer.parseInt(size, 16)), ISO_8859_1);
  }

  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  String read(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), ISO_8859_1);
  }

  /** True when nothing more comes, whether the connection was closed or reset. */
  boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Up to the end of the stream, or to the reset that some ends turn into. */
  String readAsFarAsItGoes() throws IOException {
    StringBuilder read = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        read.append((char) c);
      }
    } catch (SocketException reset) {
      // What had come by then counts.
    }
    return read.toString();
  }

  void skip(long bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  boolean isReset() {
    try {
      in.readAllBytes();
      return false;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void shutdownUnlessClosed() {
    try {
      shutdownOutput();
    } catch (IOException closed) {
      // Then there is nothing to shut down.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
