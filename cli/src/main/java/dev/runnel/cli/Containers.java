package dev.runnel.cli;

import dev.runnel.image.jvm.IntlData;
import dev.runnel.image.jvm.JvmCommand;
import dev.runnel.image.jvm.JvmCommand.Contents;
import dev.runnel.image.jvm.JvmRuntime;
import dev.runnel.image.oci.ImageException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a <em>jvm</em> image has of this Runnel: the engine that is a sandbox, and no tools. */
final class Containers {
  /** As in {@code scripts/java.sh}. */
  static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:MaxRAMPercentage=60",
          "-XX:NewRatio=6",
          "-XX:NewSize=12m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:TrimNativeHeapInterval=5000",
          "--enable-native-access=ALL-UNNAMED");

  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "jdk.management",
          "jdk.unsupported");

  /** V8, esbuild, what makes WebAssembly files of programs, what reads TOML, annotations. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "/((runnel-(portable|engine-v8)|javet|linux-x64|tomlj|antlr4-runtime|checker-qual"
              + "|error_prone_annotations|jspecify)-?[^/]*\\.jar"
              + "|(portable|engine-v8)/target/classes)$");

  private Containers() {}

  static JvmRuntime runtime(IntlData intl)
      throws IOException, ImageException, InterruptedException {
    return JvmRuntime.of(command(intl), BuildFlags.cache());
  }

  static JvmCommand command(IntlData intl) {
    return command(intl, ContainerMain.class);
  }

  /** Of a program of its own. */
  static JvmCommand executable(IntlData intl) {
    return command(intl, ExecutableMain.class);
  }

  private static JvmCommand command(IntlData intl, Class<?> main) {
    return new JvmCommand(
        new Contents(classPath(), MODULES, intl),
        OPTIONS,
        main.getName(),
        ContainerMain.Training.class.getName());
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .map(Path::toAbsolutePath)
        .filter(entry -> !LEFT_OUT.matcher(entry.toString()).find())
        .toList();
  }
}
