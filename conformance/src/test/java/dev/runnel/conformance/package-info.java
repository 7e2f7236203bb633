/** Proof of the whole: programs, React, streaming, hostile guests, and the rule of the layers. */
@NullMarked
package dev.runnel.conformance;

import org.jspecify.annotations.NullMarked;
