package dev.runnel.runtime.host.web.html;

/**
 * Where in the document a {@link Tokenizer} is: the states of <a
 * href="https://html.spec.whatwg.org/#tokenization">the standard</a>, but for those of text with
 * rules of its own.
 */
enum TokenizerState {
  DATA,
  TAG_OPEN,
  END_TAG_OPEN,
  TAG_NAME,
  BEFORE_ATTRIBUTE,
  ATTRIBUTE_NAME,
  AFTER_ATTRIBUTE_NAME,
  BEFORE_VALUE,
  VALUE_DOUBLE_QUOTED,
  VALUE_SINGLE_QUOTED,
  VALUE_UNQUOTED,
  AFTER_VALUE,
  SELF_CLOSING,
  MARKUP,
  COMMENT_START,
  COMMENT_START_DASH,
  COMMENT,
  COMMENT_END_DASH,
  COMMENT_END,
  COMMENT_END_BANG,
  BOGUS_COMMENT,
  DOCTYPE,
  CDATA;

  boolean isComment() {
    return switch (this) {
      case COMMENT_START,
          COMMENT_START_DASH,
          COMMENT,
          COMMENT_END_DASH,
          COMMENT_END,
          COMMENT_END_BANG,
          BOGUS_COMMENT ->
          true;
      default -> false;
    };
  }

  /** How many bytes before the end of a comment belong to its end. */
  int dashes() {
    return switch (this) {
      case COMMENT_START_DASH, COMMENT_END_DASH -> 1;
      case COMMENT_END -> 2;
      case COMMENT_END_BANG -> 3;
      default -> 0;
    };
  }

  /** In a comment, around its dashes. */
  TokenizerState next(byte c) {
    if (c == '-') {
      return switch (this) {
        case COMMENT_START -> COMMENT_START_DASH;
        case COMMENT_END_BANG -> COMMENT_END_DASH;
        default -> COMMENT_END;
      };
    }
    return this == COMMENT_END && c == '!' ? COMMENT_END_BANG : COMMENT;
  }
}
