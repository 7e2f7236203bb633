/** New programs to begin with. */
@NullMarked
package dev.runnel.image.scaffold;

import org.jspecify.annotations.NullMarked;
