/**
 * What translated WebAssembly needs at run time: its memory, its traps, and the loader that turns
 * generated classes into an instance.
 *
 * <p>Depends on Endive's runtime only. Neither Endive's compiler nor ASM is needed once the classes
 * exist.
 */
@NullMarked
package dev.runnel.wasm;

import org.jspecify.annotations.NullMarked;
