package dev.runnel.runtime.host.web.url;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** IPv4 addresses in all the forms that browsers take, section 3.5. */
final class Ipv4 {
  private static final long LIMIT = 1L << 32;

  private Ipv4() {}

  /** A domain whose last label is a number must be an address. */
  static boolean endsInNumber(String domain) {
    List<String> parts = parts(domain);
    String last = parts.getLast();
    return !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9')
        || number(last).isPresent();
  }

  static Optional<Long> parse(String domain) {
    List<String> parts = parts(domain);
    if (parts.size() > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      var number = number(parts.get(i));
      boolean isLast = i == parts.size() - 1;
      long limit = isLast ? LIMIT >> (8 * i) : 256;
      if (number.isEmpty() || number.get().compareTo(BigInteger.valueOf(limit)) >= 0) {
        return Optional.empty();
      }
      address += number.get().longValue() << (isLast ? 0 : 24 - 8 * i);
    }
    return Optional.of(address);
  }

  static String serialize(long address) {
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static List<String> parts(String domain) {
    List<String> parts = List.of(domain.split("\\.", -1));
    return parts.size() > 1 && parts.getLast().isEmpty()
        ? parts.subList(0, parts.size() - 1)
        : parts;
  }

  /** Decimal, octal after a 0, hexadecimal after 0x. */
  private static Optional<BigInteger> number(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int radix = 10;
    String digits = text;
    if (text.startsWith("0x") || text.startsWith("0X")) {
      radix = 16;
      digits = text.substring(2);
    } else if (text.length() > 1 && text.startsWith("0")) {
      radix = 8;
      digits = text.substring(1);
    }
    if (digits.isEmpty()) {
      return Optional.of(BigInteger.ZERO);
    }
    int base = radix;
    boolean isNumber = digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, base) >= 0);
    return isNumber ? Optional.of(new BigInteger(digits, base)) : Optional.empty();
  }
}
