/** Programs' sources become one file, by esbuild. */
@NullMarked
package dev.runnel.image.bundle;

import org.jspecify.annotations.NullMarked;
