/** Workers' key-value namespaces: what a program may ask, and what a store has to do. */
@NullMarked
package dev.runnel.runtime.kv;

import org.jspecify.annotations.NullMarked;
