package dev.runnel.cli;

import dev.runnel.cli.OptionValues.Caching;
import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.runtime.http.Egress;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.worker.WorkerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One app as a {@code runnel.toml} describes it.
 *
 * @param source the text that describes it: as long as that is the same, the app is
 * @param assets a folder whose files the program is not asked for
 * @param routes where it is reached; an app without any is there for others, as a service
 * @param secrets names, and the files that are read when the app is started
 * @param services names, and the apps that they mean
 * @param logRate how many bytes a second it may write to the log
 */
record AppSettings(
    String name,
    String source,
    Path program,
    Optional<Path> assets,
    List<AppRoute> routes,
    WorkerOptions options,
    Egress egress,
    List<Variable> json,
    List<NamedFile> secrets,
    List<Variable> namespaces,
    KvLimits kvLimits,
    Optional<Caching> cache,
    Map<String, String> services,
    List<CronSchedule> crons,
    long logRate) {}
