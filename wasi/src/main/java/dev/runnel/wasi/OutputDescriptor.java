package dev.runnel.wasi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Standard output or standard error: what is written leaves at once. */
final class OutputDescriptor extends Descriptor {
  private final OutputStream output;

  OutputDescriptor(OutputStream output, FileType type) {
    super(type, Rights.OUTPUT);
    this.output = output;
  }

  @Override
  public FileStatus status() {
    return FileStatus.of(type());
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    output.flush();
  }

  @Override
  public void close() {}
}
