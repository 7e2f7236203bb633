/** The client of programs' own requests, on Jetty. */
@NullMarked
package dev.runnel.server.fetch;

import org.jspecify.annotations.NullMarked;
