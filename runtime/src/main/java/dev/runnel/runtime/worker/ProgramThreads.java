package dev.runnel.runtime.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.runnel.engine.HostError;
import dev.runnel.engine.Interruption;
import dev.runnel.runtime.error.GuestEnd;
import dev.runnel.runtime.error.ProgramError;
import dev.runnel.runtime.guest.Guest;
import dev.runnel.runtime.guest.GuestObserver;
import dev.runnel.runtime.guest.GuestSettings;
import dev.runnel.runtime.host.thread.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one isolate and of its workers: each a guest on a thread of its own. Safe from any
 * thread.
 */
final class ProgramThreads implements Threads {

  /** Makes the settings of a worker's guest. */
  interface Settings {
    GuestSettings of(Worker worker);
  }

  /**
   * What one worker's guest is made from.
   *
   * @param entry a file's real path, or the built-in module in whose place the code runs
   * @param start what {@code internal/program.js} gets besides what every guest gets
   */
  record Worker(Path file, String entry, JsonObject start, long memoryBytes, Inherited inherited) {}

  /** The built-in module that a worker of mere code imports first. */
  private static final String OF_CODE = "node:worker_threads";

  private final Program program;
  private final WorkerOptions options;
  private final Settings settings;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong memory = new AtomicLong();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger endpoints = new AtomicInteger(1);

  ProgramThreads(Program program, WorkerOptions options, Settings settings) {
    this.program = program;
    this.options = options;
    this.settings = settings;
  }

  @Override
  public int nextEndpoints() {
    return endpoints.getAndAdd(2);
  }

  @Override
  public Running start(Request request, Listener listener) {
    Path file = request.isCode() ? program.entry() : file(request.program());
    JsonObject start = start(request);
    long bytes = reserve(request.memoryBytes());
    try {
      int id = ids.incrementAndGet();
      start.getAsJsonObject("thread").addProperty("id", id);
      start.getAsJsonObject("thread").addProperty("memory", bytes);
      String entry = request.isCode() ? OF_CODE : file.toString();
      var made = settings.of(new Worker(file, entry, start, bytes, request.inherited()));
      return run(id, made, bytes, listener);
    } catch (RuntimeException | Error e) {
      release(bytes);
      throw e;
    }
  }

  private Path file(String name) {
    try {
      Path file = Path.of(name).toRealPath();
      program.files().read(file);
      return file;
    } catch (IOException e) {
      throw HostError.error("MODULE_NOT_FOUND", "Cannot find module '%s'", name);
    }
  }

  private static JsonObject start(Request request) {
    try {
      JsonElement start = JsonParser.parseString(request.settings());
      var thread = new JsonObject();
      thread.add("name", start.getAsJsonObject().remove("name"));
      if (request.isCode()) {
        thread.addProperty("code", request.program());
      }
      start.getAsJsonObject().add("thread", thread);
      return start.getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw HostError.type("", "The settings of a worker are no JSON object.");
    }
  }

  private long reserve(long wanted) {
    int most = options.threadLimits().open();
    long all = options.limits().memoryBytes();
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      throw HostError.error(
          "ERR_WORKER_INIT_FAILED",
          "Worker initialization failure: at most %d workers may run at once.",
          most);
    }
    long bytes = wanted == 0 ? all / most : wanted;
    if (memory.addAndGet(bytes) > all) {
      release(bytes);
      throw HostError.error(
          "ERR_WORKER_INIT_FAILED",
          "Worker initialization failure: all workers together may take %d bytes of memory.",
          all);
    }
    return bytes;
  }

  private void release(long bytes) {
    open.decrementAndGet();
    memory.addAndGet(-bytes);
  }

  private Running run(int id, GuestSettings made, long bytes, Listener listener) {
    var observer = new Observer(bytes, listener);
    var guest = new Guest(made, observer);
    Thread.ofPlatform()
        .name("runnel-worker-" + id)
        .daemon()
        .stackSize(made.engine().threadStackBytes(made.limits()))
        .start(guest::run);
    return new Started(id, guest);
  }

  private record Started(int id, Guest guest) implements Running {
    @Override
    public void terminate() {
      guest.close();
      guest.interrupt(new Interruption("closed", "The worker was terminated."));
    }
  }

  private final class Observer implements GuestObserver {
    private final long bytes;
    private final Listener listener;
    private @Nullable ProgramError uncaught;

    Observer(long bytes, Listener listener) {
      this.bytes = bytes;
      this.listener = listener;
    }

    @Override
    public void ready(boolean answersFetch) {
      listener.online();
    }

    @Override
    public void uncaught(ProgramError error) {
      uncaught = error;
    }

    @Override
    public void ending() {}

    /** Its creator hears of an error that nobody caught inside. */
    @Override
    public void ended(GuestEnd end) {
      release(bytes);
      ProgramError error = uncaught;
      listener.ended(error == null ? end : new GuestEnd.FailedToStart(error));
    }

    @Override
    public void began(long waitedNanos) {}

    @Override
    public void ended() {}
  }
}
