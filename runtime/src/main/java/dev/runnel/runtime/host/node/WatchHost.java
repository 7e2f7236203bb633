package dev.runnel.runtime.host.node;

import com.google.gson.JsonArray;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.node.file.FileErrors;
import dev.runnel.runtime.host.node.file.FileWatches;
import dev.runnel.runtime.host.node.file.FileWatches.Change;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backs {@code fs.watch}: the watchers of one isolate, by the numbers that the program knows them
 * by.
 *
 * <p>Confined to the loop thread, but for what {@link Watcher#changed} takes from the thread that
 * watches.
 */
public final class WatchHost {
  /** Above it the program isn't told which files changed: only that some did. */
  private static final int MOST_WAITING = 1_000;

  private static final Change SOMETHING = new Change("rename", Optional.empty());

  private final EventLoop loop;
  private final GuestCall guest;
  private final FileWatches files;
  private final int limit;
  private final Map<Integer, Watcher> watchers = new HashMap<>();
  private int nextId = 1;

  /**
   * @param limit how many watchers may be open at once
   */
  public WatchHost(EventLoop loop, GuestCall guest, FileWatches files, int limit) {
    this.loop = loop;
    this.guest = guest;
    this.files = files;
    this.limit = limit;
  }

  public HostModule module() {
    return HostModule.named("watch")
        .function("open", this::open)
        .function("reference", this::reference)
        .function("close", this::close);
  }

  /** The isolate has ended. */
  public void closeAll() {
    new ArrayList<>(watchers.values()).forEach(Watcher::close);
  }

  private JsValue open(Arguments args) {
    String path = args.string(0, "path");
    if (watchers.size() >= limit) {
      throw HostError.system("ENOSPC", "the limit of %d file watchers is reached", limit);
    }
    var watcher = new Watcher(nextId++);
    watcher.watch = opened(path, watcher);
    watchers.put(watcher.id, watcher);
    watcher.hold(true);
    return JsValue.of(watcher.id);
  }

  private FileWatches.Watch opened(String path, Watcher watcher) {
    try {
      return files.open(path, watcher::changed);
    } catch (IOException e) {
      throw FileErrors.of(e);
    }
  }

  private JsValue reference(Arguments args) {
    Watcher watcher = watcher(args);
    boolean keepsAlive = args.bool(1, "keepsAlive");
    if (watcher != null) {
      watcher.hold(keepsAlive);
    }
    return JsValue.UNDEFINED;
  }

  private JsValue close(Arguments args) {
    Watcher watcher = watcher(args);
    if (watcher != null) {
      watcher.close();
    }
    return JsValue.UNDEFINED;
  }

  private @Nullable Watcher watcher(Arguments args) {
    return watchers.get(args.integer(0, "id", 1, Integer.MAX_VALUE));
  }

  private final class Watcher {
    private final int id;
    private FileWatches.@Nullable Watch watch;
    private boolean holds;

    /** What the loop hasn't taken yet, each change once; guarded by itself. */
    private final Set<Change> waiting = new LinkedHashSet<>();

    Watcher(int id) {
      this.id = id;
    }

    void hold(boolean wanted) {
      if (wanted && !holds) {
        loop.hold();
      } else if (!wanted && holds) {
        loop.release();
      }
      holds = wanted;
    }

    void close() {
      watchers.remove(id);
      hold(false);
      if (watch != null) {
        watch.close();
      }
    }

    /** A program that is busy meanwhile finds one event for all that was alike. */
    void changed(List<Change> changes) {
      boolean isFirst;
      synchronized (waiting) {
        isFirst = waiting.isEmpty();
        waiting.addAll(changes);
        if (waiting.size() > MOST_WAITING) {
          waiting.clear();
          waiting.add(SOMETHING);
        }
      }
      if (isFirst) {
        loop.post(this::deliver);
      }
    }

    private void deliver() {
      List<Change> changes;
      synchronized (waiting) {
        changes = List.copyOf(waiting);
        waiting.clear();
      }
      if (watchers.containsKey(id)) {
        guest.call("filesChanged", JsValue.of(id), JsValue.of(json(changes)));
      }
    }

    private static String json(List<Change> changes) {
      var json = new JsonArray();
      for (Change change : changes) {
        json.add(change.kind());
        json.add(change.name().orElse(""));
      }
      return json.toString();
    }
  }
}
