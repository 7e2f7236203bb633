/** {@code ./dev bench web}: the Web platform's APIs, and requests that are passed on. */
@NullMarked
package dev.runnel.bench.web;

import org.jspecify.annotations.NullMarked;
