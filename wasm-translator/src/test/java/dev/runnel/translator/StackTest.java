package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.WasmEditor;
import dev.runnel.wasm.TranslatedModule;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;

class StackTest {
  private static final FunctionType UNARY = type(List.of(I32), I32);
  private static final TranslatorOptions SPLIT =
      TranslatorOptions.named("test.Stack").withLargestMethod(1);

  /**
   * A switch of 60 cases, the last of which answers 59: a hub, with a table made at class start.
   */
  private static void hub(CodeBuilder code) {
    int cases = 60;
    for (int i = 0; i <= cases; i++) {
      code.open(OpCode.BLOCK);
    }
    code.get(0).brTable(IntStream.range(0, cases).boxed().toList(), cases).end();
    for (int i = 0; i < cases; i++) {
      code.i32(i).op(OpCode.RETURN).end();
    }
    code.i32(-1);
  }

  private static byte[] module() {
    WasmEditor module = withMemory();
    define(module, "hub", UNARY, StackTest::hub);
    int self = module.addFunction(UNARY, new byte[0]);
    module.replaceBody(
        self, CodeBuilder.of(UNARY).get(0).i32(1).op(OpCode.I32_ADD).call(self).toBody());
    module.exportFunction("recurse", self);
    return module.toBytes();
  }

  @Test
  void endlessRecursionIsATrapThatLeavesTheClassesUsable() {
    Instance instance = TestModule.translated(module(), SPLIT);

    assertThatThrownBy(() -> instance.export("recurse").apply(0))
        .isInstanceOf(WasmEngineException.class)
        .hasMessage("call stack exhausted");

    assertThat(instance.export("hub").apply(59)).containsExactly(59);
  }

  /** A class that first started at the bottom of a recursion could fail to, for good. */
  @Test
  void classesWithStaticTablesStartBeforeAnyGuestRuns() {
    Recorder loader = new Recorder(Translator.translate(module(), SPLIT));

    TranslatedModule.load("test.Stack", loader);

    assertThat(loader.defined).contains("test.StackFuncGroup_0$func_0");
  }

  /** Remembers the classes that it defined. */
  private static final class Recorder extends ClassLoader {
    final Set<String> defined = new HashSet<>();
    private final Translation translation;

    Recorder(Translation translation) {
      super(StackTest.class.getClassLoader());
      this.translation = translation;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = translation.classFiles().get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      defined.add(name);
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return new ByteArrayInputStream(translation.metadata());
    }
  }
}
