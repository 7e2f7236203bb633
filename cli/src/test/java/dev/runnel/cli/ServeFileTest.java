package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.worker.PoolOptions;
import dev.runnel.runtime.worker.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a runnel.toml means, and how its mistakes are told. */
class ServeFileTest {
  @TempDir Path folder;

  @Test
  void anAppGetsWhatItsTableSays() throws Exception {
    Files.createDirectory(folder.resolve("data"));
    ServeFile file =
        read(
            """
            listen = ["127.0.0.1:8001", "8002"]
            drain = "3s"

            [app.shop]
            program = "shop/main.js"
            host = ["shop.example", "*.shop.example"]
            path = "/api/"
            isolates = "1-3"
            isolation = "request"
            spares = 2
            trusted = true
            engine = "v8"
            arguments = ["a", "b"]
            [app.shop.limits]
            memory = "32m"
            cpu = "250ms"
            requests = 50
            queue = 5
            queue-wait = "2s"
            [app.shop.env]
            B = "2"
            A = "1"
            [app.shop.json]
            LIST = [1, { x = "y" }]
            [app.shop.secrets]
            KEY = "key.txt"
            [app.shop.kv]
            STORE = ""
            SHARED = "redis://localhost"
            [app.shop.dirs]
            "/data" = "data"
            [app.shop.services]
            BACK = "back"
            [app.back]
            program = "back.js"
            internal = true
            """);

    assertThat(file.listen()).extracting(address -> address.getPort()).containsExactly(8001, 8002);
    assertThat(file.drain()).isEqualTo(Duration.ofSeconds(3));
    AppSettings shop = file.apps().getFirst();
    assertThat(shop.program()).isEqualTo(folder.resolve("shop/main.js"));
    assertThat(shop.routes())
        .containsExactly(
            new AppRoute("shop.example", "/api"), new AppRoute("*.shop.example", "/api"));
    assertThat(shop.options().pool().isolation()).isEqualTo(PoolOptions.Isolation.REQUEST);
    assertThat(shop.options().pool().scaling())
        .isEqualTo(PoolOptions.Scaling.between(1, 3).withSpares(2));
    assertThat(shop.options().pool().admission())
        .isEqualTo(new PoolOptions.Admission(50, 5, Duration.ofSeconds(2)));
    assertThat(shop.options().trust()).isEqualTo(Trust.FULL);
    assertThat(shop.options().limits().memoryBytes()).isEqualTo(32 << 20);
    assertThat(shop.options().turnLimits().cpu()).contains(Duration.ofMillis(250));
    assertThat(shop.options().environment().toString()).isEqualTo("{B=2, A=1}");
    assertThat(shop.json()).containsExactly(new OptionValues.Variable("LIST", "[1,{\"x\":\"y\"}]"));
    assertThat(shop.namespaces())
        .containsExactly(
            new OptionValues.Variable(
                "STORE", folder.resolve(".runnel/kv/shop/STORE.db").toString()),
            new OptionValues.Variable("SHARED", "redis://localhost"));
    assertThat(shop.services()).containsEntry("BACK", "back");
    assertThat(file.apps().get(1).routes()).isEmpty();
  }

