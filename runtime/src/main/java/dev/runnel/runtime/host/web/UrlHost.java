package dev.runnel.runtime.host.web;

import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.web.url.Urls;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Backs {@code URL} and {@code URLSearchParams}; its JavaScript half is {@code js/web/url.js}. */
public final class UrlHost {
  public HostModule module() {
    return HostModule.named("url")
        .function("parse", UrlHost::parse)
        .function("set", UrlHost::set)
        .function("percentDecode", UrlHost::percentDecode)
        .function("percentDecodeBytes", UrlHost::percentDecodeBytes);
  }

  private static JsValue parse(Arguments args) {
    String input = args.string(0, "input");
    Optional<String> base = args.optionalString(1, "base");
    var href = base.isPresent() ? Urls.parse(input, base.get()) : Urls.parse(input);
    return href.map(JsValue::of).orElse(JsValue.UNDEFINED);
  }

  private static JsValue set(Arguments args) {
    try {
      return JsValue.of(
          Urls.set(args.string(0, "href"), args.string(1, "part"), args.string(2, "value")));
    } catch (IllegalArgumentException e) {
      // Only a corrupted guest gives us a URL that is none.
      throw HostError.type("ERR_INVALID_URL", "Invalid URL");
    }
  }

  private static JsValue percentDecode(Arguments args) {
    byte[] bytes = Urls.percentDecode(args.string(0, "text"));
    return JsValue.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static JsValue percentDecodeBytes(Arguments args) {
    return JsValue.of(Urls.percentDecode(args.string(0, "text")));
  }
}
