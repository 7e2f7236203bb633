/** Limits that are measured from outside an isolate: processor time and wall time of its turns. */
@NullMarked
package dev.runnel.runtime.limit;

import org.jspecify.annotations.NullMarked;
