/** {@code ./dev bench server} and {@code ./dev soak}: what a server bears. */
@NullMarked
package dev.runnel.bench.server;

import org.jspecify.annotations.NullMarked;
