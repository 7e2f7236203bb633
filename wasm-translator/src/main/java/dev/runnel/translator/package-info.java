/**
 * Build tool: a WebAssembly module becomes class files that HotSpot compiles well.
 *
 * <p>Endive's compiler makes one JVM method of each function. {@link
 * dev.runnel.translator.Translator} then goes over its classes: memory accesses go to a flat array,
 * loops poll the guest's own flag, the stack pointer becomes a field, and every method that is too
 * large for HotSpot is split (package {@code split}).
 *
 * <p>Nothing of this package is needed when the classes run; that is {@code dev.runnel.wasm}.
 */
@NullMarked
package dev.runnel.translator;

import org.jspecify.annotations.NullMarked;
