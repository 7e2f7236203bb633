package dev.runnel.quickjs;

import dev.runnel.engine.BadSnapshotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A heap in which QuickJS has started and nothing else has happened. Made at build time and copied
 * by every isolate that starts without a snapshot of its own.
 */
public final class BaseHeap {
  /** The resource, beside this class, that the build writes. */
  public static final String FILE = "base.heap";

  private static @Nullable BaseHeap shared;

  private final QuickJsSnapshot snapshot;
  private final HeapFacts facts;

  private BaseHeap(QuickJsSnapshot snapshot, HeapFacts facts) {
    this.snapshot = snapshot;
    this.facts = facts;
  }

  static synchronized BaseHeap shared() {
    if (shared == null) {
      HostClasses.initialize();
      shared = load();
    }
    return shared;
  }

  QuickJsSnapshot snapshot() {
    return snapshot;
  }

  HeapFacts facts() {
    return facts;
  }

  /**
   * Starts QuickJS and writes its heap.
   *
   * @throws IllegalStateException when the heap is laid out differently than the engine expects
   */
  public static byte[] make() throws IOException {
    HostImports imports = new HostImports(new NoCalls());
    MemoryLimit limit = new MemoryLimit(64L << 20);
    try (Guest guest = Guest.instantiate(imports.functions(), limit)) {
      QuickJs js = start(guest);
      LayoutCheck.run(guest, js);
      HeapFacts facts = HeapFacts.discover(guest, js);
      long primordials = Primordials.create(js).array();
      js.collectGarbage();
      Roots roots =
          new Roots(
              js.runtime(), js.context(), primordials, MailboxRegion.NOWHERE, List.of(), Map.of());
      FreedMemory.scrub(guest, facts);
      UnusedTail.giveBack(guest, facts.allocator());
      return write(QuickJsSnapshot.of(guest, roots), facts);
    }
  }

  private static QuickJs start(Guest guest) {
    guest.call(Export._initialize);
    if (guest.call(Export.qjs_init) != 0) {
      throw new IllegalStateException("QuickJS doesn't start.");
    }
    int runtime = guest.callInt(Export.qjs_get_runtime_ptr);
    return new QuickJs(guest, runtime, guest.callInt(Export.qjs_get_context_ptr));
  }

  private static byte[] write(QuickJsSnapshot snapshot, HeapFacts facts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    facts.write(out);
    snapshot.writeTo(out);
    return bytes.toByteArray();
  }

  /** Trusted as the classes beside it are: it comes out of the same build. */
  private static BaseHeap load() {
    try (InputStream in = BaseHeap.class.getResourceAsStream(FILE)) {
      byte[] bytes = Objects.requireNonNull(in, FILE + " is missing; build again").readAllBytes();
      DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
      HeapFacts facts = HeapFacts.read(data);
      return new BaseHeap(QuickJsSnapshot.readFrom(data), facts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BadSnapshotException e) {
      throw new IllegalStateException("%s is of another build.".formatted(FILE), e);
    }
  }

  /** Nothing that runs while the base heap is made calls out of the guest. */
  private static final class NoCalls implements HostImports.Calls {
    @Override
    public void hostFunction(int id, int argumentCount, int arguments, int result) {
      throw new IllegalStateException();
    }

    @Override
    public void wasmFunction(int data, int argumentCount, int arguments, int result) {
      throw new IllegalStateException();
    }

    @Override
    public int initModule(int module) {
      throw new IllegalStateException();
    }

    @Override
    public int normalizeModule(int referrer, int specifier) {
      throw new IllegalStateException();
    }

    @Override
    public int loadModule(int name) {
      throw new IllegalStateException();
    }

    @Override
    public void rejection(long promise, long reason, boolean handled) {}

    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }

    @Override
    public void clockRead() {}

    @Override
    public boolean interrupted() {
      return false;
    }
  }
}
