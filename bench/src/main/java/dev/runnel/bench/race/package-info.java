/** Servers that are asked in turn, so that a slow moment of the machine hits each of them alike. */
@NullMarked
package dev.runnel.bench.race;

import org.jspecify.annotations.NullMarked;
