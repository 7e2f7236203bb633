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
    // A triggered program and a served file have no arguments, so options may follow them.
    commands.getSubcommands().values().stream()
        .filter(
            command ->
                command.getCommand() instanceof TriggerCommand
                    || command.getCommand() instanceof ServeCommand)
        .forEach(command -> command.setStopAtPositional(false));
    commands.setUsageHelpAutoWidth(false);
    commands.setParameterExceptionHandler((mistake, _) -> explain(mistake));
    return commands;
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
