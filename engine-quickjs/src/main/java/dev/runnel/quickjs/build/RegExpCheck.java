package dev.runnel.quickjs.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.runnel.quickjs.intrinsic.RegExpStart;
import dev.runnel.translator.Intrinsic;
import dev.runnel.wasm.FlatMemory;
import dev.runnel.wasm.TranslatedModule;
import java.util.HexFormat;
import run.endive.runtime.Instance;

/**
 * Tries {@link RegExpStart} on a translated QuickJS: on compiled patterns found in its heap, and on
 * what JavaScript sees, where the sticky twin of each pattern, which goes past the intrinsic, says
 * what is right.
 */
final class RegExpCheck {
  private static final String COMPARISON =
      """
      (() => {
        const sources = ["a", "[b-d]", "[^b-d]", "[&<>]", "^x", "^[ \\\\n]*j", "(a)|(b)", "a*b", "a?",
          "\\\\u0416", "[\\\\u0400-\\\\u04ff]", "(?:ab|cd)+", "\\\\bq", "$", "", "(?=a)a", "(?<!a)b", ".",
          "[^]", "\\\\xe9", "[\\\\xe0-\\\\xff]x?", "k", "s", "\\\\u017f", "\\\\u212a", "(?:)b", "a{2}", "[\\\\0-\\\\u{ff}]"];
        const texts = ["", "a", "xyz", "  \\nJavaScript", "abcdabcd", "<p class=a>b</p>", "\\u0416\\u0417 a", "\\xe9t\\xc9",
          "K\\u212as\\u017fS", "q aq q", "\\ud83d\\ude00a", "aab\\n", "0123456789".repeat(50) + "b"];
        for (const source of sources) for (const flags of ["", "i", "m", "s", "im", "u", "iu"]) {
          let plain, sticky;
          try {
            plain = new RegExp(source, flags + "gd");
            sticky = new RegExp(source, flags + "yd");
          } catch { continue; }
          for (const text of texts) for (const start of [0, 1, 2, text.length, 400]) {
            if (flags.includes("u") && text.includes("\\ud83d")) continue;
            plain.lastIndex = start;
            const found = plain.exec(text);
            let expected = null;
            for (let at = start; at <= text.length && expected === null; at++) {
              sticky.lastIndex = at;
              expected = sticky.exec(text);
            }
            const shown = (match) => match && JSON.stringify([match.index, match, match.indices]);
            if (shown(found) !== shown(expected) || plain.lastIndex !== (expected ? sticky.lastIndex : 0))
              return `/${source}/${flags} on ${JSON.stringify(text)} from ${start}: ${shown(found)}, not ${shown(expected)}`;
          }
        }
        return "equal";
      })()
      """;

  /** {@code /["&<]/}: header, the loop over positions, start, class, end. */
  private static final byte[] CLASS =
      HexFormat.of()
          .parseHex(
              ("0000 01 00 1f000000 0e06000000 06 0df5ffffff 1300"
                      + " 240300 22002200 26002600 3c003c00 1400 10")
                  .replace(" ", ""));

  private RegExpCheck() {}

  static Intrinsic intrinsic(int matcher) {
    return Intrinsic.inFront(
        "for regular expressions", matcher, RegExpStart.class, "exec", RegExpCheck::holds);
  }

  private static boolean holds(TranslatedModule module) {
    ScratchQuickJs scratch = new ScratchQuickJs(module);
    return scratch.evaluate(COMPARISON).equals("equal") && knowsTheCode(scratch);
  }

  /** Finds the code of a known pattern in the heap and runs the intrinsic on it. */
  private static boolean knowsTheCode(ScratchQuickJs scratch) {
    scratch.evaluate("globalThis.pattern = /[\"&<]/");
    int code = scratch.find(CLASS);
    int text = scratch.place("ab<d".getBytes(ISO_8859_1));
    int captures = scratch.place(new byte[8]);
    FlatMemory memory = scratch.memory();
    Instance instance = scratch.instance();
    return RegExpStart.exec(captures, code, text, 0, 4, 0, 0, memory, instance) == 1
        && memory.readInt(captures) == text + 2
        && memory.readInt(captures + 4) == text + 3
        && RegExpStart.exec(captures, code, text, 3, 4, 0, 0, memory, instance) == 0
        && memory.readInt(captures) == 0;
  }
}
