/**
 * Java methods that stand in front of functions of QuickJS. Guest code calls them, and what they
 * find in the guest's memory may be anything: they reach it through {@link
 * dev.runnel.wasm.FlatAccess} alone, which traps where wasm would. A loop whose length the guest
 * chooses polls.
 */
@NullMarked
package dev.runnel.quickjs.intrinsic;

import org.jspecify.annotations.NullMarked;
