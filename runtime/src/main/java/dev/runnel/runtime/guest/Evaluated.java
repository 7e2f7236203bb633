package dev.runnel.runtime.guest;

import dev.runnel.runtime.snapshot.AppSnapshot;
import java.util.Optional;

/** Where guests of one program find its evaluated heap, and leave it. From any thread. */
public interface Evaluated {

  /** Every guest evaluates the program itself. */
  Evaluated NONE =
      new Evaluated() {
        @Override
        public Optional<AppSnapshot> find() {
          return Optional.empty();
        }

        @Override
        public boolean wants() {
          return false;
        }

        @Override
        public void keep(AppSnapshot app) {}

        @Override
        public void refused(String read) {}
      };

  Optional<AppSnapshot> find();

  /** Whether a guest that has just evaluated the program should make a snapshot. */
  boolean wants();

  void keep(AppSnapshot app);

  /**
   * The program can't have a snapshot.
   *
   * @param read what it read that may differ at its next start
   */
  void refused(String read);
}
