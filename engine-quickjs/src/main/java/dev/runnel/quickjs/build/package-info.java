/**
 * What runs while the project is built: checks the pinned quickjs.wasm, adds the functions that the
 * engine needs inside of it, and has it translated to classes.
 */
@NullMarked
package dev.runnel.quickjs.build;

import org.jspecify.annotations.NullMarked;
