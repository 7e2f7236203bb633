package dev.runnel.runtime.host.net;

import dev.runnel.runtime.http.ByteLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;

/** A link as the JDK's TLS takes it: a connected socket whose bytes the link carries. */
final class LinkSocket extends Socket {
  private final ByteLink link;
  private final InputStream in = new In();
  private final OutputStream out = new Out();
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile int patience;

  LinkSocket(ByteLink link) {
    this.link = link;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return ended;
  }

  /** Who has heard the other side's end reads no more. */
  @Override
  public void shutdownInput() {}

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public void shutdownOutput() throws IOException {
    ended = true;
    link.end();
  }

  @Override
  public void close() {
    closed = true;
    link.close();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return link.local();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return link.remote();
  }

  @Override
  public InetAddress getInetAddress() {
    return link.remote().getAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return link.local().getAddress();
  }

  @Override
  public int getPort() {
    return link.remote().getPort();
  }

  @Override
  public int getLocalPort() {
    return link.local().getPort();
  }

  /** What is set below is the link's own business. */
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setSoLinger(boolean on, int seconds) {
    if (on && seconds == 0) {
      link.reset();
    }
  }

  @Override
  public void setSoTimeout(int milliseconds) {
    patience = milliseconds;
  }

  @Override
  public int getSoTimeout() {
    return patience;
  }

  private final class In extends InputStream {
    private byte[] chunk = {};
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == chunk.length) {
        chunk = link.read();
        at = 0;
        if (chunk.length == 0) {
          return -1;
        }
      }
      int count = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, into, offset, count);
      at += count;
      return count;
    }

    @Override
    public int available() {
      return chunk.length - at;
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      link.write(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      link.write(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
