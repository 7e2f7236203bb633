package dev.runnel.quickjs;

import dev.runnel.engine.Mailbox;
import java.util.function.Consumer;

/**
 * The shared region, allocated once in the guest's heap and never freed. Java reads it at the
 * address recorded here, whatever becomes of the guest's ArrayBuffer over it.
 */
final class MailboxRegion {

  /**
   * @param buffer the guest's ArrayBuffer, a value that this record owns
   */
  record Place(int address, int length, long buffer) {}

  /** Of a heap that has no region yet. */
  static final Place NOWHERE = new Place(0, 0, Value.UNDEFINED);

  private final Guest guest;
  private final Place place;
  private final Consumer<Mailbox> reader;

  MailboxRegion(Guest guest, Place place, Consumer<Mailbox> reader) {
    this.guest = guest;
    this.place = place;
    this.reader = reader;
  }

  /** Allocates a region and its ArrayBuffer, which can neither be transferred nor detached. */
  static Place allocate(Guest guest, QuickJs js, int length) {
    int address = guest.callInt(Export.malloc, length);
    if (address == 0) {
      throw new GuestOutOfMemoryException();
    }
    long buffer = guest.call(Export.JS_NewArrayBuffer, js.context(), address, length, 0, 0, 0, 0);
    BytesLayout.forbidTransfer(guest, Value.payload(buffer));
    new Mailbox(guest.window(address, length)).clear();
    return new Place(address, length, buffer);
  }

  Place place() {
    return place;
  }

  long buffer() {
    return place.buffer();
  }

  /** A window over the region as it lies in memory now. */
  Mailbox open() {
    return new Mailbox(guest.window(place.address(), place.length()));
  }

  void flush() {
    reader.accept(open());
  }
}
