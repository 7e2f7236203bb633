/**
 * {@code Intl}'s data, from ICU4J; the JavaScript half is {@code js/internal/intl}. No class of ICU
 * is loaded before a program first uses {@code Intl} or a locale-sensitive method.
 *
 * @see <a href="https://tc39.es/ecma402/">ECMA-402</a>
 */
@NullMarked
package dev.runnel.runtime.host.intl;

import org.jspecify.annotations.NullMarked;
