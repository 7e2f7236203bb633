/**
 * Runs a translated WASI command as a Java program. It is what {@code runnel compile} puts into the
 * jars it makes, and needs {@code run.endive:wasi} beside what {@code dev.runnel.wasm} needs.
 */
@NullMarked
package dev.runnel.wasm.wasi;

import org.jspecify.annotations.NullMarked;
