package dev.runnel.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HopByHopTest {

  @Test
  void fieldsOfOneConnectionAndThoseItNamesAreLeftOut() {
    var headers =
        List.of(
            new Header("A", "1"),
            new Header("Connection", "close, X-Named"),
            new Header("x-named", "2"),
            new Header("Transfer-Encoding", "chunked"),
            new Header("Upgrade", "websocket"),
            new Header("Content-Length", "3"));

    assertThat(HopByHop.without(headers))
        .extracting(Header::name)
        .containsExactly("A", "Content-Length");
  }
}
