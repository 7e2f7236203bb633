package dev.runnel.runtime.host.web;

import dev.runnel.codec.CodecInterruptedException;
import dev.runnel.codec.CodecMemory;
import dev.runnel.codec.CodecMemoryException;
import dev.runnel.codec.brotli.BrotliDecoder;
import dev.runnel.codec.brotli.BrotliEncoder;
import dev.runnel.codec.brotli.BrotliException;
import dev.runnel.codec.zstd.ZstdDecoder;
import dev.runnel.codec.zstd.ZstdEncoder;
import dev.runnel.codec.zstd.ZstdException;
import dev.runnel.codec.zstd.ZstdStreamException;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostError;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.web.compression.BrotliCode;
import dev.runnel.runtime.host.web.compression.Codec;
import dev.runnel.runtime.host.web.compression.Crc32;
import dev.runnel.runtime.host.web.compression.DecodeCodec;
import dev.runnel.runtime.host.web.compression.DeflateCodec;
import dev.runnel.runtime.host.web.compression.EncodeCodec;
import dev.runnel.runtime.host.web.compression.Format;
import dev.runnel.runtime.host.web.compression.InflateCodec;
import dev.runnel.runtime.host.web.compression.UnzipCodec;
import dev.runnel.runtime.limit.DecompressionLimits;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/**
 * Backs {@code CompressionStream}, {@code DecompressionStream} and {@code node:zlib}, by the JDK's
 * zlib, and by Brotli and Zstandard as translated WebAssembly.
 *
 * <p>Confined to the isolate's thread. What is compressed and decompressed counts as the program's
 * own processor time.
 */
public final class CompressionHost {
  /** Each holds up to 300 KB outside of the JVM's heap. */
  private static final int MAX_OPEN = 2_000;

  private static final int MAX_OUTPUT = 64 * 1024;
  private static final long MAX_LENGTH = 1L << 50;
  private static final int MAX_ZSTD_PARAMETER = 999;
  private static final long MAX_UINT32 = 0xffff_ffffL;

  private final DecompressionLimits limits;
  private final CodecMemory memory;
  private final Map<Integer, Running> open = new HashMap<>();
  private int nextId = 1;

  public CompressionHost(DecompressionLimits limits, CodecMemory memory) {
    this.limits = limits;
    this.memory = memory;
  }

  /** A codec and what has gone through it. */
  private static final class Running {
    private final Codec codec;
    private final boolean decompresses;
    private long input;
    private long output;
    private int left;

    Running(Codec codec, boolean decompresses) {
      this.codec = codec;
      this.decompresses = decompresses;
    }
  }

  public HostModule module() {
    return HostModule.named("compression")
        .function("deflate", this::deflate)
        .function("inflate", this::inflate)
        .function("brotliEncode", this::brotliEncode)
        .function("brotliDecode", this::brotliDecode)
        .function("zstdEncode", this::zstdEncode)
        .function("zstdDecode", this::zstdDecode)
        .function("run", this::run)
        .function("left", args -> JsValue.of(running(args).left))
        .function("finished", args -> JsValue.of(running(args).codec.isFinished()))
        .function("tune", this::tune)
        .function("reset", this::reset)
        .function("close", this::close)
        .function("crc32", CompressionHost::crc32);
  }

  private JsValue deflate(Arguments args) {
    checkRoom();
    Format format =
        switch (args.string(0, "format")) {
          case "gzip" -> Format.GZIP;
          case "deflate" -> Format.ZLIB;
          case "deflate-raw" -> Format.RAW;
          case String other -> throw unknownFormat(other);
        };
    var codec = new DeflateCodec(format, level(args, 1), strategy(args, 2), dictionary(args, 3));
    return add(new Running(codec, false));
  }

  private JsValue inflate(Arguments args) {
    checkRoom();
    byte[] dictionary = dictionary(args, 1);
    Codec codec =
        switch (args.string(0, "format")) {
          case "gzip" -> new InflateCodec(Format.GZIP, InflateCodec.Members.ONE, dictionary);
          case "gzip-members" ->
              new InflateCodec(Format.GZIP, InflateCodec.Members.MANY, dictionary);
          case "deflate" -> new InflateCodec(Format.ZLIB, InflateCodec.Members.ONE, dictionary);
          case "deflate-raw" -> new InflateCodec(Format.RAW, InflateCodec.Members.ONE, dictionary);
          case "unzip" -> new UnzipCodec(dictionary);
          case String other -> throw unknownFormat(other);
        };
    return add(new Running(codec, true));
  }

  private JsValue brotliEncode(Arguments args) {
    checkRoom();
    int quality = args.integer(0, "quality", 0, BrotliEncoder.MAX_QUALITY);
    int windowBits =
        args.integer(1, "windowBits", BrotliEncoder.MIN_WINDOW_BITS, BrotliEncoder.MAX_WINDOW_BITS);
    var codec = new EncodeCodec(() -> BrotliEncoder.open(memory, quality, windowBits));
    return add(new Running(codec, false));
  }

  private JsValue brotliDecode(Arguments args) {
    checkRoom();
    boolean isLarge = args.bool(0, "largeWindow");
    var window = isLarge ? BrotliDecoder.Window.LARGE : BrotliDecoder.Window.STANDARD;
    return add(new Running(new DecodeCodec(() -> new BrotliDecoder(memory, window)), true));
  }

