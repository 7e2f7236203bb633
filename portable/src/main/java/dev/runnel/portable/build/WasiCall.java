package dev.runnel.portable.build;

import dev.runnel.translator.binary.FunctionImports.Wanted;
import java.util.List;
import java.util.stream.Stream;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * All that a portable file imports. Parameters are written i for i32 and l for i64; each call but
 * {@link #proc_exit} answers an errno.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md">WASI preview
 *     1</a>
 */
enum WasiCall {
  args_get("ii"),
  args_sizes_get("ii"),
  clock_time_get("ili"),
  environ_get("ii"),
  environ_sizes_get("ii"),
  fd_close("i"),
  fd_fdstat_get("ii"),
  fd_filestat_get("ii"),
  fd_filestat_set_size("il"),
  fd_pread("iiili"),
  fd_prestat_dir_name("iii"),
  fd_prestat_get("ii"),
  fd_pwrite("iiili"),
  fd_read("iiii"),
  fd_readdir("iiili"),
  fd_seek("ilii"),
  fd_write("iiii"),
  path_create_directory("iii"),
  path_filestat_get("iiiii"),
  path_filestat_set_times("iiiilli"),
  path_open("iiiiillii"),
  path_readlink("iiiiii"),
  path_remove_directory("iii"),
  path_rename("iiiiii"),
  path_unlink_file("iii"),
  poll_oneoff("iiii"),
  proc_exit("i"),
  random_get("ii");

  static final String MODULE = "wasi_snapshot_preview1";

  private final FunctionType type;

  WasiCall(String parameters) {
    List<ValType> types =
        parameters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
    boolean returns = !name().equals("proc_exit");
    type = FunctionType.of(types, returns ? List.of(ValType.I32) : List.of());
  }

  FunctionType type() {
    return type;
  }

  /** In a portable file, imports are all there is before the first function: its index. */
  int index() {
    return ordinal();
  }

  static List<Wanted> imports() {
    return Stream.of(values()).map(call -> new Wanted(MODULE, call.name(), call.type())).toList();
  }
}
