/**
 * Makes, while Runnel is built, the file that every portable program starts from: the engine with a
 * driver inside of it that knows nothing but WASI.
 */
@NullMarked
package dev.runnel.portable.build;

import org.jspecify.annotations.NullMarked;
