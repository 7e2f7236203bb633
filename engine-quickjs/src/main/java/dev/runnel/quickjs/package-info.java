/**
 * QuickJS-ng as WebAssembly behind the engine SPI: the sandboxed engine.
 *
 * <p>From the outside in: {@link dev.runnel.quickjs.QuickJsEngine} opens isolates, an isolate
 * drives one {@code Guest} (the wasm instance) through the QuickJS C API, and values cross as raw
 * 64-bit JSValues that Java decodes itself.
 *
 * <p>The guest's whole memory is the program's to corrupt. So nothing read from it is trusted to be
 * more than a number: a wrong pointer can only hit the guest's own memory or trap.
 */
@NullMarked
package dev.runnel.quickjs;

import org.jspecify.annotations.NullMarked;
