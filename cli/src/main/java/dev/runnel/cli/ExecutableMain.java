package dev.runnel.cli;

import dev.runnel.image.jvm.ExecutableFolder;
import java.util.ArrayList;
import java.util.List;

/**
 * The entry point of programs that {@code runnel compile --exe} has made: {@code runnel run} of the
 * program beside it. Arguments are the program's; {@code RUNNEL_OPTIONS} has further options.
 */
public final class ExecutableMain {
  private ExecutableMain() {}

  public static void main(String[] args) {
    List<String> all = new ArrayList<>(ContainerMain.furtherOptions(System.getenv()));
    all.add(System.getProperty(ExecutableFolder.PROGRAM));
    all.addAll(List.of(args));
    System.exit(ContainerMain.commandLine().execute(all.toArray(String[]::new)));
  }
}
