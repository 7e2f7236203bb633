/** What Java's own file system can't do relative to an open folder. */
@NullMarked
package dev.runnel.runtime.file;

import org.jspecify.annotations.NullMarked;
