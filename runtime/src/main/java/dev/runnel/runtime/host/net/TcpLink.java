package dev.runnel.runtime.host.net;

import dev.runnel.runtime.http.ByteLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;

/** A TCP connection. */
final class TcpLink implements ByteLink {
  private static final int LARGEST_READ = 64 << 10;
  private static final byte[] NOTHING = {};

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  TcpLink(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  Socket socket() {
    return socket;
  }

  /** One byte is waited for, so that a silent connection holds no buffer. */
  @Override
  public byte[] read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return NOTHING;
    }
    byte[] chunk = new byte[1 + Math.min(in.available(), LARGEST_READ - 1)];
    chunk[0] = (byte) first;
    int count = chunk.length == 1 ? 0 : in.readNBytes(chunk, 1, chunk.length - 1);
    return count == chunk.length - 1 ? chunk : Arrays.copyOf(chunk, 1 + count);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  @Override
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  @Override
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // It has been closed already.
    }
    close();
  }

  @Override
  public InetSocketAddress local() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  @Override
  public InetSocketAddress remote() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }
}
