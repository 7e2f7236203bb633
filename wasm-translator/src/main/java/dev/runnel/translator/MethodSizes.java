package dev.runnel.translator;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.HashMap;
import java.util.Map;

/** Bytes of JVM code by method name, constructors and initialisers left out. */
final class MethodSizes {
  private MethodSizes() {}

  static Map<String, Integer> of(byte[] classFile) {
    Map<String, Integer> sizes = new HashMap<>();
    for (var method : ClassFile.of().parse(classFile).methods()) {
      String name = method.methodName().stringValue();
      if (!name.startsWith("<")) {
        method
            .findAttribute(Attributes.code())
            .ifPresent(code -> sizes.merge(name, code.codeLength(), Math::max));
      }
    }
    return sizes;
  }
}
