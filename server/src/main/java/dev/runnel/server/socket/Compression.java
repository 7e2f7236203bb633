package dev.runnel.server.socket;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.websocket.core.ExtensionConfig;

/**
 * The extension permessage-deflate (RFC 7692), always without context takeover in either direction:
 * a socket that is idle holds neither a deflater nor an inflater, which are some 300 KB together.
 */
public final class Compression {
  static final String NAME = "permessage-deflate";
  private static final String CLIENT_FORGETS = "client_no_context_takeover";
  private static final String SERVER_FORGETS = "server_no_context_takeover";
  private static final String CLIENT_WINDOW = "client_max_window_bits";

  /** A window of the server's that is smaller than the usual isn't to be had from the JDK. */
  private static final Set<String> KNOWN = Set.of(CLIENT_FORGETS, SERVER_FORGETS, CLIENT_WINDOW);

  private Compression() {}

  /** What a client asks for. */
  public static ExtensionConfig offer() {
    return ExtensionConfig.parse(String.join(";", NAME, CLIENT_FORGETS, SERVER_FORGETS));
  }

  /** What a server answers: the extension if one of the offers can be met, nothing otherwise. */
  public static List<ExtensionConfig> answer(List<ExtensionConfig> offers) {
    return offers.stream().anyMatch(Compression::canBeMet) ? List.of(offer()) : List.of();
  }

  private static boolean canBeMet(ExtensionConfig offer) {
    return offer.getName().equals(NAME) && KNOWN.containsAll(offer.getParameterKeys());
  }
}
