/** Makes the classes that {@code dev.runnel.brotli} runs; only the build uses it. */
@NullMarked
package dev.runnel.brotli.build;

import org.jspecify.annotations.NullMarked;
