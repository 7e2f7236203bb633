;; Functions without a start, but for _initialize.
(module
  (memory (export "memory") 1)
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 1)))
  (func (export "ready") (result i32) (global.get $ready))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "halves") (param f64 f32) (result f64 f32)
    (f64.div (local.get 0) (f64.const 2)) (f32.div (local.get 1) (f32.const 2)))
  (func (export "negated") (param i64) (result i64) (i64.sub (i64.const 0) (local.get 0))))
