/** The single-threaded event loop: timers, immediates, and completions from other threads. */
@NullMarked
package dev.runnel.runtime.loop;

import org.jspecify.annotations.NullMarked;
