package dev.runnel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code runnel} itself: nothing but its commands. */
@Command(
    name = "runnel",
    description = "Runs JavaScript programs in a sandbox on the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      DevCommand.class,
      ServeCommand.class,
      TriggerCommand.class,
      TestFilesCommand.class,
      CompileCommand.class,
      NewCommand.class,
      BuildCommand.class,
      PackCommand.class,
      ImagesCommand.class,
      InspectCommand.class,
      RmCommand.class,
      PushCommand.class,
      PullCommand.class,
      SaveCommand.class,
      LoadCommand.class,
      PsCommand.class,
      LogsCommand.class,
      StopCommand.class,
      CommandLine.HelpCommand.class
    })
final class RunnelCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "There is no command. Name one, such as: runnel run FILE.");
  }
}
