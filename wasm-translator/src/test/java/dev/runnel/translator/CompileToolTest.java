package dev.runnel.translator;

import static dev.runnel.translator.TestModule.I32;
import static dev.runnel.translator.TestModule.define;
import static dev.runnel.translator.TestModule.type;
import static dev.runnel.translator.TestModule.withMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.CodeBuilder;
import dev.runnel.translator.binary.Sections;
import dev.runnel.translator.binary.WasmEditor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.wasm.types.OpCode;

class CompileToolTest {
  private static final int FD_WRITE = 0;
  private static final int PROC_EXIT = 1;

  @TempDir Path folder;

  /** A module that imports two WASI functions and has this {@code _start}. */
  private static byte[] command(Consumer<CodeBuilder> start) {
    WasmEditor types = withMemory();
    int write = types.typeIndex(type(List.of(I32, I32, I32, I32), I32));
    int exit = types.typeIndex(type(List.of(I32)));
    Sections sections = Sections.parse(types.toBytes());
    String wasi = "wasi_snapshot_preview1";
    sections.put(
        Sections.IMPORT,
        new ByteWriter()
            .u32(2)
            .name(wasi)
            .name("fd_write")
            .u8(0)
            .u32(write)
            .name(wasi)
            .name("proc_exit")
            .u8(0)
            .u32(exit)
            .toBytes());
    WasmEditor module = new WasmEditor(sections.toBytes());
    define(module, "_start", type(List.of()), start);
    return module.toBytes();
  }

  /** Writes a text to standard output. */
  private static void print(CodeBuilder code, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      code.i32(100 + i).i32(bytes[i]).memory(OpCode.I32_STORE8, 0);
    }
    code.i32(0).i32(100).memory(OpCode.I32_STORE, 0);
    code.i32(4).i32(bytes.length).memory(OpCode.I32_STORE, 0);
    code.i32(1).i32(0).i32(1).i32(8).call(FD_WRITE).op(OpCode.DROP);
  }

  private record Ended(int code, String output, String errors) {}

  private Ended compileAndRun(byte[] wasm) throws Exception {
    Path program = Files.write(folder.resolve("prog.wasm"), wasm);
    Path jar = folder.resolve("prog.jar");
    assertThat(CompileTool.compile(program, jar)).isEmpty();
    Path errors = folder.resolve("errors");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-jar", jar.toString()).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, Files.readString(errors));
  }

  @Test
  void makesAJarThatPrintsAndExitsAsTheProgramDoes() throws Exception {
    Ended ended =
        compileAndRun(
            command(
                code -> {
                  print(code, "Hello, jar.\n");
                  code.i32(3).call(PROC_EXIT);
                }));

    assertThat(ended).isEqualTo(new Ended(3, "Hello, jar.\n", ""));
  }

  @Test
  void endsWith134AfterATrap() throws Exception {
    Ended ended =
        compileAndRun(command(code -> code.i32(-1).memory(OpCode.I32_LOAD, 0).op(OpCode.DROP)));

    assertThat(ended)
        .isEqualTo(new Ended(134, "", "The program trapped: out of bounds memory access\n"));
  }

  @Test
  void makesTheSameJarFromTheSameModule() throws Exception {
    Path program = Files.write(folder.resolve("prog.wasm"), command(code -> print(code, "x")));
    Path first = folder.resolve("1.jar");
    Path second = folder.resolve("2.jar");

    CompileTool.compile(program, first);
    CompileTool.compile(program, second);

    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void refusesWhatIsNoCommand() throws IOException {
    WasmEditor library = withMemory();
    define(library, "f", type(List.of()), code -> {});
    Path program = Files.write(folder.resolve("lib.wasm"), library.toBytes());

    assertThatThrownBy(() -> CompileTool.compile(program, folder.resolve("lib.jar")))
        .isInstanceOf(CompileTool.NotACommandException.class)
        .hasMessage("lib.wasm exports no _start: it is no command.");
  }

  @Test
  void namesImportsThatWasiLacks() throws IOException {
    byte[] wasm =
        new String(command(code -> {}), StandardCharsets.ISO_8859_1)
            .replace("wasi_snapshot_preview1", "wasi_snapshot_previewX")
            .getBytes(StandardCharsets.ISO_8859_1);
    Path program = Files.write(folder.resolve("env.wasm"), wasm);

    assertThatThrownBy(() -> CompileTool.compile(program, folder.resolve("env.jar")))
        .hasMessageContaining("env.wasm imports wasi_snapshot_previewX.fd_write, ");
  }
}
