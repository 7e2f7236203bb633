/**
 * The fast engine: V8 through Javet. It runs trusted programs at V8's speed and is no sandbox;
 * {@code docs/engines.md} says what differs from the default engine.
 */
@NullMarked
package dev.runnel.v8;

import org.jspecify.annotations.NullMarked;
