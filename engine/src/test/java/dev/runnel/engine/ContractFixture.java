package dev.runnel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the contracts share. An engine's own tests extend the contracts and name the engine. */
abstract class ContractFixture {
  final MapLoader loader = new MapLoader();
  final List<JsValue> seen = new ArrayList<>();
  final HostModule host =
      HostModule.named("test")
          .function("see", this::see)
          .function("echo", args -> copied(args.at(0)))
          .function("fail", ContractFixture::fail)
          .function("bug", _ -> throwBug());
  final List<Isolate> opened = new ArrayList<>();

  protected abstract Engine engine();

  private JsValue see(Arguments args) {
    args.all().stream().map(ContractFixture::copied).forEach(seen::add);
    return JsValue.UNDEFINED;
  }

  private static JsValue copied(JsValue value) {
    if (!(value instanceof JsValue.Bytes(var window))) {
      return value;
    }
    byte[] copy = new byte[window.remaining()];
    window.get(copy);
    return JsValue.of(copy);
  }

  private static JsValue fail(Arguments args) {
    String code = args.string(1, "code");
    String message = args.string(2, "message");
    throw switch (args.string(0, "kind")) {
      case "type" -> HostError.type(code, message);
      case "range" -> HostError.range(code, message);
      case "syntax" -> HostError.syntax(code, message);
      case "system" -> HostError.system(code, message).during("open", "/x");
      case "dom" -> HostError.dom(code, message);
      default -> HostError.error(code, message);
    };
  }

  private static JsValue throwBug() {
    throw new UnsupportedOperationException("a bug of ours");
  }

  IsolateOptions options() {
    return new IsolateOptions(loader, List.of(host));
  }

  Isolate open() {
    return open(options());
  }

  Isolate open(IsolateOptions options) {
    Isolate isolate = engine().open(options);
    opened.add(isolate);
    return isolate;
  }

  /** Runs a test on a thread with the stack that the engine asks for. */
  void onDeepThread(Runnable test) {
    List<Throwable> failures = new ArrayList<>();
    Thread thread = new Thread(null, test, "deep", engine().threadStackBytes(Limits.DEFAULT));
    thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(failures).isEmpty();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Isolate::close);
  }

  static ModuleEvaluation.State runModule(Isolate isolate, String name) {
    ModuleEvaluation evaluation = isolate.evaluateModule(name);
    runJobs(isolate);
    return evaluation.state();
  }

  static void runJobs(Isolate isolate) {
    while (isolate.runJob()) {
      // Jobs queue further jobs.
    }
  }

  static String text(JsValue value) {
    return ((JsValue.Str) value).value();
  }
}
