package dev.runnel.runtime.host.web.url;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Domain names with characters beyond ASCII: UTS 46 as the URL Standard asks for it (section 3.3).
 */
final class Idna {
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /** CheckHyphens and VerifyDnsLength are false. */
  private static final Set<IDNA.Error> ALLOWED =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  private Idna() {}

  static Optional<String> toAscii(String domain) {
    var out = new StringBuilder();
    var info = new IDNA.Info();
    UTS46.nameToASCII(domain, out, info);
    return ALLOWED.containsAll(info.getErrors()) ? Optional.of(out.toString()) : Optional.empty();
  }
}
