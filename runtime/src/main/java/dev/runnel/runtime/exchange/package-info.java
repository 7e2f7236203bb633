/** Requests in flight inside one isolate: what the program writes, until it has left. */
@NullMarked
package dev.runnel.runtime.exchange;

import org.jspecify.annotations.NullMarked;
