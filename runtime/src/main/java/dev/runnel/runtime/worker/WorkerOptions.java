package dev.runnel.runtime.worker;

import dev.runnel.engine.JitOptions;
import dev.runnel.engine.Limits;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.limit.BroadcastLimits;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.limit.RequestLimits;
import dev.runnel.runtime.limit.RewriterLimits;
import dev.runnel.runtime.limit.SocketLimits;
import dev.runnel.runtime.limit.ThreadLimits;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.module.SourceTransform;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * How a program is run. Start from {@link #DEFAULT}.
 *
 * @param engine the engine's name, {@code "quickjs"} by default
 * @param trust which engines may run the program; {@link Trust#NONE} by default
 * @param pool how many isolates run the program, each on a thread of its own; one by default
 * @param limits what each isolate may hold
 * @param turnLimits how long one turn may take; none by default
 * @param requestLimits what one request may take besides processor time; nothing is limited by
 *     default
 * @param outgoing how many requests of its own each isolate may have open at once
 * @param exchangeLimits open requests and unsent output for each isolate
 * @param maxTimers pending timers in each isolate
 * @param decompressionLimits how much any compressed stream may become
 * @param rewriterLimits what HTMLRewriter may keep of documents
 * @param socketLimits what WebSockets may hold
 * @param broadcastLimits what BroadcastChannels may hold, and ports of other threads
 * @param threadLimits how many workers of {@code node:worker_threads} may run
 * @param fileWatchers how many files and folders each isolate may watch at once
 * @param directories folders that {@code fs} may use
 * @param environment what {@code process.env} shows; nothing of the real one by default
 * @param arguments what follows the program's own name in {@code process.argv}
 * @param sources what makes JavaScript of the program's modules in TypeScript and JSX; they are
 *     refused by default
 * @param fetcher what carries the program's own requests to other hosts; none may be reached by
 *     default
 * @param sockets what the program may do with sockets of its own; nothing by default
 * @param bindings what stands in {@code env} besides the environment's variables; nothing by
 *     default
 * @param origin where a request goes whose handler fails after {@code passThroughOnException}; the
 *     fetcher has to reach it; none by default
 * @param input what {@code process.stdin} reads; nothing by default
 * @param output where {@code console} and {@code process.stdout} write
 * @param sleep whether the program may block its thread, as {@code os.sleep} does; not by default
 * @param background how long work that was given to {@code waitUntil} may go on while the worker is
 *     closed; five seconds by default
 * @param snapshots a folder for app snapshots, private to its owner, or none to keep none
 */
public record WorkerOptions(
    String engine,
    Trust trust,
    PoolOptions pool,
    Limits limits,
    JitOptions jit,
    TurnLimits turnLimits,
    RequestLimits requestLimits,
    Exchanges.Limits exchangeLimits,
    int maxTimers,
    int outgoing,
    DecompressionLimits decompressionLimits,
    RewriterLimits rewriterLimits,
    SocketLimits socketLimits,
    BroadcastLimits broadcastLimits,
    ThreadLimits threadLimits,
    int fileWatchers,
    List<DirectoryGrant> directories,
    SequencedMap<String, String> environment,
    List<String> arguments,
    SourceTransform sources,
    Network network,
    Fetcher fetcher,
    NetAccess sockets,
    Bindings bindings,
    Optional<URI> origin,
    InputStream input,
    Output output,
    Sleep sleep,
    Duration background,
    WorkerObserver observer,
    Optional<Path> snapshots) {

  /** What becomes of a program's blocking sleep. */
  public enum Sleep {
    ALLOWED,
    REFUSED
  }

  /** The program's standard streams. Written to from isolate threads. */
  public record Output(OutputStream out, OutputStream err) {}

  public static final WorkerOptions DEFAULT =
      new WorkerOptions(
          "quickjs",
          Trust.NONE,
          PoolOptions.DEFAULT,
          Limits.DEFAULT,
          JitOptions.OFF,
          TurnLimits.NONE,
          RequestLimits.NONE,
          new Exchanges.Limits(10_000, 64L << 20),
          100_000,
          1_000,
          DecompressionLimits.DEFAULT,
          RewriterLimits.DEFAULT,
          SocketLimits.DEFAULT,
          BroadcastLimits.DEFAULT,
          ThreadLimits.DEFAULT,
          1_000,
          List.of(),
          new LinkedHashMap<>(),
          List.of(),
          SourceTransform.NONE,
          Network.NONE,
          Fetcher.NONE,
          NetAccess.NONE,
          Bindings.NONE,
          Optional.empty(),
          InputStream.nullInputStream(),
          new Output(System.out, System.err),
          Sleep.REFUSED,
          Duration.ofSeconds(5),
          WorkerObserver.SILENT,
          Optional.empty());

  public WorkerOptions {
    directories = List.copyOf(directories);
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    arguments = List.copyOf(arguments);
  }

  public WorkerOptions withEngine(String changed) {
    return with(draft -> draft.engine = changed);
  }

  public WorkerOptions withTrust(Trust changed) {
    return with(draft -> draft.trust = changed);
  }

  /** So many, whatever the load. */
  public WorkerOptions withIsolates(int count) {
    return withPool(pool.withScaling(PoolOptions.Scaling.fixed(count)));
  }

  public WorkerOptions withPool(PoolOptions changed) {
    return with(draft -> draft.pool = changed);
  }

  public WorkerOptions withLimits(Limits changed) {
    return with(draft -> draft.limits = changed);
  }

  public WorkerOptions withJit(JitOptions changed) {
    return with(draft -> draft.jit = changed);
  }

  public WorkerOptions withRequestLimits(RequestLimits changed) {
    return with(draft -> draft.requestLimits = changed);
  }

  public WorkerOptions withOutgoing(int changed) {
    return with(draft -> draft.outgoing = changed);
  }

  public WorkerOptions withTurnLimits(TurnLimits changed) {
    return with(draft -> draft.turnLimits = changed);
  }

  public WorkerOptions withExchangeLimits(Exchanges.Limits changed) {
    return with(draft -> draft.exchangeLimits = changed);
  }

  public WorkerOptions withMaxTimers(int changed) {
    return with(draft -> draft.maxTimers = changed);
  }

  public WorkerOptions withRewriterLimits(RewriterLimits changed) {
    return with(draft -> draft.rewriterLimits = changed);
  }

  public WorkerOptions withSocketLimits(SocketLimits changed) {
    return with(draft -> draft.socketLimits = changed);
  }

  public WorkerOptions withBroadcastLimits(BroadcastLimits changed) {
    return with(draft -> draft.broadcastLimits = changed);
  }

  public WorkerOptions withThreadLimits(ThreadLimits changed) {
    return with(draft -> draft.threadLimits = changed);
  }

  public WorkerOptions withFileWatchers(int changed) {
    return with(draft -> draft.fileWatchers = changed);
  }

  public WorkerOptions withDecompressionLimits(DecompressionLimits changed) {
    return with(draft -> draft.decompressionLimits = changed);
  }

  public WorkerOptions withDirectories(List<DirectoryGrant> changed) {
    return with(draft -> draft.directories = changed);
  }

  public WorkerOptions withEnvironment(Map<String, String> changed) {
    return with(draft -> draft.environment = new LinkedHashMap<>(changed));
  }

  public WorkerOptions withArguments(List<String> changed) {
    return with(draft -> draft.arguments = changed);
  }

  public WorkerOptions withSources(SourceTransform changed) {
    return with(draft -> draft.sources = changed);
  }

  public WorkerOptions withNetwork(Network changed) {
    return with(draft -> draft.network = changed);
  }

  public WorkerOptions withFetcher(Fetcher changed) {
    return with(draft -> draft.fetcher = changed);
  }

  public WorkerOptions withSockets(NetAccess changed) {
    return with(draft -> draft.sockets = changed);
  }

  public WorkerOptions withBindings(Bindings changed) {
    return with(draft -> draft.bindings = changed);
  }

  /** An http or https URL; requests keep their path and query. */
  public WorkerOptions withOrigin(URI changed) {
    return with(draft -> draft.origin = Optional.of(changed));
  }

  /** One stream for all isolates: each byte goes to the one that reads it first. */
  public WorkerOptions withInput(InputStream changed) {
    return with(draft -> draft.input = changed);
  }

  public WorkerOptions withOutput(Output changed) {
    return with(draft -> draft.output = changed);
  }

  public WorkerOptions withSleep(Sleep changed) {
    return with(draft -> draft.sleep = changed);
  }

  public WorkerOptions withBackground(Duration changed) {
    return with(draft -> draft.background = changed);
  }

  public WorkerOptions withObserver(WorkerObserver changed) {
    return with(draft -> draft.observer = changed);
  }

  public WorkerOptions withSnapshots(Path folder) {
    return with(draft -> draft.snapshots = Optional.of(folder));
  }

  private WorkerOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** A copy with one option changed before it is whole again. */
  private static final class Draft {
    private String engine;
    private Trust trust;
    private PoolOptions pool;
    private Limits limits;
    private JitOptions jit;
    private TurnLimits turnLimits;
    private RequestLimits requestLimits;
    private Exchanges.Limits exchangeLimits;
    private int maxTimers;
    private int outgoing;
    private DecompressionLimits decompressionLimits;
    private RewriterLimits rewriterLimits;
    private SocketLimits socketLimits;
    private BroadcastLimits broadcastLimits;
    private ThreadLimits threadLimits;
    private int fileWatchers;
    private List<DirectoryGrant> directories;
    private SequencedMap<String, String> environment;
    private List<String> arguments;
    private SourceTransform sources;
    private Network network;
    private Fetcher fetcher;
    private NetAccess sockets;
    private Bindings bindings;
    private Optional<URI> origin;
    private InputStream input;
    private Output output;
    private Sleep sleep;
    private Duration background;
    private WorkerObserver observer;
    private Optional<Path> snapshots;

    private Draft(WorkerOptions from) {
      engine = from.engine();
      trust = from.trust();
      pool = from.pool();
      limits = from.limits();
      jit = from.jit();
      turnLimits = from.turnLimits();
      requestLimits = from.requestLimits();
      exchangeLimits = from.exchangeLimits();
      maxTimers = from.maxTimers();
      outgoing = from.outgoing();
      decompressionLimits = from.decompressionLimits();
      rewriterLimits = from.rewriterLimits();
      socketLimits = from.socketLimits();
      broadcastLimits = from.broadcastLimits();
      threadLimits = from.threadLimits();
      fileWatchers = from.fileWatchers();
      directories = from.directories();
      environment = from.environment();
      arguments = from.arguments();
      sources = from.sources();
      network = from.network();
      fetcher = from.fetcher();
      sockets = from.sockets();
      bindings = from.bindings();
      origin = from.origin();
      input = from.input();
      output = from.output();
      sleep = from.sleep();
      background = from.background();
      observer = from.observer();
      snapshots = from.snapshots();
    }

    private WorkerOptions finished() {
      return new WorkerOptions(
          engine,
          trust,
          pool,
          limits,
          jit,
          turnLimits,
          requestLimits,
          exchangeLimits,
          maxTimers,
          outgoing,
          decompressionLimits,
          rewriterLimits,
          socketLimits,
          broadcastLimits,
          threadLimits,
          fileWatchers,
          directories,
          environment,
          arguments,
          sources,
          network,
          fetcher,
          sockets,
          bindings,
          origin,
          input,
          output,
          sleep,
          background,
          observer,
          snapshots);
    }
  }
}
