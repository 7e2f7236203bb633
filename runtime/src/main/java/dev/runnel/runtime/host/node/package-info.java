/** The Java halves of the built-in {@code node:} modules. */
@NullMarked
package dev.runnel.runtime.host.node;

import org.jspecify.annotations.NullMarked;
