package dev.runnel.conformance.test262;

import dev.runnel.conformance.test262.Frontmatter.Negative;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.Engine;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.Interruption;
import dev.runnel.engine.Isolate;
import dev.runnel.engine.IsolateException;
import dev.runnel.engine.IsolateOptions;
import dev.runnel.engine.JitOptions;
import dev.runnel.engine.JsException;
import dev.runnel.engine.JsValue;
import dev.runnel.engine.ModuleEvaluation;
import dev.runnel.engine.ModuleLoader;
import dev.runnel.engine.ModuleSource;
import dev.runnel.engine.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs single tests, each in an isolate of its own that starts from a snapshot in which the harness
 * is loaded. Safe to use from many threads: an isolate lives and dies inside {@link #run}.
 */
final class Host implements AutoCloseable {
  private static final String BOOT = "test262:boot";
  private static final String BOOT_SOURCE =
      """
      import { print } from "host:test262";
      import { evaluate, collectGarbage } from "host:isolate";
      const define = (name, value) =>
        Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
      define("print", (...words) => print(words.map(String).join(" ")));
      define("$262", {
        global: globalThis,
        gc: collectGarbage,
        evalScript: (source) => evaluate("<evalScript>", source),
        detachArrayBuffer: (buffer) => void (buffer.detached || ArrayBuffer.prototype.transfer.call(buffer)),
        codePointRange(from, to) {
          let text = "";
          for (let point = from; point < to; point++) text += String.fromCodePoint(point);
          return text;
        },
        createRealm() { throw new Error("$262.createRealm is not supported"); },
      });
      """;

  private final Engine engine;
  private final JitOptions jit;
  private final Path suite;
  private final Duration limit;
  private final Snapshot bare;
  private final Snapshot withAsserts;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Host(Engine engine, JitOptions jit, Path suite, Duration limit) {
    this.engine = engine;
    this.jit = jit;
    this.suite = suite;
    this.limit = limit;
    this.bare = snapshot(List.of());
    this.withAsserts = snapshot(List.of("assert.js", "sta.js"));
  }

  private Snapshot snapshot(List<String> harness) {
    try (Isolate isolate = engine.open(options("", new Output(), Optional.empty()))) {
      isolate.evaluateModule(BOOT);
      harness.forEach(file -> include(isolate, file));
      while (isolate.runJob()) {}
      return isolate.snapshot();
    }
  }

  Outcome run(String path, String source, Frontmatter about) {
    Output output = new Output();
    Snapshot start = about.has("raw") ? bare : withAsserts;
    try (Isolate isolate = engine.open(options(path, output, Optional.of(start)))) {
      ScheduledFuture<?> end =
          clock.schedule(
              () -> isolate.interrupt(new Interruption("test-time", "It took more than " + limit)),
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        return judge(about, output, evaluate(isolate, path, source, about));
      } finally {
        end.cancel(false);
      }
    } catch (IsolateException.Crashed crash) {
      return new Outcome.Lost(String.valueOf(crash.getCause() == null ? crash : crash.getCause()));
    } catch (IsolateException end) {
      return new Outcome.Ended(String.valueOf(end.getMessage()));
    } catch (RuntimeException | Error ours) {
      return new Outcome.Lost(ours.toString());
    }
  }

  /** Returns what was thrown, and in which phase. */
  private Optional<Thrown> evaluate(
      Isolate isolate, String path, String source, Frontmatter about) {
    if (about.has("async")) {
      include(isolate, "doneprintHandle.js");
    }
    about.includes().forEach(file -> include(isolate, file));
    String text = about.has("onlyStrict") ? "\"use strict\";\n" + source : source;
    Optional<Thrown> thrown =
        about.has("module") ? module(isolate, path) : script(isolate, path, text);
    while (isolate.runJob()) {}
    return thrown;
  }

  private record Thrown(String name, String message) {}

  private static Optional<Thrown> script(Isolate isolate, String path, String text) {
    try {
      isolate.evaluateScript(path, text);
      return Optional.empty();
    } catch (JsException error) {
      return Optional.of(thrown(error));
    }
  }

  private static Optional<Thrown> module(Isolate isolate, String path) {
    try {
      ModuleEvaluation evaluation = isolate.evaluateModule(path);
      while (isolate.runJob()) {}
      return switch (evaluation.state()) {
        case ModuleEvaluation.Failed(JsException cause, _) -> Optional.of(thrown(cause));
        case ModuleEvaluation.Evaluated _ -> Optional.empty();
        case ModuleEvaluation.Pending() ->
            Optional.of(new Thrown("", "never evaluated to its end"));
      };
    } catch (JsException error) {
      return Optional.of(thrown(error));
    }
  }

  private static Thrown thrown(JsException error) {
    return new Thrown(error.name(), String.valueOf(error.getMessage()));
  }

  private static Outcome judge(Frontmatter about, Output output, Optional<Thrown> thrown) {
    if (about.negative().isPresent()) {
      return judgeNegative(about.negative().get(), thrown);
    }
    if (thrown.isPresent()) {
      return new Outcome.Failed(thrown.get().message());
    }
    if (about.has("async") && !output.lines.contains("Test262:AsyncTestComplete")) {
      return new Outcome.Failed(
          output.lines.isEmpty() ? "$DONE() not called" : output.lines.getFirst());
    }
    return new Outcome.Passed();
  }

  private static Outcome judgeNegative(Negative expected, Optional<Thrown> thrown) {
    // Test262Error is no subclass of Error: only its text says what it is.
    String text = thrown.map(error -> error.name() + " " + error.message()).orElse("nothing");
    return Pattern.compile("\\b" + expected.type() + "\\b").matcher(text).find()
        ? new Outcome.Passed()
        : new Outcome.Failed("expected %s, got %s".formatted(expected.type(), text));
  }

  private void include(Isolate isolate, String file) {
    isolate.evaluateScript(file, read(suite.resolve("harness").resolve(file)));
  }

  private IsolateOptions options(String test, Output output, Optional<Snapshot> start) {
    HostModule host = HostModule.named("test262").function("print", output::print);
    IsolateOptions options = new IsolateOptions(new SuiteFiles(test), List.of(host)).withJit(jit);
    return start.map(options::from).orElse(options);
  }

  private static final class Output {
    private final List<String> lines = new ArrayList<>();

    private JsValue print(Arguments arguments) {
      lines.add(arguments.string(0, "text"));
      return JsValue.UNDEFINED;
    }
  }

  /**
   * Modules are files of the suite, named by their path below it. Code from eval has no path of its
   * own: what it imports is sought beside the test.
   */
  private final class SuiteFiles implements ModuleLoader {
    private final String test;

    SuiteFiles(String test) {
      this.test = test;
    }

    @Override
    public String resolve(String specifier, String referrer) {
      if (specifier.equals(BOOT) || specifier.startsWith("host:")) {
        return specifier;
      }
      Path from = Path.of(referrer.contains("/") ? referrer : test);
      return from.resolveSibling(specifier).normalize().toString();
    }

    @Override
    public ModuleSource load(String name) {
      if (name.equals(BOOT)) {
        return ModuleSource.of(BOOT_SOURCE);
      }
      Path file = suite.resolve(name).normalize();
      if (!file.startsWith(suite) || !Files.isRegularFile(file)) {
        throw HostError.system("ENOENT", "There is no module \"%s\".", name);
      }
      return ModuleSource.of(read(file));
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
