/** The Java half of WebSockets, those that a program opens and those that it accepts. */
@NullMarked
package dev.runnel.runtime.host.socket;

import org.jspecify.annotations.NullMarked;
