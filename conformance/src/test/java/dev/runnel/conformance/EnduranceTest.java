package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.server.JettyNetwork;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One isolate under many requests and under clients that read slowly or leave. Each test has a
 * short form for every run and a long one.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EnduranceTest {
  private static final JettyNetwork NETWORK = new JettyNetwork();
  private static final int CLIENTS = 16;

  /**
   * What a heap may have grown by between two looks at it; a leak of 40 bytes a request is more.
   */
  private static final long HEAP_SLACK = 10L << 20;

  /** V8's room for new objects is emptied when it is full, and may be counted at any time. */
  private static final long NEW_OBJECTS = Project.ENGINE.equals("v8") ? 24 << 20 : 0;

  private static final int CHUNK = 64 << 10;
  private static final int CHUNKS = 64;

  /** What may be under way to a client that reads nothing: the program's, ours, the kernel's. */
  private static final long UNREAD = 1L << 20;

  private final Complaints complaints = new Complaints();
  private Served program;

  /** What the program says of itself. */
  private record State(String isolate, int streaming, long written, long heap) {
    static State of(Served program) throws Exception {
      String[] words = program.get("/state").replaceFirst("(?s).*\r\n\r\n", "").split(" ");
      return new State(
          words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
  }

  @BeforeEach
  void start() throws Exception {
    WorkerOptions options =
        Project.OPTIONS.withOutput(complaints.output()).withObserver(complaints);
    program = Served.start(Project.PROGRAMS.resolve("endures.mjs"), NETWORK, options);
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @AfterAll
  static void closePorts() throws Exception {
    NETWORK.close();
  }

  @Test
  void someThousandRequestsLeaveNothingBehind() throws Exception {
    heapsStayAsTheyAre(2_000);
  }

  @Test
  @Tag("long")
  void aQuarterOfAMillionRequestsLeaveNothingBehind() throws Exception {
    heapsStayAsTheyAre(250_000);
  }

  private void heapsStayAsTheyAre(int requests) throws Exception {
    ask(requests / 10);
    State before = State.of(program);
    long javaBefore = javaHeapAfterCollection();

    ask(requests);

    State after = State.of(program);
    assertThat(after.isolate()).isEqualTo(before.isolate());
    assertThat(after.heap())
        .as("guest's heap")
        .isLessThan(before.heap() + HEAP_SLACK + NEW_OBJECTS);
    assertThat(javaHeapAfterCollection()).as("Java").isLessThan(javaBefore + HEAP_SLACK);
    assertThat(complaints.text()).isEmpty();
  }

  private void ask(int requests) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        asking.add(clients.submit(() -> askOneByOne(requests / CLIENTS)));
      }
      for (Future<?> client : asking) {
        client.get();
      }
    }
  }

  private Object askOneByOne(int requests) throws Exception {
    try (RawConnection connection = new RawConnection(program.address())) {
      for (int i = 0; i < requests; i++) {
        connection.get("/?name=" + i);
        assertThat(connection.readBody(connection.readHead())).isEqualTo("Hello, " + i);
      }
    }
    return requests;
  }

  private static long javaHeapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void someClientsThatReadNothingAreWaitedForAndThenForgotten() throws Exception {
    slowReadersAreWaitedFor(32);
  }

  @Test
  @Tag("long")
  void manyClientsThatReadNothingAreWaitedForAndThenForgotten() throws Exception {
    slowReadersAreWaitedFor(256);
  }

  /** One in eight reads in the end, the others leave in the middle. */
  private void slowReadersAreWaitedFor(int clients) throws Exception {
    String isolate = State.of(program).isolate();
    List<RawConnection> reading = new ArrayList<>();
    List<RawConnection> leaving = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      RawConnection client = RawConnection.thatTakesLittle(program.address());
      (i % 8 == 0 ? reading : leaving).add(client);
      client.get("/stream?chunks=" + CHUNKS);
    }
    for (RawConnection client : reading) {
      assertThat(client.readBody(client.readHead())).hasSize(CHUNKS * CHUNK);
    }
    State waiting = State.of(program);
    assertThat(waiting.streaming()).isEqualTo(leaving.size());
    assertThat(waiting.written())
        .isLessThan((long) reading.size() * CHUNKS * CHUNK + leaving.size() * UNREAD);

    for (RawConnection client : leaving) {
      client.close();
    }

    while (State.of(program).streaming() > 0) {
      // A client that has left is noticed within a second.
    }
    assertThat(State.of(program).isolate()).isEqualTo(isolate);
    assertThat(complaints.text()).doesNotContain("memory");
    for (RawConnection client : reading) {
      client.close();
    }
  }
}
