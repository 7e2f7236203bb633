/**
 * Compiles hot JavaScript functions, from QuickJS's bytecode to JVM bytecode: {@code docs/jit.md}.
 *
 * <p>What compiled code may do is what the guest may do: it reads and writes the isolate's linear
 * memory through accessors that check, and calls the guest's own functions. All that it knows of
 * the heap may have been forged by the guest.
 */
@NullMarked
package dev.runnel.quickjs.jit;

import org.jspecify.annotations.NullMarked;
