package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.Header;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * A program's answer, its head already here and its body on the way. The body is read either way,
 * once. Closing it early tells the program that its client has gone.
 */
public interface WorkerResponse extends AutoCloseable {
  int status();

  String reason();

  List<Header> headers();

  /** Reads block until the program has written; best on a virtual thread. */
  InputStream body();

  /** The same bytes chunk by chunk, as the program flushed them, under the subscriber's demand. */
  Flow.Publisher<ByteBuffer> bodyPublisher();

  @Override
  void close();
}
