package dev.runnel.runtime.guest;

import dev.runnel.codec.CodecMemory;
import dev.runnel.engine.MemoryUse;
import dev.runnel.runtime.loop.Completions;
import dev.runnel.runtime.loop.Completions.GuestCall;
import dev.runnel.runtime.loop.EventLoop;
import dev.runnel.runtime.snapshot.RecordedReads;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What host modules of one guest may use.
 *
 * @param guest calls what the program registered, in a turn that is under way on the loop
 * @param atEnd takes what is to be done when the isolate has ended
 * @param memory what the isolate uses now
 * @param reads hears of everything that a program may find different at its next start
 * @param codecs what compressed streams hold
 */
public record GuestServices(
    EventLoop loop,
    Completions completions,
    GuestCall guest,
    Consumer<Runnable> atEnd,
    Supplier<MemoryUse> memory,
    RecordedReads reads,
    CodecMemory codecs) {}
