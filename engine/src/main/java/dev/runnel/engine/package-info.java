/**
 * What Runnel asks of a JavaScript engine: isolates, the values that cross into them, host
 * functions, limits, errors and snapshots.
 *
 * <p>Depends on nothing else in this project. Nothing above it may know which engine it runs on.
 */
@NullMarked
package dev.runnel.engine;

import org.jspecify.annotations.NullMarked;
