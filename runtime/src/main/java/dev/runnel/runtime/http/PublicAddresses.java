package dev.runnel.runtime.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that hosts of the public Internet have: all but those of the IANA's special-purpose
 * registries. An IPv6 address that stands for an IPv4 one is taken as that.
 */
final class PublicAddresses {
  /** A range of addresses: the first bits of each. */
  private record Range(byte[] prefix, int bits) {
    static Range of(int bits, int... octets) {
      byte[] prefix = new byte[octets.length];
      for (int i = 0; i < octets.length; i++) {
        prefix[i] = (byte) octets[i];
      }
      return new Range(prefix, bits);
    }

    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        int expected = bit / 8 < prefix.length ? prefix[bit / 8] & mask : 0;
        if ((address[bit / 8] & mask) != expected) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Range[] SPECIAL_V4 = {
    Range.of(8, 0),
    Range.of(8, 10),
    Range.of(10, 100, 64),
    Range.of(8, 127),
    Range.of(16, 169, 254),
    Range.of(12, 172, 16),
    Range.of(24, 192, 0, 0),
    Range.of(24, 192, 0, 2),
    Range.of(24, 192, 88, 99),
    Range.of(16, 192, 168),
    Range.of(15, 198, 18),
    Range.of(24, 198, 51, 100),
    Range.of(24, 203, 0, 113),
    Range.of(3, 224),
  };

  /** Only this part of IPv6 is given to hosts at all. */
  private static final Range GLOBAL_V6 = Range.of(3, 0x20);

  private static final Range[] SPECIAL_V6 = {
    Range.of(23, 0x20, 0x01, 0x00), Range.of(32, 0x20, 0x01, 0x0d, 0xb8), Range.of(20, 0x3f, 0xff),
  };

  private static final Range MAPPED = Range.of(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
  private static final Range TRANSLATED = Range.of(96, 0, 0x64, 0xff, 0x9b);
  private static final Range SIX_TO_FOUR = Range.of(16, 0x20, 0x02);

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    byte[] octets = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(octets) : isPublicV6(octets);
  }

  private static boolean isPublicV4(byte[] octets) {
    return Arrays.stream(SPECIAL_V4).noneMatch(range -> range.contains(octets));
  }

  private static boolean isPublicV6(byte[] octets) {
    if (MAPPED.contains(octets) || TRANSLATED.contains(octets)) {
      return isPublicV4(Arrays.copyOfRange(octets, 12, 16));
    }
    if (SIX_TO_FOUR.contains(octets)) {
      return isPublicV4(Arrays.copyOfRange(octets, 2, 6));
    }
    return GLOBAL_V6.contains(octets)
        && Arrays.stream(SPECIAL_V6).noneMatch(range -> range.contains(octets));
  }
}
