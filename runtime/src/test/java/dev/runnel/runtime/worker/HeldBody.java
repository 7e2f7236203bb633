package dev.runnel.runtime.worker;

import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.WorkerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request's body that ends when the test says so. */
final class HeldBody implements RequestBody {
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> asked = new CompletableFuture<>();

  WorkerRequest post(String url) {
    return new WorkerRequest("POST", url, List.of(), this, WorkerRequest.Connection.NONE);
  }

  void release() {
    end.complete(true);
  }

  /** Waits until the program reads it. */
  void awaitReading() {
    asked.join();
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    asked.complete(true);
    var _ = end.thenRun(receiver::end);
  }

  @Override
  public void cancel() {}
}
