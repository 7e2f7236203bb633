/** The file tree that a program sees: the folders it was granted, and nothing else. */
@NullMarked
package dev.runnel.runtime.host.node.file;

import org.jspecify.annotations.NullMarked;
