/** Where KV namespaces are kept: a file of this machine, or a Redis server. */
@NullMarked
package dev.runnel.store;

import org.jspecify.annotations.NullMarked;
