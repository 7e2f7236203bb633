/**
 * Splits a JVM method that HotSpot would refuse to compile into regions it compiles, run in turn by
 * a small loop.
 *
 * <p>In the order of the work: {@link dev.runnel.translator.split.ControlFlowGraph} finds the basic
 * blocks, {@link dev.runnel.translator.split.Dominators} and {@link
 * dev.runnel.translator.split.Regions} cut them into regions with one entry each, {@link
 * dev.runnel.translator.split.Liveness} and {@link dev.runnel.translator.split.RegionFlow} say
 * which locals must travel between regions, {@link dev.runnel.translator.split.FrameClass} holds
 * them there, {@link dev.runnel.translator.split.RegionEmitter} and {@link
 * dev.runnel.translator.split.Driver} write the code. {@link
 * dev.runnel.translator.split.MethodSplitter} is the way in.
 *
 * <p>{@link dev.runnel.translator.split.EarlyReturns} cuts smaller methods in two, so that HotSpot
 * inlines the part that most calls need.
 */
@NullMarked
package dev.runnel.translator.split;

import org.jspecify.annotations.NullMarked;
