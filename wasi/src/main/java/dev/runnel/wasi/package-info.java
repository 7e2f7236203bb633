/**
 * WebAssembly programs that are written for WASI preview 1: commands with arguments, streams and
 * folders.
 */
@NullMarked
package dev.runnel.wasi;

import org.jspecify.annotations.NullMarked;
