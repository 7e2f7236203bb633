package dev.runnel.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** A TOML value as JSON; dates and times become texts. */
final class TomlJson {
  private TomlJson() {}

  static String of(Object value) {
    return new Gson().toJson(element(value));
  }

  private static JsonElement element(Object value) {
    return switch (value) {
      case TomlTable table -> object(table);
      case TomlArray array -> list(array);
      case Number number -> new JsonPrimitive(number);
      case Boolean flag -> new JsonPrimitive(flag);
      case Object other -> new JsonPrimitive(other.toString());
    };
  }

  private static JsonObject object(TomlTable table) {
    JsonObject object = new JsonObject();
    table.entrySet().forEach(entry -> object.add(entry.getKey(), element(entry.getValue())));
    return object;
  }

  private static JsonArray list(TomlArray array) {
    JsonArray list = new JsonArray();
    array.toList().forEach(value -> list.add(element(value)));
    return list;
  }
}
