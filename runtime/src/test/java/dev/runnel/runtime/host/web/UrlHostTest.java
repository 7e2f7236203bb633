package dev.runnel.runtime.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.engine.JsValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlHostTest {
  private final HostCalls url = new HostCalls(new UrlHost().module());

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "HTTP://Example.COM:80/a/../b/./c?q#f -> http://example.com/b/c?q#f",
        "  http://user:p@ss@h/ -> http://user:p%40ss@h/",
        "http://h/a b\"<>`{}?a b'#a`b -> http://h/a%20b%22%3C%3E%60%7B%7D?a%20b%27#a%60b",
        "http:\\\\h\\x\\..\\y -> http://h/y",
        "http://0x7f.1/ -> http://127.0.0.1/",
        "http://[1:0:0:0:0:0:0:1]/ -> http://[1::1]/",
        "http://[::127.0.0.1]/ -> http://[::7f00:1]/",
        "http://bücher.example/ -> http://xn--bcher-kva.example/",
        "http://ex%41mple.com/ -> http://example.com/",
        "file:///C|/x/.. -> file:///C:/",
        "file://localhost/x -> file:///x",
        "mailto:a@b  ?x -> mailto:a@b %20?x",
        "web+demo:/.//not-a-host/ -> web+demo:/.//not-a-host/",
        "data:text/plain,hi there -> data:text/plain,hi there",
        "http://h/%2e%2E/x -> http://h/x",
        "wss://h:443 -> wss://h/",
      })
  void parseSerializes(String input, String href) {
    assertThat(parse(input)).isEqualTo(href);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "relative",
        "http://",
        "http://h:99999/",
        "http://h:8x/",
        "http://a b/",
        "http://[1::2::3]/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://a%00b/",
        "http://xn--/",
        "//h/x",
        "http://user@/"
      })
  void parseRefuses(String input) {
    assertThat(url.call("parse", JsValue.of(input), JsValue.UNDEFINED))
        .isEqualTo(JsValue.UNDEFINED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "../x -> http://h/a/b/c?q -> http://h/a/x",
        "//other/y -> http://h/a -> http://other/y",
        "?n -> http://h/a?q#f -> http://h/a?n",
        "#n -> mailto:x -> mailto:x#n",
        "'' -> http://h/a?q#f -> http://h/a?q",
        "/C|/y -> file:///D:/x -> file:///C:/y",
        "/y -> file:///D:/x -> file:///D:/y",
      })
  void parseResolvesAgainstABase(String input, String base, String href) {
    assertThat(url.call("parse", JsValue.of(input), JsValue.of(base))).isEqualTo(JsValue.of(href));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "http://h:81/ -> protocol -> https -> https://h:81/",
        "http://h/ -> protocol -> mailto -> http://h/",
        "http://h/ -> username -> a:b -> http://a%3Ab@h/",
        "file:///x -> port -> 80 -> file:///x",
        "http://h/ -> port -> 80x -> http://h/",
        "http://h/ -> port -> 8080x -> http://h:8080/",
        "http://h/ -> host -> other:99 -> http://other:99/",
        "http://h/ -> hostname -> other:99 -> http://h/",
        "http://h/x -> pathname -> a b/../c -> http://h/c",
        "http://h/?a -> search -> '' -> http://h/",
        "http://h/ -> hash -> #x y -> http://h/#x%20y",
      })
  void setChangesOnePart(String href, String part, String value, String changed) {
    assertThat(url.call("set", JsValue.of(href), JsValue.of(part), JsValue.of(value)))
        .isEqualTo(JsValue.of(changed));
  }

  @Test
  void percentDecodeKeepsWhatIsNoEscapeAndReplacesInvalidUtf8() {
    assertThat(url.call("percentDecode", JsValue.of("%41%zz%4%C3%A9%FF+")))
        .isEqualTo(JsValue.of("A%zz%4é\uFFFD+"));
  }

  private String parse(String input) {
    return ((JsValue.Str) url.call("parse", JsValue.of(input), JsValue.UNDEFINED)).value();
  }
}
