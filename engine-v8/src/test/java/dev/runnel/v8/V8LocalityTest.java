package dev.runnel.v8;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.Locality;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.runnel.v8.V8Platform#runsHere",
    disabledReason = "V8's native library does not run here.")
class V8LocalityTest {
  private final V8Engine engine = new V8Engine();

  @Test
  void aProcessHasOneLocaleAndTimeZone() {
    var options = new IsolateOptions(new HostileGuest.Only(""), List.of());
    var german = new Locality("de-DE", ZoneId.of("Europe/Berlin"));

    try (Isolate _ = engine.open(options)) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> engine.open(options.withLocality(german)))
          .withMessageContaining("wants de-DE in Europe/Berlin");
    }
  }
}
