package dev.runnel.runtime.binding;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.runnel.engine.HostError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A question's details, each checked by type. */
public final class Details {
  private static final int MAX_CHARS = 1 << 20;

  private Details() {}

  /**
   * @throws HostError for a text that is no JSON object, or is very long
   */
  public static JsonObject parse(String json) {
    if (json.length() > MAX_CHARS) {
      throw HostError.type("", "The details of a question have at most %d characters.", MAX_CHARS);
    }
    try {
      return JsonParser.parseString(json).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw malformed("details");
    }
  }

  public static String string(JsonObject details, String name) {
    return optionalString(details, name).orElseThrow(() -> malformed(name));
  }

  public static Optional<String> optionalString(JsonObject details, String name) {
    return primitive(details, name).map(value -> text(value, name));
  }

  /** A whole number up to JavaScript's limit of 2<sup>53</sup>. */
  public static OptionalLong optionalNumber(JsonObject details, String name) {
    Optional<JsonPrimitive> value = primitive(details, name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    double number = value.get().isNumber() ? value.get().getAsDouble() : Double.NaN;
    if (number != Math.rint(number) || Math.abs(number) > 0x1p53) {
      throw malformed(name);
    }
    return OptionalLong.of((long) number);
  }

  public static List<String> strings(JsonObject details, String name) {
    if (!(details.get(name) instanceof com.google.gson.JsonArray array)) {
      throw malformed(name);
    }
    List<String> strings = new ArrayList<>(array.size());
    for (JsonElement element : array) {
      if (!(element instanceof JsonPrimitive value)) {
        throw malformed(name);
      }
      strings.add(text(value, name));
    }
    return strings;
  }

  private static Optional<JsonPrimitive> primitive(JsonObject details, String name) {
    JsonElement value = details.get(name);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!(value instanceof JsonPrimitive primitive)) {
      throw malformed(name);
    }
    return Optional.of(primitive);
  }

  private static String text(JsonPrimitive value, String name) {
    if (!value.isString()) {
      throw malformed(name);
    }
    return value.getAsString();
  }

  private static HostError malformed(String name) {
    return HostError.type("", "The question's \"%s\" is malformed.", name);
  }
}
