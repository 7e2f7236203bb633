/** The Java half of BroadcastChannel. */
@NullMarked
package dev.runnel.runtime.host.broadcast;

import org.jspecify.annotations.NullMarked;
