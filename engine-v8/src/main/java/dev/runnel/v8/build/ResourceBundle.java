package dev.runnel.v8.build;

import java.util.HashSet;
import java.util.Set;

/**
 * A binary resource bundle (ICU's uresdata.h): a root, indexes, keys, 16-bit units, then resources
 * that refer to each other by word offsets, with their type in the four highest bits.
 */
final class ResourceBundle {
  private static final int STRING = 0;
  private static final int BINARY = 1;
  private static final int TABLE = 2;
  private static final int ALIAS = 3;
  private static final int TABLE_32 = 4;
  private static final int ARRAY = 8;
  private static final int INT_VECTOR = 14;

  private static final int KEYS_TOP = 1;
  private static final int UNITS_TOP = 6;

  private final Bytes body;
  private final Set<Integer> turned = new HashSet<>();

  ResourceBundle(Bytes body) {
    this.body = body;
  }

  void turn() {
    int root = body.i32(0);
    int indexes = body.i32(4) & 0xff;
    int keysTop = index(KEYS_TOP);
    int unitsTop = indexes > UNITS_TOP ? index(UNITS_TOP) : keysTop;
    turnResource(root);
    body.turn16(4 * keysTop, 2 * (unitsTop - keysTop));
    body.turn32(0, 1 + indexes);
  }

  private int index(int number) {
    return body.i32(4 + 4 * number);
  }

  private void turnResource(int resource) {
    int type = resource >>> 28;
    int position = 4 * (resource & 0x0fffffff);
    if (position == 0 || !turned.add(position)) {
      return;
    }
    switch (type) {
      case STRING, ALIAS -> turnString(position);
      case BINARY -> turnBinary(position);
      case TABLE -> turnTable(position);
      case TABLE_32 -> turnTable32(position);
      case ARRAY -> turnArray(position);
      case INT_VECTOR -> body.turn32(position, 1 + body.i32(position));
      default -> turned.remove(position); // Among the 16-bit units, or no offset at all.
    }
  }

  private void turnString(int position) {
    int length = body.i32(position);
    body.turn32(position, 1);
    body.turn16(position + 4, length);
  }

  /** A binary can be a whole file of ICU's data, as collation rules are. */
  private void turnBinary(int position) {
    int length = body.i32(position);
    body.turn32(position, 1);
    Bytes content = body.from(position + 4);
    if (length > 0 && IcuItem.hasHeader(content) && IcuItem.format(content).equals("UCol")) {
      IcuItem.turn(content);
    }
  }

  private void turnTable(int position) {
    int count = body.u16(position);
    body.turn16(position, 1 + count);
    turnItems(position + 4 * ((1 + count + 1) / 2), count);
  }

  private void turnTable32(int position) {
    int count = body.i32(position);
    body.turn32(position, 1 + count);
    turnItems(position + 4 + 4 * count, count);
  }

  private void turnArray(int position) {
    int count = body.i32(position);
    body.turn32(position, 1);
    turnItems(position + 4, count);
  }

  private void turnItems(int position, int count) {
    for (int i = 0; i < count; i++) {
      turnResource(body.i32(position + 4 * i));
    }
    body.turn32(position, count);
  }
}
