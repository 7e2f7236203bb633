package dev.runnel.runtime.host.net;

import dev.runnel.runtime.http.ByteLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a TLS client says first, as far as a server wants to know it before it chooses its
 * certificate: the name that it asks for (RFC 8446, section 4.1.2; RFC 6066, section 3).
 *
 * @param servername or nothing
 * @param link goes on as if nothing had been read of it
 */
record ClientHello(String servername, ByteLink link) {
  private static final int RECORD_HEADER = 5;
  private static final int LONGEST_RECORD = 1 << 14;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RANDOM = 32;
  private static final int SERVER_NAME = 0;

  /** Blocks until the first record is there. */
  static ClientHello of(ByteLink link) throws IOException {
    byte[] read = {};
    while (read.length < RECORD_HEADER || read.length < wanted(read)) {
      byte[] chunk = link.read();
      if (chunk.length == 0) {
        break;
      }
      read = joined(read, chunk);
    }
    return new ClientHello(servername(read), new Replayed(read, link));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** How long the first record is; what isn't one the handshake itself refuses. */
  private static int wanted(byte[] read) {
    int length = (read[3] & 0xff) << 8 | read[4] & 0xff;
    return read[0] == HANDSHAKE && length <= LONGEST_RECORD ? RECORD_HEADER + length : 0;
  }

  private static String servername(byte[] read) {
    if (read.length < RECORD_HEADER || read[0] != HANDSHAKE) {
      return "";
    }
    try {
      ByteBuffer hello = ByteBuffer.wrap(read).position(RECORD_HEADER);
      if (hello.get() != CLIENT_HELLO) {
        return "";
      }
      skip(hello, 3 + 2 + RANDOM);
      skip(hello, hello.get() & 0xff);
      skip(hello, hello.getShort() & 0xffff);
      skip(hello, hello.get() & 0xff);
      return nameAmong(hello.slice(hello.position() + 2, hello.getShort() & 0xffff));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return "";
    }
  }

  private static String nameAmong(ByteBuffer extensions) {
    while (extensions.hasRemaining()) {
      int type = extensions.getShort() & 0xffff;
      int length = extensions.getShort() & 0xffff;
      if (type == SERVER_NAME) {
        skip(extensions, 3);
        byte[] name = new byte[extensions.getShort() & 0xffff];
        extensions.get(name);
        return new String(name, StandardCharsets.US_ASCII);
      }
      skip(extensions, length);
    }
    return "";
  }

  private static void skip(ByteBuffer buffer, int count) {
    if (count > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    buffer.position(buffer.position() + count);
  }

  /** A link of which something has been read already. */
  private static final class Replayed implements ByteLink {
    private final ByteLink link;
    private byte[] early;

    Replayed(byte[] early, ByteLink link) {
      this.early = early;
      this.link = link;
    }

    @Override
    public byte[] read() throws IOException {
      if (early.length == 0) {
        return link.read();
      }
      byte[] first = early;
      early = new byte[0];
      return first;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      link.write(bytes);
    }

    @Override
    public void end() throws IOException {
      link.end();
    }

    @Override
    public void close() {
      link.close();
    }

    @Override
    public void reset() {
      link.reset();
    }

    @Override
    public InetSocketAddress local() {
      return link.local();
    }

    @Override
    public InetSocketAddress remote() {
      return link.remote();
    }
  }
}
