package dev.runnel.runtime.host.intl;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code Intl.Segmenter}'s function. */
final class SegmentFunctions {
  private final FormatterCache cache;

  SegmentFunctions(FormatterCache cache) {
    this.cache = cache;
  }

  void addTo(HostModule module) {
    module.function("breaks", this::breaks);
  }

  /**
   * Of each segment its end, doubled, plus one when it is a word: 32-bit integers, little-endian.
   */
  private JsValue breaks(Arguments args) {
    String text = Texts.text(args, 1, "text");
    BreakIterator iterator =
        cache.get(BreakIterator.class, args.string(0, "settings"), SegmentFunctions::iterator);
    iterator.setText(text);
    ByteBuffer ends = ByteBuffer.allocate(4 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
    for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
      boolean isWord = iterator.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT;
      ends.putInt(2 * end + (isWord ? 1 : 0));
    }
    iterator.setText("");
    return new JsValue.Bytes(ends.flip());
  }

  private static BreakIterator iterator(Settings settings) {
    ULocale locale = settings.locale();
    String granularity = settings.text("granularity");
    return switch (granularity) {
      case "grapheme" -> BreakIterator.getCharacterInstance(locale);
      case "word" -> BreakIterator.getWordInstance(locale);
      case "sentence" -> BreakIterator.getSentenceInstance(locale);
      default -> throw NumberOptions.unknown("granularity", granularity);
    };
  }
}