  @Test
  void aHostedAppIsGivenNothingByItself() throws Exception {
    AppSettings app = read("[app.a]\nprogram = 'a.js'").apps().getFirst();

    assertThat(app.egress()).isEqualTo(Egress.NOTHING);
    assertThat(app.options().trust()).isEqualTo(Trust.NONE);
    assertThat(app.options().environment()).isEmpty();
    assertThat(app.options().directories()).isEmpty();
    assertThat(app.options().turnLimits().cpu()).contains(Duration.ofSeconds(1));
    assertThat(app.routes()).containsExactly(new AppRoute("", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listen = 1 2|1: This is not TOML: ",
        "listen = '::'\\n|1: \"listen\" is wrong: \"::\" has no port",
        "nothing = 1\\n"
            + "[app.a]\\n"
            + "program = 'a.js'|1: The file has no key \"nothing\"; there are app, drain,",
        "drain = '5s'|1: There is no app; describe one in a table like [app.shop].",
        "[app.a]\\nhost = 'a.example'|1: [app.a] needs the key \"program\".",
        "[app.a]\\nprogram = true|2: \"app.a.program\" has to be a text in quotation marks.",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "programm = 'b.js'|3: [app.a] has no key \"programm\"; there are ",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.a.limits]\\n"
            + "memroy = '1m'|4: [app.a.limits] has no key \"memroy\"",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.a.limits]\\n"
            + "memory = 'much'|4: \"app.a.limits.memory\" is wrong: \"much\" is not a size",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.a.limits]\\n"
            + "memory = '1m'|4: \"app.a.limits.memory\" is wrong: The memory limit must be from 4"
            + " MB",
        "[app.a]\\nprogram = 'a.js'\\npath = 'x'|3: \"app.a.path\" has to begin with a slash",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "host = 'a.example:80'|3: \"app.a.host\" can't be \"a.example:80\"",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "spares = -1|3: \"app.a.spares\" has to be a whole number from 0 to 1000.",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "trusted = 'yes'|3: \"app.a.trusted\" has to be true or false.",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.a.dirs]\\n"
            + "'/d' = 'nowhere'|4: \"app.a.dirs./d\" means the folder ",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.b]\\n"
            + "program = 'b.js'|3: \"app.b\" is to be reached at any host/, as app.a is.",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.a.services]\\n"
            + "B = 'b'|4: \"app.a.services.B\" means the app \"b\", and there are a.",
        "[app.a]\\n"
            + "program = 'a.js'\\n"
            + "[app.a.env]\\n"
            + "X = '1'\\n"
            + "[app.a.json]\\n"
            + "X = 1|1: [app.a] gives the name \"X\" twice.",
        "[app.A]\\nprogram = 'a.js'|1: \"A\" can't name an app",
        "[app.a]\\n"
            + "program = 'a.wasm'\\n"
            + "engine = 'v8'|3: \"app.a.engine\" is for programs in JavaScript, and a.wasm is"
            + " WebAssembly.",
        "[app.a]\\n"
            + "program = 'a.wasm'\\n"
            + "[app.a.kv]\\n"
            + "X = ''|3: \"app.a.kv\" is for programs in JavaScript, and a.wasm",
        "[app.a]\\n"
            + "program = 'a.wasm'\\n"
            + "[app.a.limits]\\n"
            + "timers = 5|4: \"app.a.limits.timers\" is for programs in JavaScript, and a.wasm",
      })
  void aMistakeIsOneSentenceWithItsLine(String text, String sentence) {
    assertThatExceptionOfType(ServeFileException.class)
        .isThrownBy(() -> read(text.replace("\\n", "\n")))
        .withMessageStartingWith(folder.resolve("runnel.toml") + ":" + sentence)
        .matches(mistake -> mistake.sentence().lines().count() == 1, "one line");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatExceptionOfType(ServeFileException.class)
        .isThrownBy(() -> ServeFile.read(Path.of("nowhere.toml")))
        .withMessage("The file nowhere.toml can't be read.");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example,/,  a.example,/x,    true",
    "a.example,/,  b.example,/,     false",
    "*.example,/,  a.example,/,     true",
    "*.example,/,  example,/,       false",
    "'',/api,      any,/api,        true",
    "'',/api,      any,/api/x,      true",
    "'',/api,      any,/api?x,      true",
    "'',/api,      any,/apix,       false",
  })
  void aRouteEndsAtASegment(
      String host, String path, String askedHost, String askedPath, boolean matches) {
    assertThat(AppRoute.of(host, path).matches(askedHost, askedPath)).isEqualTo(matches);
  }

  @Test
  void theRouteThatSaysMostComesFirst() {
    var any = AppRoute.of("", "/");
    var path = AppRoute.of("", "/api");
    var wild = AppRoute.of("*.example", "/");
    var name = AppRoute.of("a.example", "/");
    var nameAndPath = AppRoute.of("a.example", "/api");

    assertThat(
            List.of(any, nameAndPath, wild, path, name).stream().sorted(AppRoute.MOST_EXACT_FIRST))
        .containsExactly(nameAndPath, name, wild, path, any);
  }

  private ServeFile read(String text) throws Exception {
    Path file = folder.resolve("runnel.toml");
    Files.writeString(file, text);
    return ServeFile.read(file);
  }
}
