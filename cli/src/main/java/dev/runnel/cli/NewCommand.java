package dev.runnel.cli;

import dev.runnel.image.scaffold.Scaffold;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code runnel new}: a program to begin with. */
@Command(
    name = "new",
    description = "Writes a small program that works, to begin with.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class NewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "What it is: ${COMPLETION-CANDIDATES}.")
  private Scaffold scaffold = Scaffold.WORKER;

  @Parameters(index = "1", paramLabel = "DIR", description = "The folder, which is made.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      scaffold.writeTo(folder);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "%s is %s; its README.md says how to go on.".formatted(folder, scaffold.description()));
      out.flush();
      return 0;
    } catch (FileAlreadyExistsException e) {
      err.println("runnel: There is something in %s already.".formatted(folder));
    } catch (IOException e) {
      err.println("runnel: %s can't be written: %s.".formatted(folder, e.getMessage()));
    }
    err.flush();
    return 1;
  }

  /** The words for the kinds. */
  static final class Kinds implements ITypeConverter<Scaffold>, Iterable<String> {
    @Override
    public Scaffold convert(String word) {
      return Scaffold.called(word)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "There is no kind \"%s\"; there are %s.".formatted(word, words())));
    }

    private static String words() {
      return Arrays.stream(Scaffold.values()).map(Scaffold::word).collect(Collectors.joining(", "));
    }

    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Scaffold.values()).map(Scaffold::word).iterator();
    }
  }
}
