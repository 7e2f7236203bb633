;; Answers a request as its query says: one letter each.
(module
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 3)
  (data (i32.const 1024) "Content-Type: text/plain\n\n")            ;; 26 bytes
  (data (i32.const 1088) "Status: 404 Gone fishing\r\nX-Own: 1\r\nConnection: close\r\n\r\n") ;; 57
  (data (i32.const 1152) "Location: /there?c\n\n")                   ;; 20
  (data (i32.const 1216) "Location: https://example.org/\n\n")       ;; 32
  (data (i32.const 1280) "no header at all\n\n")                     ;; 18
  (data (i32.const 1344) "Location: /again?l\n\n")                   ;; 20
  (global $count (mut i32) (i32.const 0))

  (func $print (param $at i32) (param $length i32)
    (i32.store (i32.const 64) (local.get $at))
    (i32.store (i32.const 68) (local.get $length))
    (if (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 0))
      (then (call $proc_exit (i32.const 1)))))
  ;; Where the query begins, in the list of variables.
  (func $query (result i32)
    (local $i i32) (local $at i32)
    (loop $next
      (local.set $at (i32.load (i32.add (i32.const 256) (i32.mul (local.get $i) (i32.const 4)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      ;; "QUER" and "Y_ST"
      (br_if $next (i32.or
        (i32.ne (i32.load (local.get $at)) (i32.const 0x52455551))
        (i32.ne (i32.load (i32.add (local.get $at) (i32.const 4))) (i32.const 0x54535f59)))))
    (i32.add (local.get $at) (i32.const 13)))
  (func $echo
    (loop $next
      (i32.store (i32.const 64) (i32.const 65536))
      (i32.store (i32.const 68) (i32.const 65536))
      (drop (call $fd_read (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 0)))
      (if (i32.load (i32.const 0))
        (then (call $print (i32.const 65536) (i32.load (i32.const 0))) (br $next)))))

  (func (export "_start")
    (local $letter i32)
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 256) (i32.const 4096)))
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (local.set $letter (i32.load8_u (call $query)))
    (if (i32.eq (local.get $letter) (i32.const 0x76)) ;; v: variables
      (then (call $print (i32.const 1024) (i32.const 26)) (call $print (i32.const 4096) (i32.load (i32.const 4))) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x65)) ;; e: echo
      (then (call $print (i32.const 1024) (i32.const 26)) (call $echo) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x73)) ;; s: a status of its own
      (then (call $print (i32.const 1088) (i32.const 57)) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x6c)) ;; l: a local redirect without end
      (then (call $print (i32.const 1344) (i32.const 20)) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x69)) ;; i: a local redirect
      (then (call $print (i32.const 1152) (i32.const 20)) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x72)) ;; r: a redirect of the client
      (then (call $print (i32.const 1216) (i32.const 32)) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x62)) ;; b: a bad head
      (then (call $print (i32.const 1280) (i32.const 18)) (return)))
    (if (i32.eq (local.get $letter) (i32.const 0x74)) ;; t: a trap behind the head
      (then (call $print (i32.const 1024) (i32.const 26)) (unreachable)))
    (if (i32.eq (local.get $letter) (i32.const 0x66)) ;; f: a flood
      (then (call $print (i32.const 1024) (i32.const 26)) (loop $for_ever (call $print (i32.const 65536) (i32.const 65536)) (br $for_ever))))
    (if (i32.eq (local.get $letter) (i32.const 0x6e)) ;; n: never ends
      (then (loop $for_ever (br $for_ever))))
    (if (i32.eq (local.get $letter) (i32.const 0x63)) ;; c: how often this memory has run
      (then
        (call $print (i32.const 1024) (i32.const 26))
        (i32.store8 (i32.const 65536) (i32.add (i32.const 0x30) (global.get $count)))
        (call $print (i32.const 65536) (i32.const 1))))))
