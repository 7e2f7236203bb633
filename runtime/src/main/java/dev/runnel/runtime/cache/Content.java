package dev.runnel.runtime.cache;

import dev.runnel.runtime.binding.InputBody;
import dev.runnel.runtime.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A body that is kept. What reads it goes on reading when it has given way. */
sealed interface Content permits Content.InMemory, Content.InFile, StoreShelf.Streamed {
  long length();

  /** A part of it. */
  RequestBody part(long from, long length);

  /** All of it, to be closed. */
  InputStream stream() throws IOException;

  /** It was found and nobody wants it. */
  default void unused() {}

  void drop();

  /** Takes a body while it arrives. */
  interface Writer {
    void write(byte[] bytes) throws IOException;

    Content finished() throws IOException;

    void giveUp();
  }

  /** Where bodies are kept: in memory, or in a folder. */
  @FunctionalInterface
  interface Place {
    Writer writer() throws IOException;

    Place MEMORY = InMemory.Pieces::new;

    /** Until they have gone on to where they are kept. */
    Place TEMPORARY = () -> new InFile.Appending(Files.createTempFile("body", ".cached"));

    static Place in(Path folder) {
      return () -> new InFile.Appending(Files.createTempFile(folder, "body", ".cached"));
    }
  }

  record InMemory(List<byte[]> pieces, long length) implements Content {
    @Override
    public RequestBody part(long from, long count) {
      return new Reading(pieces, from, count);
    }

    @Override
    public InputStream stream() {
      return new SequenceInputStream(
          Collections.enumeration(pieces.stream().map(ByteArrayInputStream::new).toList()));
    }

    @Override
    public void drop() {}

    static final class Pieces implements Writer {
      private final List<byte[]> pieces = new ArrayList<>();
      private long length;

      @Override
      public void write(byte[] bytes) {
        pieces.add(bytes);
        length += bytes.length;
      }

      @Override
      public Content finished() {
        return new InMemory(List.copyOf(pieces), length);
      }

      @Override
      public void giveUp() {
        pieces.clear();
      }
    }

    /** Piece by piece, without a copy. */
    private static final class Reading implements RequestBody {
      private final List<byte[]> pieces;
      private int next;
      private long skip;
      private long left;

      Reading(List<byte[]> pieces, long from, long count) {
        this.pieces = pieces;
        this.skip = from;
        this.left = count;
      }

      @Override
      public boolean isEmpty() {
        return false;
      }

      @Override
      public void read(Receiver receiver) {
        while (left > 0 && skip >= pieces.get(next).length) {
          skip -= pieces.get(next++).length;
        }
        if (left <= 0) {
          receiver.end();
          return;
        }
        byte[] piece = pieces.get(next++);
        int count = (int) Math.min(piece.length - skip, left);
        ByteBuffer bytes = ByteBuffer.wrap(piece, (int) skip, count);
        skip = 0;
        left -= count;
        receiver.chunk(bytes);
      }

      @Override
      public void cancel() {
        left = 0;
      }
    }
  }

  record InFile(Path file, long length) implements Content {
    @Override
    public RequestBody part(long from, long count) {
      try {
        FileChannel channel = FileChannel.open(file);
        channel.position(from);
        return new InputBody(new Limited(Channels.newInputStream(channel), count));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public InputStream stream() throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    public void drop() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static final class Appending implements Writer {
      private final Path file;
      private final OutputStream out;
      private long length;

      Appending(Path file) throws IOException {
        this.file = file;
        this.out = Files.newOutputStream(file, StandardOpenOption.APPEND);
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        length += bytes.length;
      }

      @Override
      public Content finished() throws IOException {
        out.close();
        return new InFile(file, length);
      }

      @Override
      public void giveUp() {
        try {
          out.close();
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    /** So many bytes of a stream. */
    static final class Limited extends InputStream {
      private final InputStream in;
      private long left;

      Limited(InputStream in, long left) {
        this.in = in;
        this.left = left;
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = left == 0 ? -1 : in.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    }
  }
}
