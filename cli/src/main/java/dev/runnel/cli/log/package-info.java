/** Where log records go when Runnel is run as a program: standard error, one line each. */
@NullMarked
package dev.runnel.cli.log;

import org.jspecify.annotations.NullMarked;
