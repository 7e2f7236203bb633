package dev.runnel.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Standard input. */
final class InputDescriptor implements Descriptor {
  private final ProgramInput input;
  private final FileType type;
  private Rights rights = Rights.INPUT;

  InputDescriptor(ProgramInput input, FileType type) {
    this.input = input;
    this.type = type;
  }

  ProgramInput input() {
    return input;
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
  public int read(ByteBuffer into) throws IOException {
    return input.read(into);
  }

  @Override
  public void close() {}
}
