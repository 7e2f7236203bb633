/**
 * Compressed streams by codecs that were compiled to WebAssembly and are translated to JVM classes
 * when Runnel is built: the memory that they share, and what all of them can do. What a stream says
 * can hurt only its own instance's memory, whose size is limited.
 */
@NullMarked
package dev.runnel.codec;

import org.jspecify.annotations.NullMarked;
