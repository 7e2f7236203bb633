package dev.runnel.portable.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.portable.CodeCompiler;
import dev.runnel.portable.CodeCompiler.Kind;
import dev.runnel.portable.CodeCompiler.Positions;
import dev.runnel.portable.Parts;
import dev.runnel.portable.Portable;
import dev.runnel.portable.PortableMachine;
import dev.runnel.portable.ScriptException;
import dev.runnel.translator.TranslateMain;
import dev.runnel.translator.TranslatorOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import run.endive.wasi.WasiExitException;
import run.endive.wasi.WasiOptions;

/**
 * Makes {@code runnel.wasm}, and the classes of the same code: {@code quickjs.wasm portable.js
 * OUTPUT_DIRECTORY}. Beside the script is the folder {@code runtime} with the runtime's modules.
 */
public final class BuildPortable {
  private static final String PARTS = "/dev/runnel/runtime/js/parts.txt";
  private static final long MEMORY = 64L << 20;

  private static final Pattern IMPORT =
      Pattern.compile("\"\\./([\\w.-]+)\\.mjs\"|\\bload\\(\"([^\"]+)\"\\)");

  /** Of the C stack's 1 MB. Hosts give some 1 MB of their own, which is to last longer. */
  private static final int STACK = 512 << 10;

  /** Compiling loads what a module imports but doesn't look inside. */
  private static final String EMPTY_MODULES =
      """
      {
        const driver = runnelDriver;
        const nothing = () => {};
        driver.hooks((specifier) => `empty:${specifier}`, (name) => driver.compile(name, ""), nothing, nothing, nothing);
      }
      """;

  private final PortableModule module;
  private final Path runtime;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private BuildPortable(PortableModule module, Path runtime) {
    this.module = module;
    this.runtime = runtime;
  }

  public static void main(String[] args) throws IOException {
    PortableModule module = PortableModule.of(Files.readAllBytes(Path.of(args[0])));
    Path output = Path.of(args[2]);
    TranslatorOptions options = TranslatorOptions.named(PortableMachine.CLASS_NAME);
    TranslateMain.run(module.wasm(), options, output, System.out);
    Path script = Path.of(args[1]);
    BuildPortable build = new BuildPortable(module, script.resolveSibling("runtime"));
    byte[] file = build.make(Files.readString(script));
    Path target = output.resolve("dev/runnel/portable").resolve(Portable.FILE);
    Files.createDirectories(target.getParent());
    Files.write(target, file);
    Files.writeString(target.resolveSibling(Parts.FILE), build.graph());
    System.out.printf("%s has %d bytes.%n", Portable.FILE, file.length);
  }

  private WasiOptions nothing() {
    return WasiOptions.builder()
        .withClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
        .withStdin(InputStream.nullInputStream())
        .withStdout(output)
        .withStderr(output)
        .build();
  }

  /** Starts engine and runtime, and copies what they are then. */
  private byte[] make(String script) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    byte[] first;
    try (PortableMachine machine = new PortableMachine(nothing(), MEMORY)) {
      machine.start();
      Boot boot = new Boot(machine, machine.context());
      boot.giveDriver(module.primitives(), parts);
      machine.call("JS_FreeValue", machine.context(), boot.evaluate(EMPTY_MODULES));
      CodeCompiler compiler = new CodeCompiler(machine);
      for (String name : partNames()) {
        String text = text(name.substring("internal:".length()));
        parts.put(name, compiler.compile(name, text, Kind.MODULE, Positions.NONE));
      }
      first = compiler.compile("internal:portable", script, Kind.SCRIPT, Positions.NONE);
    }
    try (PortableMachine machine = new PortableMachine(nothing(), MEMORY)) {
      machine.start();
      new Boot(machine, machine.context()).giveDriver(module.primitives(), parts);
      machine.call("JS_SetMaxStackSize", machine.call("qjs_get_runtime_ptr"), STACK);
      machine.evaluate(first);
      machine.call("JS_RunGC", machine.call("qjs_get_runtime_ptr"));
      return machine
          .state()
          .writeInto(module.reduced(), Set.of("_start", "memory"), Portable.MOST_PAGES);
    } catch (WasiExitException exit) {
      throw new IllegalStateException("The runtime ended: " + output.toString(UTF_8), exit);
    } catch (ScriptException e) {
      throw new IllegalStateException("The runtime fails: " + output.toString(UTF_8), e);
    }
  }

  /** Each part's name, and the parts that it imports or loads. */
  private String graph() throws IOException {
    StringBuilder graph = new StringBuilder();
    for (String name : parts().sorted().toList()) {
      graph.append(name);
      IMPORT
          .matcher(text("boot/" + name))
          .results()
          .map(BuildPortable::imported)
          .distinct()
          .forEach(imported -> graph.append(' ').append(imported));
      graph.append('\n');
    }
    return graph.toString();
  }

  private static String imported(MatchResult match) {
    return match.group(1) != null ? match.group(1) : Parts.LATER + partOf(match.group(2));
  }

  private static String partOf(String module) {
    return module.replace(':', '.').replace('/', '.');
  }

  private static List<String> partNames() throws IOException {
    List<String> names = new ArrayList<>(List.of("internal:boot"));
    parts().forEach(part -> names.add("internal:boot/" + part));
    return names;
  }

  private String text(String name) throws IOException {
    return Files.readString(runtime.resolve(name + ".mjs"));
  }

  private static Stream<String> parts() throws IOException {
    try (InputStream in = BuildPortable.class.getResourceAsStream(PARTS)) {
      if (in == null) {
        throw new IOException("The runtime module has no %s; build it first.".formatted(PARTS));
      }
      return new String(in.readAllBytes(), UTF_8).lines().skip(1);
    }
  }
}
