package dev.runnel.bench.web;

import dev.runnel.bench.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev bench web}: the Web platform's APIs beside Node, Bun and Deno, requests that are
 * passed on beside Jetty's proxy, and what a suspended answer takes. Usage: java … WebBench ROOT
 * PEERS [SECTION…]
 */
public final class WebBench {
  private static final List<String> SECTIONS = List.of("operations", "passthrough", "suspended");

  private WebBench() {}

  public static void main(String[] args) throws Exception {
    if (args.length < 2 || !SECTIONS.containsAll(List.of(args).subList(2, args.length))) {
      System.err.println("Usage: ./dev bench web [" + String.join("|", SECTIONS) + "]…");
      System.exit(2);
    }
    Path root = Path.of(args[0]).toAbsolutePath();
    Path peers = Path.of(args[1]).toAbsolutePath();
    List<String> wanted = List.of(args).subList(2, args.length);
    Machine.describe();
    List<String> figures = new ArrayList<>();
    for (String section : wanted.isEmpty() ? SECTIONS : wanted) {
      System.out.printf("%n%s%n", section);
      figures.addAll(
          switch (section) {
            case "operations" -> new Operations(root, peers).run();
            case "passthrough" -> new Passthrough(root).run();
            default -> new Suspended(root).run();
          });
    }
    System.out.println();
    figures.forEach(System.out::println);
  }
}
