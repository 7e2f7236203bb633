package dev.runnel.runtime.host.web.html;

import java.util.Set;

/** What the elements of a document belong to, and what that means for their text. */
enum Namespace {
  HTML("http://www.w3.org/1999/xhtml"),
  SVG("http://www.w3.org/2000/svg"),
  MATHML("http://www.w3.org/1998/Math/MathML");

  private static final Set<String> VOID =
      Set.of(
          "area",
          "base",
          "basefont",
          "bgsound",
          "br",
          "col",
          "embed",
          "frame",
          "hr",
          "img",
          "input",
          "keygen",
          "link",
          "meta",
          "param",
          "source",
          "track",
          "wbr");

  private static final Set<String> RAW =
      Set.of("iframe", "noembed", "noframes", "noscript", "style", "textarea", "title", "xmp");

  /** They end SVG and MathML around them. */
  private static final Set<String> HTML_ONLY =
      Set.of(
          "b",
          "big",
          "blockquote",
          "body",
          "br",
          "center",
          "code",
          "dd",
          "div",
          "dl",
          "dt",
          "em",
          "embed",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "head",
          "hr",
          "i",
          "img",
          "li",
          "listing",
          "menu",
          "meta",
          "nobr",
          "ol",
          "p",
          "pre",
          "ruby",
          "s",
          "small",
          "span",
          "strong",
          "strike",
          "sub",
          "sup",
          "table",
          "tt",
          "u",
          "ul",
          "var");

  private static final Set<String> SVG_WITH_HTML = Set.of("desc", "foreignobject", "title");
  private static final Set<String> MATHML_WITH_HTML =
      Set.of("annotation-xml", "mi", "mn", "mo", "ms", "mtext");

  private final String uri;

  Namespace(String uri) {
    this.uri = uri;
  }

  String uri() {
    return uri;
  }

  /** That of an element in one of this namespace, or in HTML that stands there. */
  Namespace ofChild(String name, boolean holdsHtml) {
    if (this != HTML && !holdsHtml) {
      return this;
    }
    return switch (name) {
      case "svg" -> SVG;
      case "math" -> MATHML;
      default -> HTML;
    };
  }

  /** Whether what an element of this namespace contains is HTML again. */
  boolean holdsHtml(String name) {
    return switch (this) {
      case HTML -> true;
      case SVG -> SVG_WITH_HTML.contains(name);
      case MATHML -> MATHML_WITH_HTML.contains(name);
    };
  }

  static boolean isHtmlOnly(String name) {
    return HTML_ONLY.contains(name);
  }

  boolean mayHaveContent(String name, boolean isSelfClosing) {
    return this == HTML ? !VOID.contains(name) : !isSelfClosing;
  }

  Tokenizer.Content contentOf(String name) {
    if (this != HTML) {
      return Tokenizer.Content.DATA;
    }
    return switch (name) {
      case "script" -> Tokenizer.Content.SCRIPT;
      case "plaintext" -> Tokenizer.Content.PLAIN;
      default -> RAW.contains(name) ? Tokenizer.Content.RAW : Tokenizer.Content.DATA;
    };
  }
}
