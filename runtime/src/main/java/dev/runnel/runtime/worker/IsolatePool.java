package dev.runnel.runtime.worker;

import dev.runnel.runtime.guest.Guest;
import dev.runnel.runtime.http.RequestHandler;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseSink;
import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.limit.RequestLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The isolates of one program. Gives each request to the isolate with the fewest, keeps as many as
 * the load asks for, and replaces those that are lost, too full, or out of date.
 *
 * <p>Safe from any thread: requests are given away without a lock; {@code lock} guards which slots
 * there are.
 */
final class IsolatePool implements Slot.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatePool.class);

  /** So many queue times pass before another isolate is asked for: the last has to show first. */
  private static final int GROWTHS_APART = 3;

  /** A request that so many isolates were lost before is refused. */
  private static final int MOST_LOST = 3;

  /** One way into a program: its fetch handler, or a port that it listens on. */
  interface Door {
    /** What takes requests in that isolate; empty while it doesn't. */
    Optional<RequestHandler> in(Life life);

    /** Whether an isolate that serves, and doesn't have this door, may still get it. */
    boolean mayOpen();
  }

  private static final IntFunction<Slot> NOBODY =
      number -> {
        throw new IllegalStateException(
            "There is no program for isolate %d yet.".formatted(number));
      };

  private final PoolOptions options;
  private final WorkerObserver observer;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final WaitingRequests waiting;
  private final LimitedRequests limited;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private final Object lock = new Object();
  private IntFunction<Slot> maker = NOBODY;
  private volatile List<Slot> slots = List.of();

  /** A program that has no isolate yet may ask things of itself while it starts. */
  private volatile @Nullable Slot first;

  private final Set<Slot> retiring = new HashSet<>();

  /** Isolates that start, and those whose place they are to take. */
  private final Map<Slot, Slot> succeeding = new HashMap<>();

  /** How many of the slots take requests; those behind them are spares. */
  private volatile int wanted;

  private volatile boolean answersFetch;
  private int made;
  private boolean closed;
  private boolean shrinking;
  private volatile @Nullable Slot growth;
  private volatile long grownAt = System.nanoTime();
  private volatile long pressedAt;

  IsolatePool(PoolOptions options, RequestLimits limits, WorkerObserver observer) {
    this.limited = new LimitedRequests(limits);
    this.options = options;
    this.observer = observer;
    this.wanted = options.scaling().least();
    this.waiting = new WaitingRequests(options.admission(), this::give);
  }

  /**
   * Starts isolates, and when all of them are ready lets them take the place of those that there
   * are. On failure everything stays as it was.
   *
   * @param changed makes the slot of that number, now and whenever one more is needed
   * @return completes when those that there were have ended
   */
  CompletionStage<?> replaceWith(IntFunction<Slot> changed)
      throws WorkerException, InterruptedException {
    List<Slot> fresh = new ArrayList<>();
    boolean answers;
    try {
      answers = startAll(changed, fresh);
    } catch (ExecutionException e) {
      giveUp(fresh);
      if (e.getCause() instanceof WorkerException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      giveUp(fresh);
      throw e;
    }
    List<Slot> old;
    synchronized (lock) {
      old = slots;
      slots = List.copyOf(fresh);
      first = null;
      maker = changed;
      answersFetch = answers;
      growth = null;
      old.stream().filter(slot -> !slot.isOver()).forEach(retiring::add);
    }
    old.forEach(Slot::retire);
    endIfAllAreOver();
    waiting.giveAway();
    return CompletableFuture.allOf(
        old.stream()
            .map(slot -> slot.exit().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private void giveUp(List<Slot> fresh) {
    first = null;
    fresh.forEach(Slot::close);
  }

  /** The first isolate alone, since the others may then start from its snapshot. */
  private boolean startAll(IntFunction<Slot> from, List<Slot> fresh)
      throws ExecutionException, InterruptedException {
    int count = wanted + options.scaling().spares();
    Slot leader = from.apply(number());
    fresh.add(leader);
    first = slots.isEmpty() ? leader : null;
    leader.start();
    boolean answers = leader.answersFetch().toCompletableFuture().get();
    for (int i = 1; i < count; i++) {
      Slot other = from.apply(number());
      fresh.add(other);
      other.start();
    }
    for (Slot slot : fresh) {
      answers |= slot.answersFetch().toCompletableFuture().get();
    }
    return answers;
  }

  private int number() {
    synchronized (lock) {
      return made++;
    }
  }

  boolean answersFetch() {
    return answersFetch;
  }

  /** Completes with the highest exit code when no isolate is left and none is to come. */
  CompletionStage<Integer> exit() {
    return exit;
  }

  WorkerStatus status() {
    List<Slot> now = slots;
    int serving = (int) now.stream().filter(slot -> slot.serving().isPresent()).count();
    return new WorkerStatus(serving, now.size(), inFlight.get(), waiting.count());
  }

  /** The guest with the fewest requests that handles scheduled events. */
  Optional<Guest> scheduledHandler() {
    return slots.stream()
        .filter(slot -> slot.scheduledHandler().isPresent())
        .min(Comparator.comparingInt(slot -> slot.serving().map(Life::load).orElse(0)))
        .flatMap(Slot::scheduledHandler);
  }

  CompletionStage<Boolean> signal(String name) {
    CompletionStage<Boolean> handled = CompletableFuture.completedFuture(false);
    for (Slot slot : slots) {
      handled = handled.thenCombine(slot.signal(name), Boolean::logicalOr);
    }
    return handled;
  }

  /** All isolates, those that are to end too. */
  List<Slot> all() {
    synchronized (lock) {
      return Stream.of(slots, retiring, succeeding.keySet()).flatMap(Collection::stream).toList();
    }
  }

  /** Gives a request to an isolate, or lets it wait for one; then holds it to its limits. */
  RequestHandler.Ticket dispatch(WorkerRequest request, ResponseSink sink, Door door) {
    return limited.handle(request, sink, (held, to) -> new Placing(held, to, door).place());
  }

  /** Finds an isolate for a request, and another one if that is lost before it begins with it. */
  private final class Placing implements RequestHandler.Unbegun {
    private final WorkerRequest request;
    private final ResponseSink sink;
    private final Door door;
    private int lost;

    Placing(WorkerRequest request, ResponseSink sink, Door door) {
      this.request = request;
      this.sink = sink;
      this.door = door;
    }

    RequestHandler.Ticket place() {
      if (waiting.count() == 0) {
        RequestHandler handler = handlerFor(door);
        if (handler != null) {
          return handler.handle(request, sink, this);
        }
      }
      if (!mayServe(door)) {
        sink.fail(new ResponseFailure(503, "", "The program is not running."));
        return () -> {};
      }
      RequestHandler.Ticket ticket = waiting.add(request, sink, door, this);
      waiting.giveAway();
      return ticket;
    }

    @Override
    public RequestHandler.Ticket again(ResponseFailure why) {
      if (++lost < MOST_LOST) {
        return place();
      }
      sink.fail(why);
      return () -> {};
    }
  }

  /** A request that waited may have its turn now. */
  void doorOpened() {
    waiting.giveAway();
  }

  private Optional<RequestHandler> give(Door door) {
    return Optional.ofNullable(handlerFor(door));
  }

  /** Counts the request as taken when it finds a handler, which has to be given one then. */
  private @Nullable RequestHandler handlerFor(Door door) {
    if (inFlight.incrementAndGet() > options.admission().requests()) {
      inFlight.decrementAndGet();
      return null;
    }
    RequestHandler handler = options.isOneRequestEach() ? claimedFor(door) : leastLoadedFor(door);
    if (handler == null) {
      inFlight.decrementAndGet();
    }
    return handler;
  }

  private @Nullable RequestHandler leastLoadedFor(Door door) {
    while (true) {
      Life least = null;
      int found = 0;
      for (Slot slot : slots) {
        Life life = slot.serving().orElse(null);
        if (life != null && door.in(life).isPresent()) {
          least = least == null || isLess(life, least) ? life : least;
          if (++found == wanted) {
            break;
          }
        }
      }
      if (least == null) {
        return takenWhileStarting(door);
      }
      RequestHandler handler = taken(least, door);
      if (handler != null) {
        growIfStuck(least);
        return handler;
      }
    }
  }

  private @Nullable RequestHandler takenWhileStarting(Door door) {
    Slot starting = first;
    Life life = starting == null ? null : starting.starting().orElse(null);
    return life == null ? null : taken(life, door);
  }

  private static boolean isLess(Life one, Life other) {
    return one.load() < other.load();
  }

  private @Nullable RequestHandler claimedFor(Door door) {
    for (Slot slot : slots) {
      Life life = slot.serving().orElse(null);
      if (life != null && door.in(life).isPresent()) {
        RequestHandler handler = taken(life, door);
        if (handler != null) {
          PoolClock.soon(this::keepSomeReady);
          return handler;
        }
      }
    }
    return null;
  }

  private static @Nullable RequestHandler taken(Life life, Door door) {
    RequestHandler handler = door.in(life).orElse(null);
    return handler != null && life.take() ? handler : null;
  }

  /** True when waiting makes sense. */
  private boolean mayServe(Door door) {
    synchronized (lock) {
      if (closed) {
        return false;
      }
    }
    if (options.isOneRequestEach() && !hasFailed()) {
      return true; // Another isolate is on its way, if not in the list yet.
    }
    if (first != null) {
      return true;
    }
    return slots.stream()
        .anyMatch(
            slot ->
                slot.isStarting()
                    || slot.serving().isPresent()
                        && (door.mayOpen() || door.in(slot.serving().orElseThrow()).isPresent()));
  }

  private void growIfStuck(Life life) {
    if (life.stuckNanos() > options.scaling().queueTime().toNanos()) {
      press();
    }
  }

  @Override
  public WorkerObserver observer() {
    return observer;
  }

  @Override
  public void ready(Slot slot) {
    Slot predecessor;
    synchronized (lock) {
      endGrowth(slot);
      predecessor = succeeding.remove(slot);
      if (predecessor != null) {
        slots = slots.stream().map(one -> one == predecessor ? slot : one).toList();
        retiring.add(predecessor);
      }
    }
    if (predecessor != null) {
      predecessor.retire();
    }
    waiting.giveAway();
  }

  @Override
  public void freed() {
    inFlight.decrementAndGet();
    if (waiting.count() > 0) {
      waiting.giveAway();
    }
  }

  @Override
  public void full(Slot slot) {
    PoolClock.soon(() -> startSuccessor(slot));
  }

  private void startSuccessor(Slot full) {
    Slot successor;
    synchronized (lock) {
      if (closed || !slots.contains(full) || succeeding.containsValue(full)) {
        return;
      }
      successor = maker.apply(made++);
      succeeding.put(successor, full);
    }
    LOG.info(
        "An isolate holds more than {} % of its memory limit and is replaced.",
        options.memoryPercent());
    successor.startLike(answersFetch);
  }

  @Override
  public void waited(long nanos) {
    if (nanos > options.scaling().queueTime().toNanos()) {
      press();
    }
  }

  /** Requests wait for isolates that are busy. */
  private void press() {
    pressedAt = System.nanoTime();
    if (mayGrow()) {
      PoolClock.soon(this::grow);
    }
  }

  private boolean mayGrow() {
    return !options.isOneRequestEach()
        && wanted < options.scaling().most()
        && growth == null
        && System.nanoTime() - grownAt > GROWTHS_APART * options.scaling().queueTime().toNanos();
  }

  private void grow() {
    Slot added;
    synchronized (lock) {
      if (closed || slots.isEmpty() || !mayGrow()) {
        return;
      }
      added = maker.apply(made++);
      growth = added;
      wanted++;
      slots = Stream.concat(slots.stream(), Stream.of(added)).toList();
      planShrinking();
    }
    added.startLike(answersFetch);
  }

  private void endGrowth(Slot slot) {
    if (growth == slot) {
      growth = null;
      grownAt = System.nanoTime();
    }
  }

  private void planShrinking() {
    if (!shrinking) {
      shrinking = true;
      PoolClock.after(options.scaling().idle(), this::shrink);
    }
  }

  private void shrink() {
    Slot last = null;
    synchronized (lock) {
      shrinking = false;
      if (closed || wanted <= options.scaling().least()) {
        return;
      }
      if (System.nanoTime() - pressedAt >= options.scaling().idle().toNanos()) {
        last = slots.getLast();
        wanted--;
        slots = slots.subList(0, slots.size() - 1);
        retiring.add(last);
      }
      planShrinking();
    }
    if (last != null) {
      last.retire();
    }
  }

  /** With an isolate for each request: enough that wait for one, and not too many in all. */
  private void keepSomeReady() {
    List<Slot> added;
    synchronized (lock) {
      added = missing();
      slots = Stream.concat(slots.stream(), added.stream()).toList();
    }
    added.forEach(slot -> slot.startLike(answersFetch));
  }

  private List<Slot> missing() {
    PoolOptions.Scaling scaling = options.scaling();
    if (closed || hasFailed()) {
      return List.of();
    }
    int unused = scaling.least() + scaling.spares();
    int lacking = unused - (int) slots.stream().filter(Slot::isUnused).count();
    int allowed = scaling.most() + unused - slots.size();
    return Stream.generate(() -> maker.apply(made++))
        .limit(Math.max(0, Math.min(lacking, allowed)))
        .toList();
  }

  /** An isolate has ended for good, as its successors would. */
  private boolean hasFailed() {
    return slots.stream().anyMatch(slot -> slot.isOver() && !slot.isClosed());
  }

  @Override
  public void over(Slot slot) {
    boolean listed;
    synchronized (lock) {
      endGrowth(slot);
      listed = succeeding.remove(slot) == null && !retiring.remove(slot);
      if (listed && options.isOneRequestEach() && slot.isClosed() && !closed) {
        slots = slots.stream().filter(one -> one != slot).toList();
      }
    }
    if (listed && options.isOneRequestEach()) {
      keepSomeReady();
    }
    endIfAllAreOver();
    waiting.giveAway();
  }

  private void endIfAllAreOver() {
    List<Slot> now = slots;
    if (!now.isEmpty() && now.stream().allMatch(Slot::isOver)) {
      waiting.failAll();
      exit.complete(
          now.stream()
              .mapToInt(slot -> slot.exit().toCompletableFuture().join())
              .max()
              .orElseThrow());
    }
  }

  /** Takes no more requests; the isolates end when those in flight have. */
  void drain() {
    synchronized (lock) {
      closed = true;
    }
    waiting.failAll();
    all().forEach(Slot::retire);
  }

  /** Ends all isolates at once; requests in flight get a 503, or a reset. */
  void close() {
    synchronized (lock) {
      closed = true;
    }
    all().forEach(Slot::close);
    waiting.failAll();
  }
}
