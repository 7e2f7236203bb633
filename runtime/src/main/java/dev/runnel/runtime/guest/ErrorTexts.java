package dev.runnel.runtime.guest;

import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.error.StackTraces;
import java.util.Optional;

/** What a program's errors look like to people: in the author's own files and lines. */
final class ErrorTexts {
  private final GuestSettings settings;
  private final StackTraces stackTraces = new StackTraces(this::readText);

  ErrorTexts(GuestSettings settings) {
    this.settings = settings;
  }

  ProgramError shown(String name, String message, String stack) {
    String summary = name.isEmpty() ? message : message.isEmpty() ? name : name + ": " + message;
    return new ProgramError(summary, stackTraces.rewrite(stack));
  }

  /** One that kept the program from starting: without a frame of its own it gets a place. */
  ProgramError shownAtStart(String name, String message, String stack) {
    ProgramError error = shown(name, message, stack);
    return error.stack().isEmpty() ? placed(error) : error;
  }

  /** An import that can't be linked has no frames, nor has what built-ins refuse. */
  private ProgramError placed(ProgramError error) {
    String place = settings.modules().importBehind(error.summary()).orElse(settings.entry());
    return new ProgramError(error.summary(), "    at " + place);
  }

  private Optional<String> readText(String file) {
    try {
      return Optional.of(settings.modules().read(file));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
