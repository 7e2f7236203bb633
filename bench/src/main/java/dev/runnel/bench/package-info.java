/** Benchmarks, each against a named peer in the same run. {@code ./dev bench NAME} runs one. */
@NullMarked
package dev.runnel.bench;

import org.jspecify.annotations.NullMarked;
