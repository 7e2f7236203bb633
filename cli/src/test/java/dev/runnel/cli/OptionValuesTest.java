package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionValuesTest {

  @ParameterizedTest
  @CsvSource({"4096, 4096", "64k, 65536", "64m, 67108864", "64MB, 67108864", "1GiB, 1073741824"})
  void sizesHaveUnits(String text, long bytes) {
    assertThat(new OptionValues.Size().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"50ms, 50", "2s, 2000", "1.5s, 1500", "2m, 120000"})
  void durationsHaveUnits(String text, long millis) {
    assertThat(new OptionValues.Time().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void anAddressWithoutAHostIsOnEveryInterfaceAndAPortAloneIsLocal() {
    OptionValues.Address address = new OptionValues.Address();

    assertThat(address.convert("0.0.0.0:80").getAddress().isAnyLocalAddress()).isTrue();
    assertThat(address.convert(":80").getAddress().isAnyLocalAddress()).isTrue();
    assertThat(address.convert("80")).isEqualTo(new InetSocketAddress("127.0.0.1", 80));
    assertThat(address.convert("[::1]:80")).isEqualTo(new InetSocketAddress("::1", 80));
  }

  @Test
  void aVariableMayHaveAnythingInItsValue() {
    assertThat(new OptionValues.Environment().convert("A=b=c"))
        .isEqualTo(new OptionValues.Variable("A", "b=c"));
  }
}
