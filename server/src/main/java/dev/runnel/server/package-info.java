/**
 * The HTTP front door: ports, connections and the way of bytes between sockets and request
 * handlers. Knows nothing of isolates.
 */
@NullMarked
package dev.runnel.server;

import org.jspecify.annotations.NullMarked;
