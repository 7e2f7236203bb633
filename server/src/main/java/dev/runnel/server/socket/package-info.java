/** WebSocket connections (RFC 6455), whoever opened them. */
@NullMarked
package dev.runnel.server.socket;

import org.jspecify.annotations.NullMarked;
