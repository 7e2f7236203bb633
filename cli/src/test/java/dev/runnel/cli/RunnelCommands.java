package dev.runnel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Commands that use images, in this JVM, on a store of their own. */
record RunnelCommands(Path store) {

  Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("--store", store.toString()));
    return new Outcome(
        commands.execute(all.toArray(String[]::new)), out.toString(), err.toString());
  }
}
