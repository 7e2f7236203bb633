/** The images of this machine, in one folder. */
@NullMarked
package dev.runnel.image.store;

import org.jspecify.annotations.NullMarked;
