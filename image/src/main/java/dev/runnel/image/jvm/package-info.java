/** What a program on the JVM needs around it: a small JRE, Runnel's jars, their AOT cache. */
@NullMarked
package dev.runnel.image.jvm;

import org.jspecify.annotations.NullMarked;