  private JsValue zstdEncode(Arguments args) {
    checkRoom();
    long length = args.wholeNumber(0, "length", -1, MAX_LENGTH);
    Map<Integer, Integer> parameters = new HashMap<>();
    for (int i = 1; i + 1 < args.count(); i += 2) {
      int parameter = args.integer(i, "parameter", 0, MAX_ZSTD_PARAMETER);
      parameters.put(parameter, args.integer(i + 1, "value", Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    var codec = new EncodeCodec(() -> ZstdEncoder.open(memory, parameters, length));
    return add(new Running(codec, false));
  }

  private JsValue zstdDecode(Arguments args) {
    checkRoom();
    int windowLog =
        args.integer(0, "windowLog", ZstdDecoder.MIN_WINDOW_LOG, ZstdDecoder.MAX_WINDOW_LOG);
    var codec = new DecodeCodec(() -> new ZstdDecoder(memory, windowLog, ZstdDecoder.Frames.ONE));
    return add(new Running(codec, true));
  }

  private static HostError unknownFormat(String name) {
    return HostError.type("ERR_INVALID_ARG_VALUE", "No compression format is called %s.", name);
  }

  private static int level(Arguments args, int index) {
    return args.integer(index, "level", Deflater.DEFAULT_COMPRESSION, Deflater.BEST_COMPRESSION);
  }

  private static int strategy(Arguments args, int index) {
    return args.integer(index, "strategy", Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY);
  }

  private static byte[] dictionary(Arguments args, int index) {
    return args.count() > index ? args.copyOfBytes(index, "dictionary") : new byte[0];
  }

  private void checkRoom() {
    if (open.size() >= MAX_OPEN) {
      throw HostError.error(
          "Z_MEM_ERROR", "More than %d compressed streams are open at once.", MAX_OPEN);
    }
  }

  private JsValue add(Running running) {
    open.put(nextId, running);
    return JsValue.of(nextId++);
  }

  private Running running(Arguments args) {
    Running running = open.get(id(args));
    if (running == null) {
      throw HostError.error("Z_STREAM_ERROR", "The compressed stream is closed.");
    }
    return running;
  }

  private static int id(Arguments args) {
    return args.integer(0, "id", 1, Integer.MAX_VALUE);
  }

  private JsValue run(Arguments args) {
    Running running = running(args);
    ByteBuffer input = args.bytes(1, "bytes").slice();
    var flush = Codec.Flush.values()[args.integer(2, "flush", 0, Codec.Flush.values().length - 1)];
    ByteBuffer output = ByteBuffer.allocate(args.integer(3, "most", 1, MAX_OUTPUT));
    try {
      running.codec.run(input, output, flush);
    } catch (BrotliException e) {
      throw HostError.error(BrotliCode.nameOf(e.code()), "Decompression failed");
    } catch (ZstdException e) {
      throw badZstd(e);
    } catch (ZstdStreamException e) {
      throw badZstd(e.reason());
    } catch (CodecMemoryException e) {
      throw HostError.error("Z_MEM_ERROR", "%s", e.getMessage());
    } catch (CodecInterruptedException e) {
      throw HostError.error("Z_STREAM_ERROR", "The program is being ended.");
    } catch (DataFormatException e) {
      throw badData(String.valueOf(e.getMessage()));
    }
    running.left = input.remaining();
    running.input += input.position();
    running.output += output.position();
    if (running.decompresses) {
      checkLimits(running);
    }
    return new JsValue.Bytes(output.flip());
  }

  private static HostError badZstd(ZstdException error) {
    return HostError.error(error.name(), "%s", String.valueOf(error.getMessage()));
  }

  private static HostError badData(String sentence) {
    String code = sentence.endsWith(" dictionary") ? "Z_NEED_DICT" : "Z_DATA_ERROR";
    return HostError.error(code, "%s", sentence);
  }

  private void checkLimits(Running running) {
    if (limits.areCrossed(running.input, running.output)) {
      throw HostError.range(
          "ERR_DECOMPRESSION_LIMIT",
          "%d compressed bytes became %d: the limit is %d bytes, and %d for one beyond %d.",
          running.input,
          running.output,
          limits.bytes(),
          limits.ratio(),
          limits.ratioFrom());
    }
  }

  private JsValue tune(Arguments args) {
    if (running(args).codec instanceof DeflateCodec codec) {
      codec.tune(level(args, 1), strategy(args, 2));
    }
    return JsValue.UNDEFINED;
  }

  private JsValue reset(Arguments args) {
    Running running = running(args);
    running.codec.reset();
    running.input = 0;
    running.output = 0;
    return JsValue.UNDEFINED;
  }

  private JsValue close(Arguments args) {
    Running closed = open.remove(id(args));
    if (closed != null) {
      closed.codec.close();
    }
    return JsValue.UNDEFINED;
  }

  private static JsValue crc32(Arguments args) {
    int before = (int) args.wholeNumber(1, "value", 0, MAX_UINT32);
    return JsValue.of(Integer.toUnsignedLong(Crc32.of(args.bytes(0, "bytes"), before)));
  }
}
