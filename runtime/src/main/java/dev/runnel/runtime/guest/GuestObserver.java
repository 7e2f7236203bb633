package dev.runnel.runtime.guest;

import dev.runnel.runtime.error.ProgramError;

/** Hears what becomes of a guest. Called on its thread. */
public interface GuestObserver {
  GuestObserver NONE =
      new GuestObserver() {
        @Override
        public void ready(boolean answersFetch) {}

        @Override
        public void uncaught(ProgramError error) {}

        @Override
        public void ended(GuestEnd end) {}
      };

  /** The entry module has been evaluated. */
  void ready(boolean answersFetch);

  /** An error that nobody caught, in a program that goes on. */
  void uncaught(ProgramError error);

  /** The last call. */
  void ended(GuestEnd end);
}
