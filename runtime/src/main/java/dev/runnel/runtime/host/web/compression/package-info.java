/** Compression formats as streams that are fed and drained in pieces of any size. */
@NullMarked
package dev.runnel.runtime.host.web.compression;

import org.jspecify.annotations.NullMarked;
