/** Load on HTTP servers, from a process of its own. */
@NullMarked
package dev.runnel.bench.load;

import org.jspecify.annotations.NullMarked;
