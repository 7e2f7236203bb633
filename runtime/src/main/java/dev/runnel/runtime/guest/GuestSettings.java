package dev.runnel.runtime.guest;

import dev.runnel.engine.Engine;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JitOptions;
import dev.runnel.engine.Limits;
import dev.runnel.engine.Locality;
import dev.runnel.engine.Snapshot;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.exchange.Exchanges;
import dev.runnel.runtime.http.Fetcher;
import dev.runnel.runtime.http.NetAccess;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.limit.DecompressionLimits;
import dev.runnel.runtime.limit.SocketLimits;
import dev.runnel.runtime.limit.TurnLimits;
import dev.runnel.runtime.module.Builtins;
import dev.runnel.runtime.module.ProgramModules;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a guest is made from.
 *
 * @param base a heap in which the built-ins have been evaluated; without one they are evaluated
 *     now. Asked only when the program itself has to be evaluated
 * @param entry the entry module's name
 * @param start what {@code internal/program.js} gets, as JSON
 * @param evaluated heaps in which the program itself has been evaluated
 * @param hostModules the further host modules, made for each guest
 */
public record GuestSettings(
    Engine engine,
    Limits limits,
    JitOptions jit,
    TurnLimits turnLimits,
    Exchanges.Limits exchangeLimits,
    int maxTimers,
    int outgoing,
    Supplier<Optional<Snapshot>> base,
    Builtins builtins,
    ProgramModules modules,
    String entry,
    String start,
    Network network,
    Fetcher fetcher,
    NetAccess sockets,
    Bindings bindings,
    DecompressionLimits decompressionLimits,
    SocketLimits socketLimits,
    Locality locality,
    Evaluated evaluated,
    Function<GuestServices, List<HostModule>> hostModules) {}
