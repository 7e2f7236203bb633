package dev.runnel.runtime.binding;

import com.google.gson.JsonObject;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.OutgoingRequest;

/**
 * What a program asks through a binding and what is no program itself: a store, a cache. Safe from
 * any thread; never blocks. What one program asks wrongly is its own error, never another's.
 */
public interface Resource {

  /**
   * One question.
   *
   * @param details as the guest wrote them: nothing about them is certain
   */
  record Question(String operation, JsonObject details, OutgoingRequest.Body body) {}

  /** How many questions one request of a program may ask. */
  int operationsPerRequest();

  /**
   * The answer's status, reason and fields mean what the resource and its JavaScript agree on.
   *
   * @throws dev.runnel.engine.HostError for a question that makes no sense
   */
  Fetcher.Call ask(Question question, Fetcher.Answer answer);
}
