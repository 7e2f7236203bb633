/** Runs ECMAScript's own test suite, test262, through the engine behind the SPI. */
@NullMarked
package dev.runnel.conformance.test262;

import org.jspecify.annotations.NullMarked;
