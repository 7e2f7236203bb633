/**
 * Brotli (RFC 7932) as streams of any pieces: the Rust crates' code, compiled to WebAssembly and
 * translated to JVM classes when Runnel is built. What a stream says can hurt only its own
 * instance's memory, whose size is limited.
 */
@NullMarked
package dev.runnel.brotli;

import org.jspecify.annotations.NullMarked;
