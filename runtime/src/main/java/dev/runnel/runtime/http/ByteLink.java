package dev.runnel.runtime.http;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A connection that carries bytes both ways. Reads and writes block, so they belong on virtual
 * threads: one may read while another writes. {@link #close} ends both, from any thread.
 */
public interface ByteLink {

  /** Waits for what comes next. Empty at the end of what the other side sends. */
  byte[] read() throws IOException;

  void write(byte[] bytes) throws IOException;

  /** Nothing more will be written; the other side may still send. */
  void end() throws IOException;

  void close();

  /** Cuts the connection off, so that the other side sees a failure and no end. */
  void reset();

  InetSocketAddress local();

  InetSocketAddress remote();
}
