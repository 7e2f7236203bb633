package dev.runnel.runtime.host.web.html;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A start tag that the tokenizer stands at, as selectors and handlers see it. */
final class StartTag implements Compound.Subject {
  private final Tokenizer tokens;
  private final Charset charset;
  private final String name;
  private final int place;
  private final int placeOfName;

  StartTag(Tokenizer tokens, Charset charset, String name, int place, int placeOfName) {
    this.tokens = tokens;
    this.charset = charset;
    this.name = name;
    this.place = place;
    this.placeOfName = placeOfName;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public int placeOfName() {
    return placeOfName;
  }

  @Override
  public Optional<String> attribute(String wanted) {
    for (int i = 0; i < tokens.attributeCount(); i++) {
      int from = tokens.attributeNameFrom(i);
      int to = tokens.attributeNameTo(i);
      // Encoded, a name is no shorter than its characters.
      if (to - from >= wanted.length() && lowerCase(text(from, to)).equals(wanted)) {
        return Optional.of(text(tokens.valueFrom(i), tokens.valueTo(i)));
      }
    }
    return Optional.empty();
  }

  /** Of each attribute its name in lower case, its value, and how it is written. */
  List<String> attributes() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < tokens.attributeCount(); i++) {
      all.add(lowerCase(text(tokens.attributeNameFrom(i), tokens.attributeNameTo(i))));
      all.add(text(tokens.valueFrom(i), tokens.valueTo(i)));
      all.add(text(tokens.attributeNameFrom(i), writtenTo(i)));
    }
    return all;
  }

  private int writtenTo(int index) {
    int to = tokens.valueTo(index);
    if (to <= tokens.attributeNameTo(index)
        && tokens.valueFrom(index) == tokens.attributeNameFrom(index)) {
      return tokens.attributeNameTo(index);
    }
    byte next = tokens.bytes()[to];
    byte before = tokens.bytes()[tokens.valueFrom(index) - 1];
    return next == before && (next == '"' || next == '\'') ? to + 1 : to;
  }

  private String text(int from, int to) {
    return new String(tokens.bytes(), from, to - from, charset);
  }

  /** ASCII letters only. */
  static String lowerCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
        return text.chars()
            .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }
}
