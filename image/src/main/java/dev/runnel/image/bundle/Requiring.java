package dev.runnel.image.bundle;

import com.google.gson.JsonPrimitive;
import java.util.Set;

/**
 * A line of JavaScript that gives CommonJS packages in an ES module the built-in modules that they
 * {@code require}: it imports exactly these, so that nothing is looked up at run time.
 */
final class Requiring {
  private Requiring() {}

  static String of(Set<String> modules) {
    StringBuilder imports = new StringBuilder();
    StringBuilder table = new StringBuilder();
    int number = 0;
    for (String module : modules) {
      String name = "__required" + number++;
      String text = new JsonPrimitive(module).toString();
      imports.append("import %s from %s; ".formatted(name, text));
      table.append("%s: %s, ".formatted(text, name));
    }
    return imports
        + "const __required = { __proto__: null, "
        + table
        + "}; const require = (name) => { if (name in __required) return __required[name];"
        + " throw new Error(`Cannot find module '${name}'`); };";
  }
}
