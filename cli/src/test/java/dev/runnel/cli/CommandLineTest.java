package dev.runnel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(args);
  }

  @Test
  void helpListsTheCommands() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: runnel").contains("run ");
  }

  @Test
  void helpOfACommandListsItsOptions() {
    assertThat(execute("run", "--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: runnel run [OPTIONS] FILE|IMAGE [ARGS]")
        .contains(
            "--dir",
            "--env",
            "--json",
            "--secret",
            "--kv",
            "--kv-limits",
            "--cache",
            "--service",
            "--cron",
            "--origin",
            "--listen",
            "-p",
            "--memory",
            "--cpu-time",
            "--limits",
            "--engine",
            "--jit",
            "--isolates");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).matches("(?s)runnel \\d+\\.\\d+\\.\\d+.*on Java \\d+.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                              | There is no command. Name one, such as: runnel run FILE.",
        "walk                          | There is no command \"walk\".",
        "run                           | Missing required parameter: 'FILE'.",
        "run --walk a.js               | Unknown option: '--walk'.",
        "run --memory lots a.js        | \"lots\" is not a size; write it like 64m or 1g.",
        "run --memory 1m a.js          | The memory limit must be from 4 MB to 2047 MB. It is 1048576 bytes.",
        "run --limits size=1 a.js      | There is no limit \"size\"; there are requests, output, timers, outgoing, sockets,",
        "run --limits sockets=0 a.js   | The limit sockets must be from 1 to 2147483647, not 0.",
        "run --limits wasm-module=4g a.js | The limit wasm-module must be from 1 to 2147483647, not 4294967296.",
        "run --limits sockets a.js     | \"sockets\" has no name and value; write it like NAME=VALUE.",
        "run --cpu-time 5 a.js         | \"5\" is not a duration; write it like 500ms or 2s.",
        "run --cpu-time 0s a.js        | \"0s\" is not a duration; write it like 500ms or 2s.",
        "run --jit yes a.js            | \"yes\" is neither off nor on.",
        "run --listen here a.js        | \"here\" has no port from 0 to 65535; write it like 127.0.0.1:8080.",
        "run --listen a:70000 a.js     | \"a:70000\" has no port from 0 to 65535; write it like 127.0.0.1:8080.",
        "run -p 80 a.js                | \"80\" is not a pair of ports; write it like 9000:8001.",
        "run -p a:b a.js               | \"a:b\" has no port from 0 to 65535; write it like 127.0.0.1:8080.",
        "run --env HOME a.js           | \"HOME\" has no name and value; write it like NAME=VALUE.",
        "run --env =x a.js             | \"=x\" has no name and value; write it like NAME=VALUE.",
        "run --dir data a.js           | \"data\" is not a pair of folders; write it like /data:./data.",
        "run --dir /d:nowhere a.js     | There is no folder \"nowhere\".",
        "run --json A={ a.js           | --json: The value of A is not valid JSON.",
        "run --json A=@no.json a.js    | The file \"no.json\" can't be read.",
        "run --secret A=b a.js         | A secret is read from a file; write it like NAME=@PATH.",
        "run --json A=1 --json A=2 a.js | The name \"A\" is given twice.",
        "run --env A=1 --json A=2 a.js | The name \"A\" is given twice.",
        "run --json a-b=1 a.js         | A binding can't be called \"a-b\"; a name consists of letters, digits and _.",
        "run --kv-limits size=1 a.js   | There is no limit \"size\"; there are key, value, metadata, operations and total.",
        "run --kv-limits key=0 a.js    | The limit key can't be 0.",
        "run --cron daily a.js         | \"daily\" is not a schedule; write it like \"*/5 * * * *\".",
        "trigger a.js --time noon      | \"noon\" is no time; write it like 2026-01-31T12:00:00Z.",
        "run --origin here a.js        | \"here\" is no origin; write it like http://127.0.0.1:3000.",
        "run --limits outgoing=0 a.js   | The limit outgoing must be from 1 to 2147483647, not 0.",
        "run --isolates 0 a.js         | A program runs in 1 to 4096 isolates, not in 0 to 0",
        "run --isolates 4-2 a.js       | A program runs in 1 to 4096 isolates, not in 4 to 2",
        "run --isolates many a.js      | \"many\" is no number of isolates; write it like 4 or 1-8.",
        "run --isolation none a.js     | There is no isolation \"none\"; there are isolate and request.",
        "run --requests 0 a.js         | A program takes at least one request at once, not 0",
        "run --replace-at 0 a.js       | from 1 to 100 percent of its memory limit, not from 0.",
      })
  void aWrongCallIsOneSentenceAndExitCode2(String line, String sentence) {
    int exitCode = execute(line == null ? new String[0] : line.split(" +"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("runnel: ").contains(sentence);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsOneSentenceAndExitCode1() {
    assertThat(execute("run", "nowhere.js")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "runnel: There is no file nowhere.js, and no image nowhere.js:latest here.");
  }

  @Test
  void whatFollowsTheFileIsTheProgramsOwn() {
    assertThat(execute("run", "nowhere.js", "--memory", "lots", "--help")).isEqualTo(1);
  }
}
