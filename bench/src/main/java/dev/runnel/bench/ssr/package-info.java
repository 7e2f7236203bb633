/** {@code ./dev bench ssr}: servers that stream the same React page, beside each other. */
@NullMarked
package dev.runnel.bench.ssr;

import org.jspecify.annotations.NullMarked;
