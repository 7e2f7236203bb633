package dev.runnel.image.oci;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A JSON object from outside, whose members are checked as they are read; and the one way in which
 * JSON is written, so that the same content is the same bytes.
 */
public final class Json {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final JsonObject object;
  private final String what;

  private Json(JsonObject object, String what) {
    this.object = object;
    this.what = what;
  }

  /**
   * @param what a name for it in error messages, such as {@code The manifest}
   */
  public static Json parse(byte[] bytes, String what) throws ImageException {
    try {
      JsonElement element = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
      if (element.isJsonObject()) {
        return new Json(element.getAsJsonObject(), what);
      }
    } catch (JsonParseException | StackOverflowError e) {
      throw new ImageException(e, "%s is not valid JSON.", what);
    }
    throw new ImageException("%s is not a JSON object.", what);
  }

  public static byte[] bytes(JsonElement json) {
    return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
  }

  public static JsonObject object(Map<String, String> members) {
    JsonObject json = new JsonObject();
    new TreeMap<>(members).forEach(json::addProperty);
    return json;
  }

  public JsonObject raw() {
    return object;
  }

  public Optional<String> string(String name) throws ImageException {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw wrong(name, "a text");
    }
    return Optional.of(value.getAsString());
  }

  public String required(String name) throws ImageException {
    Optional<String> value = string(name);
    if (value.isEmpty()) {
      throw wrong(name, "a text");
    }
    return value.get();
  }

  public long number(String name) throws ImageException {
    JsonElement value = object.get(name);
    try {
      if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
        long number = value.getAsBigDecimal().longValueExact();
        if (number >= 0) {
          return number;
        }
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ImageException(e, "%s has a \"%s\" that is no whole number.", what, name);
    }
    throw wrong(name, "a whole number");
  }

  public Optional<Json> child(String name) throws ImageException {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!value.isJsonObject()) {
      throw wrong(name, "an object");
    }
    return Optional.of(new Json(value.getAsJsonObject(), what));
  }

  public Json requiredChild(String name) throws ImageException {
    Optional<Json> child = child(name);
    if (child.isEmpty()) {
      throw wrong(name, "an object");
    }
    return child.get();
  }

  /** The objects of a list; none when there is no such member. */
  public List<Json> children(String name) throws ImageException {
    List<Json> children = new ArrayList<>();
    for (JsonElement element : list(name)) {
      if (!element.isJsonObject()) {
        throw wrong(name, "a list of objects");
      }
      children.add(new Json(element.getAsJsonObject(), what));
    }
    return children;
  }

  public List<String> strings(String name) throws ImageException {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : list(name)) {
      if (!element.isJsonPrimitive()) {
        throw wrong(name, "a list of texts");
      }
      texts.add(element.getAsString());
    }
    return texts;
  }

  private Iterable<JsonElement> list(String name) throws ImageException {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    if (!value.isJsonArray()) {
      throw wrong(name, "a list");
    }
    return value.getAsJsonArray();
  }

  /** The members of an object of texts, such as annotations; none when there is no such member. */
  public Map<String, String> texts(String name) throws ImageException {
    Map<String, String> texts = new TreeMap<>();
    Optional<Json> child = child(name);
    if (child.isPresent()) {
      for (String key : child.get().object.keySet()) {
        texts.put(key, child.get().required(key));
      }
    }
    return texts;
  }

  private ImageException wrong(String name, String expected) {
    return new ImageException("%s has no \"%s\" that is %s.", what, name, expected);
  }
}
