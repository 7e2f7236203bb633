package dev.runnel.runtime.host.intl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.ibm.icu.util.ULocale;
import dev.runnel.engine.HostError;
import java.util.Optional;

/** The resolved options of one {@code Intl} object, as JavaScript writes them down. */
record Settings(JsonObject values) {
  static Settings parse(String json) {
    try {
      return new Settings(JsonParser.parseString(json).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException e) {
      throw HostError.type("", "Settings of an Intl object must be a JSON object.");
    }
  }

  /** The locale with the keywords that the service uses. */
  ULocale locale() {
    return ULocale.forLanguageTag(text("locale"));
  }

  String text(String name) {
    return optional(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optional(String name) {
    return value(name).map(JsonElement::getAsString);
  }

  boolean is(String name, String expected) {
    return optional(name).filter(expected::equals).isPresent();
  }

  boolean flag(String name) {
    return value(name).map(JsonElement::getAsBoolean).orElse(false);
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  int integer(String name, int min, int max) {
    int number = value(name).map(JsonElement::getAsInt).orElseThrow(() -> missing(name));
    if (number < min || number > max) {
      throw HostError.range("", "The setting \"%s\" must be from %d to %d.", name, min, max);
    }
    return number;
  }

  private Optional<JsonElement> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(JsonElement::isJsonPrimitive);
  }

  private static HostError missing(String name) {
    return HostError.type("", "The setting \"%s\" is missing.", name);
  }
}
