package dev.runnel.v8;

/** Whether the tests of V8 can run on this machine. */
final class V8Platform {
  private V8Platform() {}

  static boolean runsHere() {
    return V8Library.obstacle().isEmpty();
  }
}
