/** What an operator asks a server, on a port of its own. */
@NullMarked
package dev.runnel.server.admin;

import org.jspecify.annotations.NullMarked;
