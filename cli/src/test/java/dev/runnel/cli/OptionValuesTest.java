package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.runtime.http.Egress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

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
  void hostsMayBeNamedBesideWords() {
    assertThat(new OptionValues.Hosts().convert("public,DB.internal:5432,[::1]"))
        .isEqualTo(
            new Egress(
                Egress.Reach.PUBLIC,
                List.of(
                    new Egress.Grant("db.internal", OptionalInt.of(5432)),
                    new Egress.Grant("[::1]", OptionalInt.empty()))));
    assertThat(new OptionValues.Hosts().convert("none")).isEqualTo(Egress.NOTHING);
    assertThat(new OptionValues.Hosts().convert("all")).isEqualTo(Egress.EVERYTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "http://a", "a:99999", "a,,b", "::1"})
  void whatIsNoHostIsRefused(String text) {
    assertThatThrownBy(() -> new OptionValues.Hosts().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @Test
  void aVariableMayHaveAnythingInItsValue() {
    assertThat(new OptionValues.Environment().convert("A=b=c"))
        .isEqualTo(new OptionValues.Variable("A", "b=c"));
  }
}
