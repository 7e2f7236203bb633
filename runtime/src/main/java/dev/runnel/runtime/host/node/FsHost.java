package dev.runnel.runtime.host.node;

import com.google.gson.JsonArray;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostFunction;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import dev.runnel.runtime.host.node.file.FileErrors;
import dev.runnel.runtime.host.node.file.FileLinks;
import dev.runnel.runtime.host.node.file.FileOperations;
import dev.runnel.runtime.host.node.file.FileStatus;
import dev.runnel.runtime.host.node.file.GuestFileSystem;
import dev.runnel.runtime.host.node.file.GuestFileSystem.Links;
import dev.runnel.runtime.host.node.file.OpenFiles;
import dev.runnel.runtime.host.node.file.OpenFiles.OpenFile;
import java.io.IOException;

/**
 * Backs {@code node:fs}; its JavaScript half is {@code js/internal/fs/}. Every operation exists
 * twice: as a function that blocks its program, for {@code *Sync}, and under a name that ends in
 * {@code Later} as a completion.
 *
 * <p>The functions run on the isolate's thread, their later halves on virtual threads.
 */
public final class FsHost {
  private static final int MAX_CHUNK = 16 << 20;
  private static final long MAX_SAFE = (1L << 53) - 1;
  private static final int MAX_MODE = 7;
  private static final int PERMISSIONS = 0777;

  /** Work that has its arguments already. */
  @FunctionalInterface
  private interface Work {
    JsValue run() throws IOException;
  }

  /** Takes its arguments on the isolate's thread and gives back the work. */
  @FunctionalInterface
  private interface Operation {
    Work prepare(Arguments args);
  }

  private final FileOperations files;
  private final FileLinks links;
  private final OpenFiles open = new OpenFiles();
  private final CompletionStarter starter;

  /**
   * @param maxBytes the largest file that is read whole
   */
  public FsHost(GuestFileSystem files, long maxBytes, CompletionStarter starter) {
    this.files = new FileOperations(files, maxBytes);
    this.links = new FileLinks(files);
    this.starter = starter;
  }

  public HostModule module() {
    var module = HostModule.named("fs");
    both(module, "stat", this::stat);
    byPath(module, "readFile", path -> JsValue.of(files.read(path)));
    both(module, "writeFile", this::writeFile);
    both(module, "readdir", this::list);
    both(module, "access", this::access);
    byPath(module, "realpath", path -> JsValue.of(files.realPath(path)));
    byPath(module, "readlink", path -> JsValue.of(files.readLink(path)));
    both(module, "mkdir", this::makeFolder);
    byPath(module, "rmdir", path -> done(() -> files.removeFolder(path)).run());
    byPath(module, "unlink", path -> done(() -> files.removeFile(path)).run());
    both(module, "rename", this::rename);
    both(module, "link", this::link);
    both(module, "symlink", this::symbolicLink);
    both(module, "chmod", this::changeMode);
    both(module, "truncate", this::truncate);
    both(module, "utimes", this::utimes);
    both(module, "open", this::open);
    both(module, "read", this::read);
    both(module, "write", this::write);
    return module
        .function("close", args -> now(done(() -> open.close(descriptor(args)))))
        .function("fstat", args -> now(fstat(args)))
        .function("fchmod", args -> now(changeOpenMode(args)))
        .function("futimes", args -> now(changeOpenTimes(args)))
        .function("ftruncate", args -> now(ftruncate(args)));
  }

  private void both(HostModule module, String name, Operation operation) {
    module.function(name, args -> now(operation.prepare(args)));
    module.function(name + "Later", later(operation));
  }

  /** Work that needs a path and nothing else. */
  @FunctionalInterface
  private interface PathWork {
    JsValue run(String path) throws IOException;
  }

  private void byPath(HostModule module, String name, PathWork work) {
    both(
        module,
        name,
        args -> {
          String path = path(args);
          return () -> work.run(path);
        });
  }

