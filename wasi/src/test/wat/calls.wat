;; One call after another, as its arguments say: calls.wasm LETTER [TEXT [TEXT]]. What the call
;; answers is the exit code. Descriptor 3 is the first granted folder.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_create_directory" (func $path_create_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_remove_directory" (func $path_remove_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file" (func $path_unlink_file (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_rename" (func $path_rename (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_link" (func $path_link (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink" (func $path_symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_readlink" (func $path_readlink (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_get" (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_set_times" (func $path_filestat_set_times (param i32 i32 i32 i32 i64 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 3)
  ;; 0: results. 64: one buffer's address and length. 256: pointers to arguments. 4096: arguments.
  ;; 65536: bytes that are read.

  (func $start_of (param $argument i32) (result i32)
    (i32.load (i32.add (i32.const 256) (i32.mul (local.get $argument) (i32.const 4)))))
  (func $length_of (param $argument i32) (result i32)
    (local $at i32)
    (local.set $at (call $start_of (local.get $argument)))
    (loop $next
      (if (i32.load8_u (local.get $at))
        (then (local.set $at (i32.add (local.get $at) (i32.const 1))) (br $next))))
    (i32.sub (local.get $at) (call $start_of (local.get $argument))))
  (func $text (param $argument i32) (result i32)
    (call $start_of (local.get $argument)))
  (func $buffer (param $at i32) (param $length i32)
    (i32.store (i32.const 64) (local.get $at))
    (i32.store (i32.const 68) (local.get $length)))
  (func $print (param $at i32) (param $length i32)
    (call $buffer (local.get $at) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 0))))
  (func $open (param $follow i32) (param $flags i32) (param $rights i64) (result i32)
    (call $path_open (i32.const 3) (local.get $follow)
      (call $text (i32.const 2)) (call $length_of (i32.const 2))
      (local.get $flags) (local.get $rights) (i64.const -1) (i32.const 0) (i32.const 8)))
  (func $read_and_print (param $errno i32) (result i32)
    (if (local.get $errno) (then (return (local.get $errno))))
    (call $buffer (i32.const 65536) (i32.const 65536))
    (local.set $errno (call $fd_read (i32.load (i32.const 8)) (i32.const 64) (i32.const 1) (i32.const 0)))
    (if (local.get $errno) (then (return (local.get $errno))))
    (call $print (i32.const 65536) (i32.load (i32.const 0)))
    (call $fd_close (i32.load (i32.const 8))))
  (func $write_text (param $errno i32) (result i32)
    (if (local.get $errno) (then (return (local.get $errno))))
    (call $buffer (call $text (i32.const 3)) (call $length_of (i32.const 3)))
    (call $fd_write (i32.load (i32.const 8)) (i32.const 64) (i32.const 1) (i32.const 0)))
  (func $open_until_it_fails (result i32)
    (local $errno i32)
    (loop $next
      (local.set $errno (call $open (i32.const 0) (i32.const 0) (i64.const 2)))
      (br_if $next (i32.eqz (local.get $errno))))
    (local.get $errno))
  (func $echo (result i32)
    (loop $next
      (call $buffer (i32.const 65536) (i32.const 65536))
      (drop (call $fd_read (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 0)))
      (if (i32.load (i32.const 0))
        (then (call $print (i32.const 65536) (i32.load (i32.const 0))) (br $next))))
    (i32.const 0))
  (func $environment (result i32)
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 256) (i32.const 65536)))
    (call $print (i32.const 65536) (i32.load (i32.const 4)))
    (i32.const 0))
  ;; Waits an hour for a clock and, if told to, for input; what has happened is the exit code.
  (func $wait (param $subscriptions i32) (result i32)
    (i64.store (i32.const 65536) (i64.const 7))
    (i32.store8 (i32.const 65544) (i32.const 0))
    (i32.store (i32.const 65552) (i32.const 1))
    (i64.store (i32.const 65560) (i64.const 3600000000000))
    (i64.store (i32.const 65584) (i64.const 8))
    (i32.store8 (i32.const 65592) (i32.const 1))
    (i32.store (i32.const 65600) (i32.const 0))
    (drop (call $poll_oneoff (i32.const 65536) (i32.const 66000) (local.get $subscriptions) (i32.const 0)))
    (i32.load (i32.const 66000)))
  (func $grow (result i32)
    (loop $next
      (br_if $next (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (memory.size))
  (func $recurse (param i32) (result i32)
    (i32.add (i32.const 1) (call $recurse (i32.add (local.get 0) (i32.const 1)))))
  (func $two_paths (result i32 i32 i32 i32)
    (call $text (i32.const 2)) (call $length_of (i32.const 2))
    (call $text (i32.const 3)) (call $length_of (i32.const 3)))

  (func $do (param $letter i32) (result i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (if (i32.eq (local.get $letter) (i32.const 0x6f)) ;; o: open and print
      (then (return (call $read_and_print (call $open (i32.const 1) (i32.const 0) (i64.const 2))))))
    (if (i32.eq (local.get $letter) (i32.const 0x77)) ;; w: create or empty, and write
      (then (return (call $write_text (call $open (i32.const 1) (i32.const 9) (i64.const 64))))))
    (if (i32.eq (local.get $letter) (i32.const 0x78)) ;; x: create what isn't there, and write
      (then (return (call $write_text (call $open (i32.const 0) (i32.const 5) (i64.const 64))))))
    (if (i32.eq (local.get $letter) (i32.const 0x6d)) ;; m: make a folder
      (then (return (call $path_create_directory (i32.const 3)
        (call $text (i32.const 2)) (call $length_of (i32.const 2))))))
    (if (i32.eq (local.get $letter) (i32.const 0x64)) ;; d: remove a folder
      (then (return (call $path_remove_directory (i32.const 3)
        (call $text (i32.const 2)) (call $length_of (i32.const 2))))))
    (if (i32.eq (local.get $letter) (i32.const 0x75)) ;; u: remove a file
      (then (return (call $path_unlink_file (i32.const 3)
        (call $text (i32.const 2)) (call $length_of (i32.const 2))))))
    (if (i32.eq (local.get $letter) (i32.const 0x73)) ;; s: make a link
      (then
        (call $two_paths)
        (local.set $d) (local.set $c) (local.set $b) (local.set $a)
        (return (call $path_symlink (local.get $a) (local.get $b) (i32.const 3) (local.get $c) (local.get $d)))))
    (if (i32.eq (local.get $letter) (i32.const 0x6c)) ;; l: make a hard link
      (then
        (call $two_paths)
        (local.set $d) (local.set $c) (local.set $b) (local.set $a)
        (return (call $path_link (i32.const 3) (i32.const 0) (local.get $a) (local.get $b) (i32.const 3) (local.get $c) (local.get $d)))))
    (if (i32.eq (local.get $letter) (i32.const 0x72)) ;; r: rename
      (then
        (call $two_paths)
        (local.set $d) (local.set $c) (local.set $b) (local.set $a)
        (return (call $path_rename (i32.const 3) (local.get $a) (local.get $b) (i32.const 3) (local.get $c) (local.get $d)))))
    (if (i32.eq (local.get $letter) (i32.const 0x6b)) ;; k: print what a link contains
      (then
        (local.set $a (call $path_readlink (i32.const 3)
          (call $text (i32.const 2)) (call $length_of (i32.const 2))
          (i32.const 65536) (i32.const 4096) (i32.const 0)))
        (if (i32.eqz (local.get $a))
          (then (call $print (i32.const 65536) (i32.load (i32.const 0)))))
        (return (local.get $a))))
    (if (i32.eq (local.get $letter) (i32.const 0x74)) ;; t: look at its status
      (then (return (call $path_filestat_get (i32.const 3) (i32.const 1)
        (call $text (i32.const 2)) (call $length_of (i32.const 2)) (i32.const 65536)))))
    (if (i32.eq (local.get $letter) (i32.const 0x68)) ;; h: set its times to the first second of 1970
      (then (return (call $path_filestat_set_times (i32.const 3) (i32.const 1)
        (call $text (i32.const 2)) (call $length_of (i32.const 2))
        (i64.const 1000000000) (i64.const 1000000000) (i32.const 5)))))
    (if (i32.eq (local.get $letter) (i32.const 0x7a)) ;; z: a path with NUL in it
      (then (return (call $path_filestat_get (i32.const 3) (i32.const 1)
        (call $text (i32.const 2)) (i32.add (call $length_of (i32.const 2)) (i32.const 1)) (i32.const 65536)))))
    (if (i32.eq (local.get $letter) (i32.const 0x66)) ;; f: open until it fails
      (then (return (call $open_until_it_fails))))
    (if (i32.eq (local.get $letter) (i32.const 0x65)) ;; e: echo
      (then (return (call $echo))))
    (if (i32.eq (local.get $letter) (i32.const 0x76)) ;; v: variables
      (then (return (call $environment))))
    (if (i32.eq (local.get $letter) (i32.const 0x70)) ;; p: wait for a clock
      (then (return (call $wait (i32.const 1)))))
    (if (i32.eq (local.get $letter) (i32.const 0x69)) ;; i: wait for a clock or input
      (then (return (call $wait (i32.const 2)))))
    (if (i32.eq (local.get $letter) (i32.const 0x63)) ;; c: whether a clock is coarser than 1 ms
      (then
        (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 0)))
        (return (i64.eqz (i64.rem_u (i64.load (i32.const 0)) (i64.const 1000000))))))
    (if (i32.eq (local.get $letter) (i32.const 0x67)) ;; g: grow until it fails
      (then (return (call $grow))))
    (if (i32.eq (local.get $letter) (i32.const 0x6e)) ;; n: never end
      (then (loop $for_ever (br $for_ever))))
    (if (i32.eq (local.get $letter) (i32.const 0x79)) ;; y: recurse
      (then (return (call $recurse (i32.const 0)))))
    unreachable)

  (func (export "_start")
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 256) (i32.const 4096)))
    (call $proc_exit (call $do (i32.load8_u (call $start_of (i32.const 1)))))))
