package dev.runnel.runtime.guest;

import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.exchange.Exchanges;

/** Hears what becomes of a guest. Called on its thread, but for what {@link Exchanges} tells. */
public interface GuestObserver extends Exchanges.Observer {
  GuestObserver NONE =
      new GuestObserver() {
        @Override
        public void ready(boolean answersFetch) {}

        @Override
        public void uncaught(ProgramError error) {}

        @Override
        public void ending() {}

        @Override
        public void ended(GuestEnd end) {}

        @Override
        public void began(long waitedNanos) {}

        @Override
        public void ended() {}
      };

  /** The entry module has been evaluated. */
  void ready(boolean answersFetch);

  /** An error that nobody caught, in a program that goes on. */
  void uncaught(ProgramError error);

  /** It gets no request any more; those in flight are told next. */
  void ending();

  /** The last call. */
  void ended(GuestEnd end);
}
