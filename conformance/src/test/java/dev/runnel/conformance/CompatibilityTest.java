package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runnel.conformance.CompatibilityPage.Api;
import dev.runnel.conformance.CompatibilityPage.Area;
import dev.runnel.server.JettyNetwork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * {@code docs/compatibility.md} says what programs find. {@code
 * conformance/compatibility/probe.mjs} looks; what it found is kept for each engine in {@code
 * golden}, and the page is made of that. {@code ./dev docs} writes both anew.
 */
class CompatibilityTest {
  private static final Path FOLDER = Project.CONFORMANCE.resolve("compatibility");
  private static final Path PAGE = Project.ROOT.resolve("docs/compatibility.md");
  private static final String PORTABLE = "portable";
  private static final String WRITE = "compatibility.write";
  private static final String REMEDY = "`./dev docs` writes it anew";

  @BeforeAll
  static void writeAnewIfAsked() throws Exception {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(golden(Project.ENGINE), found());
      Files.writeString(golden(PORTABLE), PortableProbe.found());
      Files.writeString(PAGE, page());
    }
  }

  @Test
  void theListSaysWhatAProgramFinds() throws Exception {
    assertSame(found(), golden(Project.ENGINE));
  }

  @Test
  @DisabledIfSystemProperty(named = "runnel.engine", matches = "v8")
  void aListSaysWhatAProgramFindsInAPortableFile() throws Exception {
    assertSame(PortableProbe.found(), golden(PORTABLE));
  }

  private static void assertSame(String text, Path list) throws IOException {
    List<String> found = text.lines().toList();
    List<String> listed = Files.readAllLines(list);

    assertThat(without(found, listed)).as("found, and not on the list: " + REMEDY).isEmpty();
    assertThat(without(listed, found)).as("on the list, and not found: " + REMEDY).isEmpty();
  }

  private static List<String> without(List<String> lines, List<String> others) {
    Set<String> known = Set.copyOf(others);
    return lines.stream().filter(line -> !known.contains(line)).toList();
  }

  /** While they are written, one engine's list is older than the other's. */
  @Test
  @DisabledIfSystemProperty(named = WRITE, matches = "true")
  void thePageSaysWhatTheListsSay() throws IOException {
    assertThat(apis("quickjs").keySet()).containsExactlyElementsOf(apis("v8").keySet());
    assertThat(apis("quickjs").keySet()).containsExactlyElementsOf(apis(PORTABLE).keySet());
    assertThat(Project.read(PAGE)).as(REMEDY).isEqualTo(page());
  }

  private static Path golden(String engine) {
    return FOLDER.resolve("golden/" + engine + ".txt");
  }

  private static String found() throws Exception {
    try (TestBindings bindings = new TestBindings();
        JettyNetwork network = new JettyNetwork();
        Served probe =
            Served.start(
                FOLDER.resolve("probe.mjs"),
                network,
                Project.OPTIONS.withBindings(bindings.bindings()));
        HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(probe.url("/"))).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("status of the probe's answer").isEqualTo(200);
      return answer.body();
    }
  }

  private static String page() throws IOException {
    return CompatibilityPage.of(areas(), apis("quickjs"), apis("v8"), apis(PORTABLE));
  }

  /** The states of one engine, in the order of the list. */
  private static SequencedMap<Api, String> apis(String engine) throws IOException {
    SequencedMap<Api, String> states = new LinkedHashMap<>();
    for (String line : Files.readAllLines(golden(engine))) {
      String[] cells = line.split("\t", 3);
      states.put(new Api(cells[0], cells[1]), cells[2]);
    }
    return states;
  }

  /** The folders of the Web Platform Tests, with what {@code passes.txt} has of each. */
  private static List<Area> areas() throws IOException {
    List<String> lines =
        Files.readAllLines(WptTest.PASSES).stream().filter(line -> !line.startsWith("#")).toList();
    return WptArea.allFolders().stream()
        .map(folder -> area(folder, lines))
        .filter(area -> area.files() > 0)
        .toList();
  }

  /** Of lines such as {@code 3 of 4 url/url-origin.any.js}. */
  private static Area area(String folder, List<String> lines) {
    Area sum = new Area(folder, 0, 0, 0);
    for (String line : lines) {
      String[] words = line.strip().split(" +", 4);
      if (words[3].startsWith(folder + "/")) {
        sum = sum.plusFile(Integer.parseInt(words[0]), Integer.parseInt(words[2]));
      }
    }
    return sum;
  }
}
