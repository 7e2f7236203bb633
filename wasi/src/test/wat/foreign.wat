;; Imports what preview 1 doesn't have.
(module
  (import "wasi_snapshot_preview1" "sock_open" (func (param i32) (result i32)))
  (import "env" "log" (func (param i32)))
  (func (export "_start")))
