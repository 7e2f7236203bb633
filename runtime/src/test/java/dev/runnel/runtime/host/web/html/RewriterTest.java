package dev.runnel.runtime.host.web.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewriterTest {
  private static final int TOKEN = 10_000;
  private static final List<String> PARTS =
      List.of(
          "<",
          ">",
          "</",
          "/>",
          "<!--",
          "-->",
          "--!>",
          "-",
          "!",
          "<!doctype ",
          "<![CDATA[",
          "]]>",
          "<script>",
          "</script>",
          "<title>",
          "</title",
          "<svg>",
          "</svg>",
          "<p",
          "<div a=",
          "</div>",
          "\"",
          "'",
          "=",
          " ",
          "\n",
          "a",
          "b",
          "é",
          "😀",
          "<br>",
          "?",
          "<!",
          "<plaintext");

  private final Budget budget = new Budget(1 << 20);

  @Test
  void howADocumentIsCutIntoPiecesChangesNothing() throws RewriteException {
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      byte[] document = document(random).getBytes(UTF_8);

      Run whole = run(document, new Random(0), document.length + 1);
      Run pieces = run(document, random, 5);

      assertThat(pieces.output).as(new String(document, UTF_8)).isEqualTo(whole.output);
      assertThat(pieces.events).as(new String(document, UTF_8)).isEqualTo(whole.events);
    }
  }

  @Test
  void whatNobodyChangesStays() throws RewriteException {
    Random random = new Random(12);
    for (int round = 0; round < 3_000; round++) {
      byte[] document = document(random).getBytes(UTF_8);

      assertThat(run(document, random, 7).output).isEqualTo(document);
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void aTagThatDoesNotEndIsRefused() {
    var rewriter = new Rewriter(UTF_8, TOKEN, budget);
    byte[] piece = "x ".repeat(1_000).getBytes(UTF_8);

    assertThatExceptionOfType(RewriteException.class)
        .isThrownBy(
            () -> {
              rewriter.feed("<p ".getBytes(UTF_8), false);
              for (int i = 0; i < 10; i++) {
                rewriter.next();
                rewriter.feed(piece, false);
              }
            })
        .withMessageContaining("limit of 10000 bytes");
    rewriter.close();
    assertThat(budget.held()).isZero();
  }

  @Test
  void aCommentThatNobodyWantsMayBeOfAnyLength() throws RewriteException {
    var rewriter = new Rewriter(UTF_8, TOKEN, budget);
    byte[] piece = "- ".repeat(1_000).getBytes(UTF_8);
    rewriter.feed("<!--".getBytes(UTF_8), false);
    int length = 0;
    for (int i = 0; i < 1_000; i++) {
      assertThat(rewriter.next()).isNull();
      length += rewriter.take().length;
      rewriter.feed(piece, false);
    }

    assertThat(length).isGreaterThan(1_900_000);
    assertThat(budget.held()).isLessThan(10_000);
  }

  @Test
  void openElementsAreCounted() {
    var rewriter = new Rewriter(UTF_8, TOKEN, budget);

    assertThatExceptionOfType(RewriteException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                rewriter.feed("<p>".getBytes(UTF_8), false);
                rewriter.next();
              }
            })
        .withMessageContaining("limit of 1048576 bytes");
    rewriter.close();
    assertThat(budget.held()).isZero();
  }

  @Test
  void namesThatAreCountedAreCountedInBytesToo() throws RewriteException {
    var rewriter = new Rewriter(UTF_8, TOKEN, budget);
    rewriter.on("p:nth-of-type(2)", Rewriter.ELEMENT);

    assertThatExceptionOfType(RewriteException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                rewriter.feed("<p%d></p%d>".formatted(i, i).getBytes(UTF_8), false);
                rewriter.next();
              }
            });
    rewriter.close();
    assertThat(budget.held()).isZero();
  }

  private record Run(byte[] output, List<String> events) {}

  /** Text is joined: where it is cut is the one thing that differs. */
  private Run run(byte[] document, Random random, int most) throws RewriteException {
    var rewriter = new Rewriter(UTF_8, TOKEN, budget);
    rewriter.onDocument(Rewriter.TEXT | Rewriter.COMMENTS | Rewriter.DOCTYPE | Rewriter.END);
    rewriter.on("*", Rewriter.ELEMENT);
    var output = new ByteArrayOutputStream();
    var events = new StringBuilder();
    for (int at = 0; at <= document.length; ) {
      int to = Math.min(document.length, at + 1 + random.nextInt(most));
      boolean isLast = at == document.length;
      rewriter.feed(Arrays.copyOfRange(document, at, to), isLast);
      for (String event = rewriter.next(); event != null; event = rewriter.next()) {
        events.append(event).append('\n');
        rewriter.finish("", null, "");
      }
      output.writeBytes(rewriter.take());
      at = isLast ? document.length + 1 : to;
    }
    rewriter.close();
    return new Run(output.toByteArray(), joined(events.toString()));
  }

  private static List<String> joined(String events) {
    return events
        .replaceAll("\",false]\n\\[\"text\",\\[0],\"", "")
        .lines()
        .filter(line -> !line.startsWith("[\"text\",[0],\"\""))
        .map(line -> line.startsWith("[\"text\"") ? line.replaceAll(",(true|false)]$", "") : line)
        .toList();
  }

  private static String document(Random random) {
    return IntStream.range(0, 1 + random.nextInt(20))
        .mapToObj(_ -> PARTS.get(random.nextInt(PARTS.size())))
        .collect(Collectors.joining());
  }
}
