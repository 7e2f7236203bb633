package dev.runnel.runtime.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.codec.CodecMemory;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Locality;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.limit.GuestClock;
import dev.runnel.runtime.limit.RewriterLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java side and its {@code .d.ts} must list the same functions. */
class WebHostTypesTest {
  private static final Pattern EXPORT = Pattern.compile("export function (\\w+)\\(");

  static List<HostModule> modules() {
    var grants =
        new WebHosts.Grants(
            (_, _) -> {},
            "1",
            DecompressionLimits.DEFAULT,
            new CodecMemory(0),
            RewriterLimits.DEFAULT,
            new FakeBackground(),
            GuestClock.FINE,
            Locality.DEFAULT);
    return WebHosts.of(grants, _ -> {});
  }

  @ParameterizedTest
  @MethodSource("modules")
  void declarationsMatchTheHost(HostModule module) throws IOException {
    assertThat(declared(module)).isEqualTo(new TreeSet<>(module.functions().keySet()));
  }

  private static Set<String> declared(HostModule module) throws IOException {
    String file = "/dev/runnel/runtime/js/" + module.specifier().replace(':', '/') + ".d.ts";
    try (var in = WebHostTypesTest.class.getResourceAsStream(file)) {
      assertThat(in).as("declaration file %s", file).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TreeSet<>(EXPORT.matcher(text).results().map(match -> match.group(1)).toList());
    }
  }
}
