package dev.runnel.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Standard input. */
final class InputDescriptor extends Descriptor {
  private final ProgramInput input;

  InputDescriptor(ProgramInput input, FileType type) {
    super(type, Rights.INPUT);
    this.input = input;
  }

  ProgramInput input() {
    return input;
  }

  @Override
  public FileStatus status() {
    return FileStatus.of(type());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return input.read(into);
  }

  @Override
  public void close() {}
}
