package dev.runnel.translator;

import dev.runnel.wasm.TranslatedModule;
import java.util.List;

/** Runs the checks of intrinsics on a translation that has them. */
final class IntrinsicChecks {
  private IntrinsicChecks() {}

  static List<Intrinsic> failed(Translation translation, List<Intrinsic> intrinsics) {
    if (intrinsics.isEmpty()) {
      return List.of();
    }
    ClassLoader loader = translation.loader(IntrinsicChecks.class.getClassLoader());
    TranslatedModule module = TranslatedModule.load(translation.className(), loader);
    return intrinsics.stream().filter(intrinsic -> !holds(intrinsic, module)).toList();
  }

  private static boolean holds(Intrinsic intrinsic, TranslatedModule module) {
    try {
      return intrinsic.check().holds(module);
    } catch (Exception | LinkageError e) {
      return false; // A check that can't run has not held; the warning names the intrinsic.
    }
  }
}
