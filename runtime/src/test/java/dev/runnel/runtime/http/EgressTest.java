package dev.runnel.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.0.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2001:0:1::",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "100::1"
      })
  void noSpecialAddressIsPublic(String address) throws UnknownHostException {
    assertThat(Egress.PUBLIC.allows("a", 80, InetAddress.getByName(address))).isFalse();
    assertThat(Egress.EVERYTHING.allows("a", 80, InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "223.255.255.1",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::1.1.1.1",
        "2002:101:101::"
      })
  void otherAddressesArePublic(String address) throws UnknownHostException {
    assertThat(Egress.PUBLIC.allows("a", 80, InetAddress.getByName(address))).isTrue();
    assertThat(Egress.NOTHING.allows("a", 80, InetAddress.getByName(address))).isFalse();
  }

  @Test
  void aGrantIsForItsHostAndPortAlone() throws UnknownHostException {
    var egress =
        new Egress(
            Egress.Reach.NOTHING,
            List.of(
                new Egress.Grant("DB.internal", OptionalInt.of(5432)),
                new Egress.Grant("[::1]", OptionalInt.empty())));
    InetAddress address = InetAddress.getByName("10.0.0.1");

    assertThat(egress.allows("db.internal", 5432, address)).isTrue();
    assertThat(egress.allows("db.internal", 80, address)).isFalse();
    assertThat(egress.mayAllow("other.internal", 5432)).isFalse();
    assertThat(egress.mayAllow("[::1]", 1)).isTrue();
  }

  @Test
  void aClosedAddressIsReachedThroughAGrantAloneWhateverItIsCalled() throws Exception {
    var store = InetAddress.getByName("127.0.0.1");
    var egress = Egress.EVERYTHING.without(List.of(new InetSocketAddress(store, 6379)));

    assertThat(egress.allows("127.0.0.1", 6379, store)).isFalse();
    assertThat(egress.allows("rebound.example", 6379, store)).isFalse();
    assertThat(egress.allows("127.0.0.1", 6380, store)).isTrue();
    var grant = new Egress.Grant("127.0.0.1", OptionalInt.of(6379));
    assertThat(egress.withGrant(grant).allows("127.0.0.1", 6379, store)).isTrue();
  }
}
