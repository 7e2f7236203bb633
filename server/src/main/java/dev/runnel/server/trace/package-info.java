/** What a server tells of its requests to an OpenTelemetry collector. */
@NullMarked
package dev.runnel.server.trace;

import org.jspecify.annotations.NullMarked;
