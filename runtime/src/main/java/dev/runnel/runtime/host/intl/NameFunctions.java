package dev.runnel.runtime.host.intl;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.ibm.icu.text.ConstrainedFieldPosition;
import com.ibm.icu.text.ListFormatter;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.util.List;
import java.util.Optional;

/** {@code Intl.DisplayNames}' and {@code Intl.ListFormat}'s functions. */
final class NameFunctions {
  private static final int MAX_CODE_LENGTH = 500;
  private static final int MAX_ELEMENTS = 100_000;

  private final FormatterCache cache;

  NameFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module
        .function("displayName", this::displayName)
        .function("formatList", args -> JsValue.of(list(args).toString()))
        .function(
            "listParts", args -> JsValue.of(Parts.of(list(args), NameFunctions::name).toJson()));
  }

  private JsValue displayName(Arguments args) {
    String code = args.string(1, "code");
    if (code.length() > MAX_CODE_LENGTH) {
      throw HostError.range("", "A code has at most %d characters.", MAX_CODE_LENGTH);
    }
    return cache
        .get(Names.class, args.string(0, "settings"), Names::of)
        .of(code)
        .map(JsValue::of)
        .orElse(JsValue.UNDEFINED);
  }

  private ListFormatter.FormattedList list(Arguments args) {
    return cache
        .get(ListFormatter.class, args.string(0, "settings"), NameFunctions::formatter)
        .formatToValue(elements(Texts.text(args, 1, "elements")));
  }

  private static ListFormatter formatter(Settings settings) {
    return ListFormatter.getInstance(
        settings.locale(), type(settings.text("type")), width(settings.text("style")));
  }

  private static ListFormatter.Type type(String type) {
    return switch (type) {
      case "conjunction" -> ListFormatter.Type.AND;
      case "disjunction" -> ListFormatter.Type.OR;
      case "unit" -> ListFormatter.Type.UNITS;
      default -> throw NumberOptions.unknown("type", type);
    };
  }

  private static ListFormatter.Width width(String style) {
    return switch (style) {
      case "long" -> ListFormatter.Width.WIDE;
      case "short" -> ListFormatter.Width.SHORT;
      case "narrow" -> ListFormatter.Width.NARROW;
      default -> throw NumberOptions.unknown("style", style);
    };
  }

  private static List<String> elements(String json) {
    try {
      List<JsonElement> elements = JsonParser.parseString(json).getAsJsonArray().asList();
      if (elements.size() > MAX_ELEMENTS) {
        throw HostError.range("", "Intl.ListFormat takes at most %d elements.", MAX_ELEMENTS);
      }
      return elements.stream().map(JsonElement::getAsString).toList();
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw HostError.type("", "The elements must be a JSON array of strings.");
    }
  }

  private static Optional<String> name(ConstrainedFieldPosition position, String text) {
    return position.getField() == ListFormatter.Field.ELEMENT
        ? Optional.of("element")
        : Optional.empty();
  }
}
