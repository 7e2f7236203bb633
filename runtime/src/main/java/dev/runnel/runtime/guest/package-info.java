/** One program in one isolate, with its event loop. */
@NullMarked
package dev.runnel.runtime.guest;

import org.jspecify.annotations.NullMarked;
