/** Finds a program's modules: built-ins, files, and packages as Node resolves them. */
@NullMarked
package dev.runnel.runtime.module;

import org.jspecify.annotations.NullMarked;
