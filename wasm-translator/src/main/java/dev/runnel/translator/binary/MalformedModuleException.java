package dev.runnel.translator.binary;

/** Says that bytes are no WebAssembly module, or one with something this package can't edit. */
public final class MalformedModuleException extends RuntimeException {

  MalformedModuleException(String message) {
    super(message);
  }
}
