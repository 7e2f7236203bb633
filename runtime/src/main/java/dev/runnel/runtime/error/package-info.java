/** What went wrong in a program, in the positions its author knows. */
@NullMarked
package dev.runnel.runtime.error;

import org.jspecify.annotations.NullMarked;
