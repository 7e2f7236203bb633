package example;

import dev.runnel.runtime.http.WorkerRequest;
import dev.runnel.runtime.worker.Worker;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import dev.runnel.runtime.worker.WorkerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs a JavaScript worker inside a Java program and prints its answer as it streams in. */
public final class Embed {
  private Embed() {}

  public static void main(String[] args) throws Exception {
    Path program = Path.of(args.length > 0 ? args[0] : "examples/embed-java/greeter.js");
    WorkerOptions options = WorkerOptions.DEFAULT.withEnvironment(Map.of("GREETING", "Good morning"));
    try (Worker worker = Worker.load(program, options)) {
      print(worker, "http://localhost/?name=Ada");
      print(worker, "http://localhost/?name=Grace");
    } catch (WorkerException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Worker worker, String url) throws IOException, InterruptedException {
    try (WorkerResponse response = worker.fetch(WorkerRequest.get(url));
        InputStream body = response.body()) {
      System.out.println(response.status());
      byte[] chunk = new byte[8192];
      for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
        System.out.println(new String(chunk, 0, length, StandardCharsets.UTF_8));
      }
    }
  }
}
