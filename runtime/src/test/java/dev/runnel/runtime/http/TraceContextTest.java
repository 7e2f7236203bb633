package dev.runnel.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void whatIsWrittenIsRead() {
    TraceContext read = TraceContext.parse("00-%s-%s-01".formatted(TRACE, SPAN)).orElseThrow();

    assertThat(read).isEqualTo(new TraceContext(TRACE, SPAN, true));
    assertThat(TraceContext.parse(read.toString())).contains(read);
    assertThat(TraceContext.parse("00-%s-%s-00".formatted(TRACE, SPAN)).orElseThrow().sampled())
        .isFalse();
    assertThat(read.child().traceId()).isEqualTo(TRACE);
    assertThat(read.child().spanId()).isNotEqualTo(SPAN);
    assertThat(TraceContext.parse(TraceContext.root().toString())).isPresent();
  }

  @Test
  void laterVersionsMaySayMore() {
    assertThat(TraceContext.parse("cc-%s-%s-01-more".formatted(TRACE, SPAN))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
      })
  void whatSaysNothingIsLeftAlone(String text) {
    assertThat(TraceContext.parse(text)).isEmpty();
  }

  @Test
  void twoOfThemSayNothing() {
    Header one = new Header("Traceparent", "00-%s-%s-01".formatted(TRACE, SPAN));

    assertThat(TraceContext.in(List.of(one))).isPresent();
    assertThat(TraceContext.in(List.of(one, one))).isEmpty();
    assertThat(TraceContext.root().among(List.of(one, new Header("a", "b"))))
        .hasSize(2)
        .doesNotContain(one);
  }
}
