/** Requests that programs make themselves. */
@NullMarked
package dev.runnel.runtime.host.fetch;

import org.jspecify.annotations.NullMarked;
