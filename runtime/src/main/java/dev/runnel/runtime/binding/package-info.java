/** What a program finds in its {@code env}: values, and whom it can ask. */
@NullMarked
package dev.runnel.runtime.binding;

import org.jspecify.annotations.NullMarked;
