package dev.runnel.quickjs.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.quickjs.EngineModule;
import dev.runnel.translator.Intrinsic;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntrinsicsTest {
  @Test
  void noneWasLeftOutOfTheEngine() throws Exception {
    byte[] wasm = Files.readAllBytes(Path.of("../node_modules/quickjs-wasi/quickjs.wasm"));
    Class<?> functions = Class.forName(EngineModule.CLASS_NAME + "FuncGroup_0");
    List<String> methods =
        Arrays.stream(functions.getDeclaredMethods()).map(Method::getName).toList();

    List<Intrinsic> intrinsics = Intrinsics.of(PinnedModule.patched(wasm));

    assertThat(intrinsics)
        .allSatisfy(
            intrinsic -> assertThat(methods).contains("func_" + intrinsic.function() + "_guest"));
  }
}
