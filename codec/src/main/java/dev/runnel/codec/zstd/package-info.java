/** Zstandard (RFC 8878) as streams of any pieces: the reference implementation's code. */
@NullMarked
package dev.runnel.codec.zstd;

import org.jspecify.annotations.NullMarked;
