/**
 * Portable programs: engine, runtime and application in one WebAssembly file that asks its host for
 * nothing but WASI.
 */
@NullMarked
package dev.runnel.portable;

import org.jspecify.annotations.NullMarked;
