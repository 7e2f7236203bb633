/** Java halves of the Web APIs in {@code js/web}. */
@NullMarked
package dev.runnel.runtime.host.web;

import org.jspecify.annotations.NullMarked;
