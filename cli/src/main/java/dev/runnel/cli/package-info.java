/** The command line: one file a command. */
@NullMarked
package dev.runnel.cli;

import org.jspecify.annotations.NullMarked;
