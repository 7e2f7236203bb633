package dev.runnel.conformance;

import java.util.List;

/**
 * An area of the Web Platform Tests.
 *
 * @param folders below the checkout
 * @param wanted how many subtests are to pass at the least, on each engine; 0 where no number was
 *     set
 */
record WptArea(String name, List<String> folders, int wanted) {
  /** What can be tested without a server and a document, of what Runnel has. */
  static final List<WptArea> ALL =
      List.of(
          of("compression", 300),
          new WptArea("dom", List.of("dom/abort", "dom/events"), 76),
          of("encoding", 11_780),
          new WptArea(
              "fetch/api",
              List.of(
                  "fetch/api/abort",
                  "fetch/api/body",
                  "fetch/api/headers",
                  "fetch/api/request",
                  "fetch/api/response"),
              665),
          of("fetch/data-urls", 0),
          of("FileAPI", 370),
          of("hr-time", 0),
          of("html/webappapis", 500),
          of("mimesniff", 1_030),
          of("streams", 1_100),
          of("url", 5_100),
          of("urlpattern", 735),
          of("user-timing", 0),
          of("wasm/jsapi", 0),
          of("wasm/webapi", 0),
          of("webidl", 135),
          of("webmessaging/broadcastchannel", 0),
          of("xhr/formdata", 39),
          of("WebCryptoAPI", 31_000));

  private static WptArea of(String folder, int wanted) {
    return new WptArea(folder, List.of(folder), wanted);
  }

  static List<String> allFolders() {
    return ALL.stream().flatMap(area -> area.folders().stream()).toList();
  }

  boolean has(String file) {
    return folders.stream().anyMatch(folder -> file.startsWith(folder + "/"));
  }
}
