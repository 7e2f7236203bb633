package dev.runnel.runtime.binding;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.runnel.runtime.http.RequestHandler;
import java.io.IOException;
import java.io.StringReader;

/** One name of a program's {@code env}, beyond the variables of its environment. */
public sealed interface Binding {

  /** A string. */
  record Text(String value) implements Binding {}

  /**
   * What the text stands for, made anew in each isolate.
   *
   * @throws IllegalArgumentException when it is no JSON
   */
  record Json(String text) implements Binding {
    public Json {
      if (!isJson(text)) {
        throw new IllegalArgumentException("The binding's value is not valid JSON.");
      }
    }

    private static boolean isJson(String text) {
      try (var reader = new JsonReader(new StringReader(text))) {
        reader.setStrictness(Strictness.STRICT);
        reader.skipValue();
        return reader.peek() == JsonToken.END_DOCUMENT;
      } catch (IOException | JsonParseException | IllegalStateException e) {
        return false;
      }
    }
  }

  /** A string that is in no snapshot, no {@code process.env} and no log of ours. */
  record Secret(String value) implements Binding {
    @Override
    public String toString() {
      return "Secret[]";
    }
  }

  /** A key-value namespace. */
  record Kv(Resource namespace) implements Binding {}

  /** Another worker in this process, reached without a socket: its {@code handler()}. */
  record Service(RequestHandler handler) implements Binding {}
}
