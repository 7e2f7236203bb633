package dev.runnel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev bench engine}: everything that is promised about the engine's speed and memory,
 * beside its peers in one run. Usage: java … EngineBench ROOT [SECTION…]
 */
public final class EngineBench {
  private static final List<String> SECTIONS =
      List.of("renders", "isolates", "stops", "starts", "memory");

  private final Path root;
  private final List<String> figures = new ArrayList<>();

  private EngineBench(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println("Usage: EngineBench ROOT [" + String.join("|", SECTIONS) + "]…");
      System.exit(2);
    }
    List<String> wanted = List.of(args).subList(1, args.length);
    new EngineBench(Path.of(args[0]).toAbsolutePath()).run(wanted.isEmpty() ? SECTIONS : wanted);
  }

  private void run(List<String> sections) throws Exception {
    Machine.describe();
    for (String section : sections) {
      System.out.printf("%n%s%n", section);
      figures.addAll(figuresOf(section));
    }
    System.out.println();
    figures.forEach(System.out::println);
  }

  private List<String> figuresOf(String section) throws Exception {
    return switch (section) {
      case "renders" -> new RenderRace(root).run();
      case "isolates" -> new IsolateStart(root).run();
      case "stops" -> new StopTimes().run();
      case "starts" -> new ProcessStart(root).run();
      case "memory" -> new ServerMemory(root).run();
      default -> throw new IllegalArgumentException("There is no section \"" + section + "\".");
    };
  }

  /** A file that a figure needs. */
  static Path required(Path file, String how) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("A figure needs %s, which isn't there: %s".formatted(file, how));
    }
    return file;
  }
}
