/** The Java half of {@code node:net}, {@code node:tls} and {@code node:dns}. */
@NullMarked
package dev.runnel.runtime.host.net;

import org.jspecify.annotations.NullMarked;
