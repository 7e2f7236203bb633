/** Layers: tar and gzip, the same bytes for the same files. */
@NullMarked
package dev.runnel.image.layer;

import org.jspecify.annotations.NullMarked;
