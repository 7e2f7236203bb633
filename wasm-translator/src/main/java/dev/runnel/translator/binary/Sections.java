package dev.runnel.translator.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A module as a list of sections in file order, each still in its binary form. */
public final class Sections {
  public static final int CUSTOM = 0;
  public static final int TYPE = 1;
  public static final int IMPORT = 2;
  public static final int FUNCTION = 3;
  public static final int TABLE = 4;
  public static final int MEMORY = 5;
  public static final int GLOBAL = 6;
  public static final int EXPORT = 7;
  public static final int START = 8;
  public static final int ELEMENT = 9;
  public static final int CODE = 10;
  public static final int DATA = 11;
  public static final int DATA_COUNT = 12;
  public static final int TAG = 13;

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  /** The order that the specification demands; custom sections may stand anywhere. */
  private static final List<Integer> ORDER =
      List.of(
          TYPE,
          IMPORT,
          FUNCTION,
          TABLE,
          MEMORY,
          TAG,
          GLOBAL,
          EXPORT,
          START,
          ELEMENT,
          DATA_COUNT,
          CODE,
          DATA);

  private record Section(int id, byte[] content) {}

  private final List<Section> sections = new ArrayList<>();

  private Sections() {}

  public static Sections parse(byte[] module) {
    ByteReader in = new ByteReader(module);
    if (module.length < HEADER.length || !Arrays.equals(in.take(HEADER.length), HEADER)) {
      throw new MalformedModuleException("These bytes are no WebAssembly module of version 1.");
    }
    Sections parsed = new Sections();
    while (in.hasMore()) {
      int id = in.u8();
      parsed.sections.add(new Section(id, in.take(in.u32())));
    }
    return parsed;
  }

  public boolean has(int id) {
    return find(id).isPresent();
  }

  /** The content of a section; that of an absent one is an empty vector. */
  public byte[] content(int id) {
    return find(id).map(Section::content).orElse(new byte[] {0});
  }

  public ByteReader reader(int id) {
    return new ByteReader(content(id));
  }

  /** Replaces a section, or adds it at its place. */
  public void put(int id, byte[] content) {
    Section section = new Section(id, content);
    Optional<Section> old = find(id);
    if (old.isPresent()) {
      sections.set(sections.indexOf(old.get()), section);
      return;
    }
    int rank = ORDER.indexOf(id);
    int at = 0;
    for (int i = 0; i < sections.size(); i++) {
      if (ORDER.indexOf(sections.get(i).id()) < rank && sections.get(i).id() != CUSTOM) {
        at = i + 1;
      }
    }
    sections.add(at, section);
  }

  public void removeCustom() {
    sections.removeIf(section -> section.id() == CUSTOM);
  }

  public byte[] toBytes() {
    ByteWriter out = new ByteWriter().bytes(HEADER);
    sections.forEach(section -> out.u8(section.id()).sized(section.content()));
    return out.toBytes();
  }

  private Optional<Section> find(int id) {
    return sections.stream().filter(section -> section.id() == id).findFirst();
  }
}
