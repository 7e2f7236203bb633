package dev.runnel.server.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.http.RequestBody;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose the buffers of an answer are. */
class AnswerBodyTest implements RequestBody.Receiver {
  /** More than is read before anyone asks. */
  private static final String FIRST = "1".repeat(20_000);

  private final List<String> released = new ArrayList<>();
  private final Queue<Content.Chunk> coming = new ArrayDeque<>();
  private final RequestBody body;
  private ByteBuffer given = ByteBuffer.allocate(0);
  private boolean ended;

  AnswerBodyTest() {
    coming.add(chunk(FIRST));
    coming.add(chunk("second"));
    coming.add(chunk("third"));
    coming.add(Content.Chunk.EOF);
    body = AnswerBody.of(new Coming());
  }

  private Content.Chunk chunk(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    return Content.Chunk.from(bytes, false, () -> released.add(text));
  }

  private final class Coming implements Content.Source {
    @Override
    public Content.@Nullable Chunk read() {
      return coming.poll();
    }

    @Override
    public void demand(Runnable demandCallback) {
      throw new AssertionError("All is there.");
    }

    @Override
    public void fail(Throwable failure) {
      coming.clear();
    }
  }

  @Override
  public void chunk(ByteBuffer bytes) {
    given = bytes;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void failed(Throwable cause) {
    throw new AssertionError(cause);
  }

  private String text() {
    return ISO_8859_1.decode(given.duplicate()).toString();
  }

  @Test
  void whatIsReadIsTheReaders() {
    body.read(this);
    assertThat(text()).isEqualTo(FIRST);
    body.read(this);

    assertThat(text()).isEqualTo("second");
    assertThat(released).containsExactly(FIRST, "second");
  }

  @Test
  void whatIsLentGoesBackWhenTheNextIsAskedFor() {
    body.lend(this);
    assertThat(text()).isEqualTo(FIRST);
    body.lend(this);
    assertThat(text()).isEqualTo("second");
    assertThat(released).containsExactly(FIRST);

    body.lend(this);
    assertThat(text()).isEqualTo("third");
    assertThat(released).containsExactly(FIRST, "second");

    body.lend(this);
    assertThat(ended).isTrue();
    assertThat(released).containsExactly(FIRST, "second", "third");
  }

  @Test
  void whatIsLentStaysWithOneThatGivesUp() {
    body.lend(this);
    body.lend(this);
    body.cancel();

    assertThat(text()).isEqualTo("second");
    assertThat(released).containsExactly(FIRST);
  }
}
