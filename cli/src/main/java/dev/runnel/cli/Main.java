package dev.runnel.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of {@code ./runnel}. */
public final class Main {
  /** What a shell expects of a command that was called wrongly. */
  static final int USAGE = 2;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new RunnelCommand());
    // What follows FILE is the program's own, whatever it looks like.
    commands.setStopAtPositional(true);
    // Other commands have no arguments of a program's own, so options may follow.
    commands.getSubcommands().values().stream()
        .filter(command -> !takesArguments(command.getCommand()))
        .forEach(command -> command.setStopAtPositional(false));
    return configured(commands);
  }

  /** How a mistake in its use is told. */
  static CommandLine configured(CommandLine command) {
    return command
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler((mistake, _) -> explain(mistake));
  }

  private static boolean takesArguments(Object command) {
    return command instanceof RunCommand || command instanceof TestFilesCommand;
  }

  private static int explain(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("runnel: " + sentence(mistake));
    err.println(
        "`%s --help` lists the options.".formatted(command.getCommandSpec().qualifiedName()));
    err.flush();
    return USAGE;
  }

  private static String sentence(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      return "There is no command \"%s\".".formatted(unmatched.getUnmatched().getFirst());
    }
    String message = String.valueOf(mistake.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }
}
