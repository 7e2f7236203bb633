/** Answers that are compressed on their way out, as far as each has come. */
@NullMarked
package dev.runnel.server.compress;

import org.jspecify.annotations.NullMarked;
