package dev.runnel.v8;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.IV8InspectorListener;
import com.caoccao.javet.interop.V8Inspector;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.V8ValueFunction;
import com.caoccao.javet.values.reference.V8ValueGlobalObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value that V8 itself carries across promise jobs and awaits (continuation-preserved embedder
 * data). V8 keeps the two functions that read and write it on an object that no script can reach;
 * the inspector lists every function of the heap and so finds them.
 *
 * @param getter reads the value that is current
 * @param setter replaces it
 */
record AsyncContext(V8Value getter, V8Value setter) implements AutoCloseable {
  private static final String FOUND_GETTER = "engineContextGetter";
  private static final String FOUND_SETTER = "engineContextSetter";
  private static final Pattern OBJECT_ID = Pattern.compile("\"objectId\":\"([^\"]+)\"");
  private static final String PICK =
      """
      function () {
        for (const candidate of this) {
          if (candidate.name === 'getContinuationPreservedEmbedderData') {
            globalThis.%s = candidate;
          } else if (candidate.name === 'setContinuationPreservedEmbedderData') {
            globalThis.%s = candidate;
          }
        }
      }
      """
          .formatted(FOUND_GETTER, FOUND_SETTER)
          .replace("\n", " ");

  /**
   * The value must survive an await, another task's value must not show through, and none may be
   * left when the jobs are done, even where the last of them sets one.
   */
  private static final String SELF_TEST =
      """
      (async (get, set) => {
        const seen = [];
        const task = async (name) => { await 0; seen.push(get() === name); };
        set('a'); const a = task('a');
        set('b'); const b = task('b');
        set(undefined);
        await a; await b;
        globalThis.engineContextWorks = seen.join() === 'true,true' && get() === undefined;
        set('c');
      })
      """;

  /** Must run before any other code does in the context. */
  static AsyncContext find(V8Runtime runtime) throws JavetException {
    exposeFunctions(runtime);
    try (V8ValueGlobalObject global = runtime.getGlobalObject()) {
      AsyncContext found = new AsyncContext(global.get(FOUND_GETTER), global.get(FOUND_SETTER));
      global.delete(FOUND_GETTER);
      global.delete(FOUND_SETTER);
      return found;
    }
  }

  private static void exposeFunctions(V8Runtime runtime) throws JavetException {
    Replies replies = new Replies();
    V8Inspector inspector = runtime.createV8Inspector("engine", false);
    try {
      inspector.addListeners(replies);
      String prototype =
          replies.objectId(inspector, "Runtime.evaluate", "\"expression\":\"Function.prototype\"");
      String all =
          replies.objectId(
              inspector,
              "Runtime.queryObjects",
              "\"prototypeObjectId\":\"%s\"".formatted(prototype));
      replies.ask(
          inspector,
          "Runtime.callFunctionOn",
          "\"objectId\":\"%s\",\"functionDeclaration\":\"%s\"".formatted(all, PICK.strip()));
    } finally {
      inspector.close();
    }
  }

  /**
   * Tries it once in this context, and leaves nothing behind.
   *
   * @throws IllegalStateException when values get lost: then requests could see each other's state
   */
  void test(V8Runtime runtime, Microtasks microtasks) throws JavetException {
    try (V8ValueFunction test =
            runtime.getExecutor(SELF_TEST).setResourceName("engine:context").execute();
        V8ValueGlobalObject global = runtime.getGlobalObject()) {
      Values.close(test.<V8Value>call(null, getter, setter));
      microtasks.run();
      boolean works =
          Boolean.TRUE.equals(global.getBoolean("engineContextWorks")) && isWithoutValue();
      global.delete("engineContextWorks");
      if (!works) {
        throw new IllegalStateException("V8 does not carry async context; please report this.");
      }
    }
  }

  private boolean isWithoutValue() throws JavetException {
    try (V8Value left = ((V8ValueFunction) getter).call(null)) {
      return left.isUndefined();
    }
  }

  @Override
  public void close() {
    Values.close(getter);
    Values.close(setter);
  }

  /** The inspector answers while the request is being sent. */
  private static final class Replies implements IV8InspectorListener {
    private final List<String> replies = new ArrayList<>();
    private int requests;

    String ask(V8Inspector inspector, String method, String parameters) throws JavetException {
      requests++;
      inspector.sendRequest(
          "{\"id\":%d,\"method\":\"%s\",\"params\":{%s}}".formatted(requests, method, parameters));
      if (replies.size() != requests) {
        throw new IllegalStateException("V8's inspector did not answer " + method + ".");
      }
      return replies.getLast();
    }

    String objectId(V8Inspector inspector, String method, String parameters) throws JavetException {
      String reply = ask(inspector, method, parameters);
      Matcher matcher = OBJECT_ID.matcher(reply);
      if (!matcher.find()) {
        throw new IllegalStateException(
            "V8's inspector answered %s with %s.".formatted(method, reply));
      }
      return matcher.group(1);
    }

    @Override
    public void receiveResponse(String message) {
      replies.add(message);
    }

    @Override
    public void flushProtocolNotifications() {}

    @Override
    public void receiveNotification(String message) {}

    @Override
    public void runIfWaitingForDebugger(int contextGroupId) {}

    @Override
    public void sendRequest(String message) {}
  }
}