  private static JsValue now(Work work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw FileErrors.of(e);
    }
  }

  private HostFunction later(Operation operation) {
    return args -> {
      Work work = operation.prepare(args);
      return JsValue.of(starter.start(() -> now(work)));
    };
  }

  /** Work without an answer. */
  @FunctionalInterface
  private interface Deed {
    void run() throws IOException;
  }

  private static Work done(Deed deed) {
    return () -> {
      deed.run();
      return JsValue.UNDEFINED;
    };
  }

  private static String path(Arguments args) {
    return args.string(0, "path");
  }

  private static int descriptor(Arguments args) {
    return args.integer(0, "fd", 0, Integer.MAX_VALUE);
  }

  private Work stat(Arguments args) {
    String path = path(args);
    Links how = args.bool(1, "follow") ? Links.FOLLOW : Links.KEEP;
    return () -> json(files.status(path, how));
  }

  private static JsValue json(FileStatus status) {
    var times = status.times();
    return JsValue.of(
        """
        {"kind":"%s","size":%d,"mode":%d,"links":1,"uid":1000,"gid":1000,"inode":0,"device":0,\
        "accessed":%s,"modified":%s,"changed":%s,"created":%s}"""
            .formatted(
                status.kind().label(),
                status.size(),
                status.mode(),
                times.accessed(),
                times.modified(),
                times.modified(),
                times.created()));
  }

  private Work writeFile(Arguments args) {
    String path = path(args);
    byte[] content = args.copyOfBytes(1, "bytes");
    String flags = args.string(2, "flags");
    int mode = mode(args, 3);
    return done(() -> files.write(path, content, flags, mode));
  }

  private static int mode(Arguments args, int index) {
    return args.integer(index, "mode", 0, PERMISSIONS);
  }

  private Work makeFolder(Arguments args) {
    String path = path(args);
    int mode = mode(args, 1);
    return done(() -> files.makeFolder(path, mode));
  }

  private Work link(Arguments args) {
    String from = path(args);
    String to = args.string(1, "to");
    return done(() -> links.makeHardLink(from, to));
  }

  private Work symbolicLink(Arguments args) {
    String target = args.string(0, "target");
    String path = args.string(1, "path");
    return done(() -> links.makeSymbolicLink(target, path));
  }

  private Work changeMode(Arguments args) {
    String path = path(args);
    int mode = mode(args, 1);
    return done(() -> links.setMode(path, mode));
  }

  private Work changeOpenMode(Arguments args) {
    OpenFile file = open.get(descriptor(args));
    int mode = mode(args, 1);
    return done(() -> links.setMode(file.path(), mode));
  }

  private Work changeOpenTimes(Arguments args) {
    OpenFile file = open.get(descriptor(args));
    double accessed = args.number(1, "accessed");
    double modified = args.number(2, "modified");
    return done(() -> links.setTimes(file.path(), accessed, modified, Links.FOLLOW));
  }

  private Work list(Arguments args) {
    String path = path(args);
    return () -> {
      var json = new JsonArray();
      files
          .list(path)
          .forEach(
              (name, kind) -> {
                json.add(name);
                json.add(kind.label());
              });
      return JsValue.of(json.toString());
    };
  }

  private Work access(Arguments args) {
    String path = path(args);
    int mode = args.integer(1, "mode", 0, MAX_MODE);
    return done(() -> files.access(path, mode));
  }

  private Work rename(Arguments args) {
    String from = path(args);
    String to = args.string(1, "to");
    return done(() -> files.rename(from, to));
  }

  private Work truncate(Arguments args) {
    String path = path(args);
    long length = args.wholeNumber(1, "length", 0, MAX_SAFE);
    return done(() -> files.truncate(path, length));
  }

  private Work utimes(Arguments args) {
    String path = path(args);
    double accessed = args.number(1, "accessed");
    double modified = args.number(2, "modified");
    Links how = args.bool(3, "follow") ? Links.FOLLOW : Links.KEEP;
    return done(() -> links.setTimes(path, accessed, modified, how));
  }

  private Work open(Arguments args) {
    String path = path(args);
    String flags = args.string(1, "flags");
    int mode = mode(args, 2);
    return () ->
        JsValue.of(
            open.add(new OpenFile(files.open(path, flags, mode), path, flags.startsWith("a"))));
  }

  private Work read(Arguments args) {
    OpenFile file = open.get(descriptor(args));
    int length = (int) Math.min(args.wholeNumber(1, "length", 0, MAX_SAFE), MAX_CHUNK);
    long position = args.wholeNumber(2, "position", -1, MAX_SAFE);
    return () -> JsValue.of(OpenFiles.read(file, length, position));
  }

  private Work write(Arguments args) {
    OpenFile file = open.get(descriptor(args));
    byte[] bytes = args.copyOfBytes(1, "bytes");
    long position = args.wholeNumber(2, "position", -1, MAX_SAFE);
    return () -> JsValue.of(OpenFiles.write(file, bytes, position));
  }

  private Work fstat(Arguments args) {
    OpenFile file = open.get(descriptor(args));
    return () -> {
      var status = files.status(file.path(), Links.FOLLOW);
      return json(
          new FileStatus(status.kind(), file.channel().size(), status.mode(), status.times()));
    };
  }

  private Work ftruncate(Arguments args) {
    OpenFile file = open.get(descriptor(args));
    long length = args.wholeNumber(1, "length", 0, MAX_SAFE);
    return done(() -> FileOperations.setLength(file.channel(), length));
  }
}
