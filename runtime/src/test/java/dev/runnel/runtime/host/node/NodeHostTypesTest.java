package dev.runnel.runtime.host.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.HostModule;
import dev.runnel.engine.MemoryUse;
import dev.runnel.runtime.limit.GuestClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java side and its {@code .d.ts} must list the same functions. */
class NodeHostTypesTest {
  private static final Pattern EXPORT = Pattern.compile("export function (\\w+)\\(");

  static List<HostModule> modules() {
    var nothing = InputStream.nullInputStream();
    var streams =
        new ProcessHost.Streams(
            nothing, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    var grants = new NodeHosts.Grants(List.of(), 0, streams, new NoControl(), GuestClock.FINE);
    return NodeHosts.of(grants, () -> new MemoryUse(0, 0, 0), _ -> 0);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void declarationsMatchTheHost(HostModule module) throws IOException {
    assertThat(declared(module)).isEqualTo(new TreeSet<>(module.functions().keySet()));
  }

  private static Set<String> declared(HostModule module) throws IOException {
    String file = "/dev/runnel/runtime/js/" + module.specifier().replace(':', '/') + ".d.ts";
    try (var in = NodeHostTypesTest.class.getResourceAsStream(file)) {
      assertThat(in).as("declaration file %s", file).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TreeSet<>(EXPORT.matcher(text).results().map(match -> match.group(1)).toList());
    }
  }

  private static final class NoControl implements ProcessHost.Control {
    @Override
    public void watchSignal(String name, boolean watch) {}

    @Override
    public boolean maySleep() {
      return false;
    }
  }
}
