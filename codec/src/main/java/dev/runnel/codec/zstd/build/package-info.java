/** Makes the classes that {@code dev.runnel.codec.zstd} runs; only the build uses it. */
@NullMarked
package dev.runnel.codec.zstd.build;

import org.jspecify.annotations.NullMarked;
