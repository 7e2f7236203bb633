/** Makes the classes that {@code dev.runnel.codec.brotli} runs; only the build uses it. */
@NullMarked
package dev.runnel.codec.brotli.build;

import org.jspecify.annotations.NullMarked;
