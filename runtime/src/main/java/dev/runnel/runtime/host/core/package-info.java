/** The Java halves of what every program needs: HTTP exchanges, errors, modules. */
@NullMarked
package dev.runnel.runtime.host.core;

import org.jspecify.annotations.NullMarked;
