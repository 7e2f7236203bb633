package dev.runnel.conformance;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rule of the layers. It is written down here and nowhere else. */
class LayersTest {
  /**
   * Bottom first: a package may use only what stands before it. A name that ends in {@code ..}
   * includes the packages below it.
   */
  private static final List<String> LAYERS =
      List.of(
          "dev.runnel.wasm..",
          "dev.runnel.translator..",
          "dev.runnel.codec..",
          "dev.runnel.engine",
          "dev.runnel.quickjs..",
          "dev.runnel.v8..",
          "dev.runnel.portable..",
          "dev.runnel.runtime.error",
          "dev.runnel.runtime.snapshot",
          "dev.runnel.runtime.http",
          "dev.runnel.runtime.limit",
          "dev.runnel.runtime.file",
          "dev.runnel.runtime.loop",
          "dev.runnel.runtime.module",
          "dev.runnel.runtime.exchange",
          "dev.runnel.runtime.binding",
          "dev.runnel.runtime.cache",
          "dev.runnel.runtime.kv",
          "dev.runnel.runtime.host..",
          "dev.runnel.runtime.guest",
          "dev.runnel.runtime.worker",
          "dev.runnel.wasi",
          "dev.runnel.store",
          "dev.runnel.server..",
          "dev.runnel.image.oci",
          "dev.runnel.image.layer",
          "dev.runnel.image.store",
          "dev.runnel.image.registry",
          "dev.runnel.image.jvm",
          "dev.runnel.image.pack",
          "dev.runnel.image.bundle",
          "dev.runnel.image.scaffold",
          "dev.runnel.cli..");

  /** A build can leave it out. */
  private static final String OPTIONAL = "dev.runnel.v8..";

  /** Everything from here up knows the engine's SPI and no engine. */
  private static final String LOWEST_ABOVE_THE_SPI = "dev.runnel.runtime.error";

  /** Codecs, which know no engine either. */
  private static final String CODECS = "dev.runnel.codec..";

  /** Programs that are WebAssembly from the start: they need no engine, and the translator. */
  private static final String WASI = "dev.runnel.wasi";

  private static final List<String> TRANSLATOR =
      List.of("dev.runnel.wasm..", "dev.runnel.translator..");

  /** The front door alone chooses what is on the class path. */
  private static final String CLI = "dev.runnel.cli..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.runnel");

  @Test
  void everyPackageHasALayer() {
    assertThat(CLASSES.stream().filter(type -> layerOf(type) < 0).map(JavaClass::getPackageName))
        .isEmpty();
  }

  @Test
  void everyLayerHasClasses() {
    assertThat(LAYERS)
        .filteredOn(layer -> !layer.equals(OPTIONAL))
        .allSatisfy(layer -> assertThat(CLASSES).anyMatch(type -> isIn(type, layer)));
  }

  @Test
  void everyPackageUsesOnlyWhatStandsBeforeIt() {
    assertThat(dependencies((from, to) -> layerOf(to) > layerOf(from))).isEmpty();
  }

  @Test
  void aboveTheSpiNobodyKnowsAnEngine() {
    int spi = LAYERS.indexOf("dev.runnel.engine");
    int above = LAYERS.indexOf(LOWEST_ABOVE_THE_SPI);
    assertThat(
            dependencies(
                (from, to) ->
                    layerOf(from) >= above
                        && !isIn(from, CLI)
                        && !(isIn(from, WASI) && TRANSLATOR.stream().anyMatch(it -> isIn(to, it)))
                        && layerOf(to) < above
                        && layerOf(to) != spi
                        && !isIn(to, CODECS)))
        .isEmpty();
  }

  @Test
  void noTwoPackagesUseEachOther() {
    slices().matching("dev.runnel.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private interface Forbidden {
    boolean test(JavaClass from, JavaClass to);
  }

  private static Set<String> dependencies(Forbidden forbidden) {
    Set<String> found = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith("dev.runnel") && forbidden.test(from, to)) {
          found.add(from.getName() + " uses " + to.getName());
        }
      }
    }
    return found;
  }

  private static int layerOf(JavaClass type) {
    for (int i = 0; i < LAYERS.size(); i++) {
      if (isIn(type, LAYERS.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isIn(JavaClass type, String layer) {
    String name = type.getPackageName();
    return layer.endsWith("..")
        ? (name + ".").startsWith(layer.substring(0, layer.length() - 1))
        : name.equals(layer);
  }
}
