/** Programs in isolates: load one, send it requests, close it. The embeddable library's front. */
@NullMarked
package dev.runnel.runtime.worker;

import org.jspecify.annotations.NullMarked;
