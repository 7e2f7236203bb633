package dev.runnel.quickjs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.quickjs.WasmCompiler.RefusedException;
import dev.runnel.translator.binary.ByteReader;
import dev.runnel.translator.binary.ByteWriter;
import dev.runnel.translator.binary.MalformedModuleException;
import dev.runnel.translator.binary.Sections;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module's file in the form that Endive takes: without custom sections, of which it reads some,
 * and with imports that are named by their numbers, since it finds what is imported by name and
 * programs may import several things under one.
 *
 * @param code the module that remains
 * @param imports what the program calls its imports
 * @param custom the contents of custom sections by name
 */
record WasmSections(byte[] code, List<ImportName> imports, Map<String, List<byte[]>> custom) {
  private static final int HEADER = 8;
  private static final int MOST_LOCALS = 2_000_000;

  private static final int FUNCTION = 0;
  private static final int TABLE = 1;
  private static final int MEMORY = 2;
  private static final int GLOBAL = 3;
  private static final int TYPED_REFERENCE = 0x63;
  private static final int TYPED_NON_NULL_REFERENCE = 0x64;

  record ImportName(String module, String name) {}

  /**
   * Takes a file apart, of which nothing has been validated.
   *
   * @throws RefusedException if there are no sections to be found in it
   */
  static WasmSections of(byte[] module) throws RefusedException {
    try {
      Map<String, List<byte[]>> custom = custom(module);
      Sections sections = Sections.parse(module);
      sections.removeCustom();
      List<ImportName> imports = new ArrayList<>();
      if (sections.has(Sections.IMPORT)) {
        sections.put(Sections.IMPORT, number(sections.reader(Sections.IMPORT), imports));
      }
      if (sections.has(Sections.CODE)) {
        countLocals(sections.reader(Sections.CODE));
      }
      return new WasmSections(sections.toBytes(), imports, custom);
    } catch (MalformedModuleException malformed) {
      throw new RefusedException(String.valueOf(malformed.getMessage()));
    }
  }

  private static Map<String, List<byte[]>> custom(byte[] module) throws RefusedException {
    Map<String, List<byte[]>> found = new LinkedHashMap<>();
    ByteReader in = new ByteReader(module);
    in.take(HEADER);
    while (in.hasMore()) {
      int id = in.u8();
      ByteReader section = new ByteReader(in.take(in.u32()));
      if (id == Sections.CUSTOM) {
        found.computeIfAbsent(name(section), _ -> new ArrayList<>()).add(section.rest());
      }
    }
    return found;
  }

  private static String name(ByteReader in) throws RefusedException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(in.take(in.u32()))).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException("a name is no valid UTF-8");
    }
  }

  /** A few bytes can declare a million locals, which the parser keeps in a list. */
  private static void countLocals(ByteReader code) throws RefusedException {
    long locals = 0;
    for (int functions = code.u32(); functions != 0 && code.hasMore(); functions--) {
      ByteReader body = new ByteReader(code.take(code.u32()));
      for (int groups = body.u32(); groups != 0 && body.hasMore(); groups--) {
        locals += Integer.toUnsignedLong(body.u32());
        skipType(body);
      }
      if (locals > MOST_LOCALS) {
        throw new RefusedException(
            "The module's functions have more than %d locals together.".formatted(MOST_LOCALS));
      }
    }
  }

  private static byte[] number(ByteReader in, List<ImportName> names) throws RefusedException {
    int count = in.u32();
    ByteWriter out = new ByteWriter().u32(count);
    for (int i = 0; i != count; i++) {
      names.add(new ImportName(name(in), name(in)));
      out.name("").name(String.valueOf(i));
      int start = in.position();
      skipDescription(in);
      out.bytes(in.since(start));
    }
    return out.bytes(in.rest()).toBytes();
  }

  private static void skipDescription(ByteReader in) {
    switch (in.u8()) {
      case FUNCTION -> in.u32();
      case TABLE -> {
        skipType(in);
        skipLimits(in);
      }
      case MEMORY -> skipLimits(in);
      case GLOBAL -> {
        skipType(in);
        in.u8();
      }
      default -> {
        in.u8();
        in.u32();
      }
    }
  }

  private static void skipType(ByteReader in) {
    int type = in.u8();
    if (type == TYPED_REFERENCE || type == TYPED_NON_NULL_REFERENCE) {
      in.s64();
    }
  }

  private static void skipLimits(ByteReader in) {
    boolean hasMaximum = (in.u8() & 1) != 0;
    in.s64();
    if (hasMaximum) {
      in.s64();
    }
  }
}
