/** Heaps of evaluated programs, kept so that the next start needs no evaluation. */
@NullMarked
package dev.runnel.runtime.snapshot;

import org.jspecify.annotations.NullMarked;
