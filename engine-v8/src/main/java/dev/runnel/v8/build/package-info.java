/**
 * Runs while the engine is built: packs the locale data that V8's ICU reads, from the same release
 * of ICU for Java, so that both engines format alike and no system tool is needed.
 */
@NullMarked
package dev.runnel.v8.build;

import org.jspecify.annotations.NullMarked;
