/**
 * The WebAssembly binary format, as far as editing a module needs it: sections, LEB128 numbers,
 * function bodies.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/index.html">Binary format</a>
 */
@NullMarked
package dev.runnel.translator.binary;

import org.jspecify.annotations.NullMarked;
