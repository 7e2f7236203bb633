/** Files that are answered without the program. */
@NullMarked
package dev.runnel.server.assets;

import org.jspecify.annotations.NullMarked;
