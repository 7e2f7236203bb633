package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.binary.WasmEditor;
import dev.runnel.wasm.TranslatedModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.wasm.types.OpCode;

class TranslateMainTest {
  private static final TranslatorOptions OPTIONS = TranslatorOptions.named("test.main.Doubler");

  @TempDir Path output;

  private static byte[] module(int factor) {
    WasmEditor module = withMemory();
    define(
        module, "f", type(List.of(I32), I32), code -> code.get(0).i32(factor).op(OpCode.I32_MUL));
    return module.toBytes();
  }

  private String run(byte[] wasm, TranslatorOptions options) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    TranslateMain.run(wasm, options, output, new PrintStream(log));
    return log.toString();
  }

  private long callTranslated() throws IOException {
    URL[] classPath = {output.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classPath, getClass().getClassLoader())) {
      TranslatedModule module = TranslatedModule.load(OPTIONS.className(), loader);
      return module.newInstance().build().export("f").apply(21)[0];
    }
  }

  @Test
  void writesClassesThatRunWithoutTheModule() throws IOException {
    Path input = output.resolve("module.wasm");
    Files.write(input, module(2));

    TranslateMain.main(
        new String[] {input.toString(), OPTIONS.className(), output.toString(), "--quiet"});

    assertThat(callTranslated()).isEqualTo(42);
  }

  @Test
  void doesNothingWhileInputAndOptionsAreTheSame() throws IOException {
    run(module(2), OPTIONS);

    assertThat(run(module(2), OPTIONS)).isEqualTo("test.main.Doubler is up to date.\n");
    assertThat(run(module(2), OPTIONS.withRegionWeight(7))).contains("Translated");
    assertThat(run(module(3), OPTIONS)).contains("Translated");
    assertThat(callTranslated()).isEqualTo(63);
  }

  @Test
  void refusesMetadataOfAnotherTranslation() throws IOException {
    run(module(2), OPTIONS);
    Path metadata = output.resolve("test/main/Doubler.meta");
    byte[] bytes = Files.readAllBytes(metadata);
    bytes[bytes.length - 1] ^= 1;
    Files.write(metadata, bytes);

    assertThatThrownBy(this::callTranslated)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Translate the module again.");
  }

  @Test
  void namesAnOptionItDoesNotKnow() {
    assertThatThrownBy(
            () -> TranslateMain.main(new String[] {"in.wasm", "A", output.toString(), "--fast=1"}))
        .hasMessage("Unknown option --fast=1.");
  }
}
