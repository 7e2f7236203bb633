/** Registries: images come from them and go to them. */
@NullMarked
package dev.runnel.image.registry;

import org.jspecify.annotations.NullMarked;
