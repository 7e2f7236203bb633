package dev.runnel.wasi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Standard output or standard error: what is written leaves at once. */
final class OutputDescriptor implements Descriptor {
  private final OutputStream output;
  private final FileType type;
  private Rights rights = Rights.OUTPUT;

  OutputDescriptor(OutputStream output, FileType type) {
    this.output = output;
    this.type = type;
  }

  @Override
  public FileType type() {
    return type;
  }

  @Override
  public Rights rights() {
    return rights;
  }

  @Override
  public void drop(Rights kept) {
    rights = kept;
  }

  @Override
  public FileStatus status() {
    return FileStatus.of(type);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    output.flush();
  }

  @Override
  public void close() {}
}
