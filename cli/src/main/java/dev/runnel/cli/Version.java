package dev.runnel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. The build writes the number into {@code version.txt}. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "runnel " + number(), "on Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }

  private static String number() throws IOException {
    try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
      if (file == null) {
        throw new IOException("This build of Runnel does not know its version.");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
