/** What goes into each kind of image. */
@NullMarked
package dev.runnel.image.pack;

import org.jspecify.annotations.NullMarked;
