/** Brotli (RFC 7932) as streams of any pieces: the Rust crates' code. */
@NullMarked
package dev.runnel.codec.brotli;

import org.jspecify.annotations.NullMarked;
