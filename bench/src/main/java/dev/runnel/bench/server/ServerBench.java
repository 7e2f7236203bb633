package dev.runnel.bench.server;

import dev.runnel.bench.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev bench server}: ready text beside bare Jetty, Node, Bun and Deno, and thousands of
 * streams that are open at once. Usage: java … ServerBench ROOT PEERS [OPTION…]
 */
public final class ServerBench {
  private ServerBench() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath();
    Path peers = Path.of(args[1]).toAbsolutePath();
    try {
      ServerPlan plan = ServerPlan.of(List.of(args).subList(2, args.length));
      Machine.describe();
      List<String> figures = new ArrayList<>();
      if (plan.wants("text")) {
        figures.addAll(new TextRace(root, peers, plan).run());
      }
      if (plan.wants("streams")) {
        figures.addAll(new OpenStreams(root, plan).run());
      }
      System.out.println();
      figures.forEach(System.out::println);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
