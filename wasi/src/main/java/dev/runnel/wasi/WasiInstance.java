package dev.runnel.wasi;

import dev.runnel.runtime.worker.DirectoryGrant;
import dev.runnel.wasm.CallStackExhaustedException;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.GuestInterruptedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.TrapException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;

/**
 * One run of a program, with its memory and what it has open.
 *
 * <p>Confined to the thread that runs it, but for {@link #interrupt()}. That thread needs more
 * stack than most: see {@link #thread}.
 */
public final class WasiInstance implements AutoCloseable {
  private static final int PAGE_SIZE = 1 << 16;

  /** What Java's own calls take of the thread's stack, from where a program calls them. */
  private static final long HOST_STACK = 8L << 20;

  private final WasiProgram program;
  private final WasiOptions options;
  private final Descriptors open;
  private final ProgramInput input;
  private final Instance instance;
  private volatile @Nullable FlatMemory memory;
  private volatile @Nullable Thread thread;
  private volatile boolean interrupted;

  WasiInstance(WasiProgram program, WasiOptions options) throws WasiException {
    this.program = program;
    this.options = options;
    this.open = new Descriptors(options.limits().openFiles());
    this.input = new ProgramInput(options.streams().in());
    Inodes inodes = new Inodes();
    Preview1 functions = new Preview1(this::bytes);
    addCalls(functions, options, open, inodes);
    boolean isReady = false;
    try {
      openFirst(inodes);
      this.instance =
          program
              .module()
              .newInstance(this::newMemory)
              .withImportValues(
                  ImportValues.builder()
                      .addFunction(functions.functions().toArray(HostFunction[]::new))
                      .build())
              .build();
      isReady = true;
    } finally {
      if (!isReady) {
        open.close();
      }
    }
  }

  /** A thread with the stack that a program's calls may take by its limits. */
  public static Thread thread(String name, WasiOptions options, Runnable work) {
    long stack = 2L * options.limits().stackBytes() + HOST_STACK;
    Thread made = new Thread(null, work, name, stack);
    made.setDaemon(true);
    return made;
  }

  private static void addCalls(
      Preview1 functions, WasiOptions options, Descriptors open, Inodes inodes) {
    ProcessCalls process = new ProcessCalls(options);
    process.addTo(functions);
    new FileCalls(open).addTo(functions);
    new PathCalls(open, inodes).addTo(functions);
    new PollCalls(open, process).addTo(functions);
  }

  static List<String> functionNames() {
    Preview1 functions =
        new Preview1(
            () -> {
              throw new IllegalStateException("Nobody calls these.");
            });
    addCalls(functions, WasiOptions.DEFAULT, new Descriptors(0), new Inodes());
    return functions.functions().stream().map(HostFunction::name).toList();
  }

  private void openFirst(Inodes inodes) throws WasiException {
    WasiOptions.Streams streams = options.streams();
    FileType type =
        streams.terminal() == WasiOptions.Terminal.YES
            ? FileType.CHARACTER_DEVICE
            : FileType.UNKNOWN;
    open.add(new InputDescriptor(input, type));
    open.add(new OutputDescriptor(streams.out(), type));
    open.add(new OutputDescriptor(streams.err(), type));
    for (DirectoryGrant grant : options.directories()) {
      try {
        Folder folder = Folder.granted(grant.host().toRealPath());
        open.add(
            new FolderDescriptor(
                folder, inodes, Rights.GRANTED_FOLDER, Optional.of(grant.guest())));
      } catch (IOException e) {
        Path host = grant.host();
        throw new WasiException("The folder %s can't be opened: %s.".formatted(host, e), e);
      }
    }
  }

  private FlatMemory newMemory(MemoryLimits limits) {
    long most = (long) options.limits().memoryPages() * PAGE_SIZE;
    FlatMemory made = new FlatMemory(limits, most, SharedMemory.BUDGET);
    made.limitCallStack(options.limits().stackBytes());
    memory = made;
    if (interrupted) {
      made.interrupt();
    }
    return made;
  }

  private GuestBytes bytes() {
    FlatMemory made = memory;
    if (made == null) {
      throw new TrapException("the program has no memory");
    }
    return new GuestBytes(made);
  }

  /** Runs a command from its start to its end, on the calling thread. Only once. */
  public Outcome run() {
    return guarded(
        () -> {
          initialize();
          if (program.isCommand()) {
            instance.export(WasiProgram.COMMAND).apply();
          }
          return new Outcome.Exited(0);
        });
  }

  /**
   * Calls a function that a reactor exports, after its {@code _initialize}.
   *
   * @param arguments numbers, as many as the function takes
   * @throws WasiException if there is no such function, or the arguments don't suit it
   */
  public Outcome call(String function, List<String> arguments) throws WasiException {
    FunctionType type =
        program
            .function(function)
            .orElseThrow(
                () ->
                    new WasiException(
                        "The program exports no function \"%s\".".formatted(function)));
    long[] numbers = Numbers.parse(function, type.params(), arguments);
    return guarded(
        () -> {
          initialize();
          long[] results = instance.export(function).apply(numbers);
          return new Outcome.Returned(Numbers.show(type.returns(), results));
        });
  }

  private void initialize() {
    if (program.function(WasiProgram.REACTOR).isPresent()) {
      instance.export(WasiProgram.REACTOR).apply();
    }
  }

  private interface Work {
    Outcome run();
  }

  private Outcome guarded(Work work) {
    thread = Thread.currentThread();
    try {
      return interrupted ? new Outcome.Interrupted() : work.run();
    } catch (Exit exit) {
      return new Outcome.Exited(exit.code());
    } catch (GuestInterruptedException stopped) {
      return new Outcome.Interrupted();
    } catch (CallStackExhaustedException | StackOverflowError deep) {
      return new Outcome.Trapped("call stack exhausted");
    } catch (WasmEngineException trap) {
      return interrupted
          ? new Outcome.Interrupted()
          : new Outcome.Trapped(String.valueOf(trap.getMessage()));
    } finally {
      endOfThread();
    }
  }

  /** The thread's interrupt was meant for the program. */
  private synchronized void endOfThread() {
    thread = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }

  /** Ends the program wherever it is. May be called from any thread, at any time. */
  public synchronized void interrupt() {
    interrupted = true;
    FlatMemory made = memory;
    if (made != null) {
      made.interrupt();
    }
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Closes what the program has open, and gives its memory back. */
  @Override
  public void close() {
    input.close();
    open.close();
    FlatMemory made = memory;
    if (made != null) {
      made.close();
    }
  }
}
