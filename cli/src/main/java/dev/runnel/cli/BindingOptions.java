package dev.runnel.cli;

import dev.runnel.cli.OptionValues.NamedFile;
import dev.runnel.cli.OptionValues.Variable;
import dev.runnel.runtime.binding.Binding;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.kv.KvLimits;
import dev.runnel.runtime.worker.WorkerException;
import dev.runnel.runtime.worker.WorkerOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a program finds in its {@code env} besides {@code --env}: options of several commands. */
final class BindingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      paramLabel = "NAME=JSON",
      converter = OptionValues.TextOrFile.class,
      description = "Give the program the value of JSON as env.NAME; NAME=@PATH reads it.")
  private List<Variable> json = new ArrayList<>();

  @Option(
      names = "--secret",
      paramLabel = "NAME=@PATH",
      converter = OptionValues.SecretFile.class,
      description =
          "Give the program the text of a file as env.NAME; it is not in process.env nor kept.")
  private List<Variable> secrets = new ArrayList<>();

  @Option(
      names = "--kv",
      paramLabel = "NAME[=WHERE]",
      converter = OptionValues.Namespace.class,
      description =
          "Give the program a KV namespace as env.NAME, kept in the file WHERE"
              + " (default: .runnel/kv/NAME.db) or on a server: redis://[USER:PASSWORD@]HOST[:PORT].")
  private List<Variable> namespaces = new ArrayList<>();

  @Option(
      names = "--kv-limits",
      paramLabel = "LIMIT=N,…",
      converter = OptionValues.NamespaceLimits.class,
      description =
          "Limits of every namespace: key=512, value=25m, metadata=1k, operations=1000 (of one"
              + " request), total=1g; sizes in bytes.")
  private KvLimits kvLimits = KvLimits.DEFAULT;

  @Option(
      names = "--cache",
      paramLabel = "SIZE|DIR[:SIZE]|URL[#SIZE]",
      converter = OptionValues.CachePlace.class,
      description = {
        "How much the program's caches keep in memory (default: 64m), or in files of the folder DIR",
        "(default there: 1g), which is emptied first, or on a Redis server (redis://HOST/0, default",
        "1g), which those share who name the same."
      })
  private OptionValues.@Nullable Caching cache;

  @Option(
      names = "--service",
      paramLabel = "NAME=FILE",
      converter = OptionValues.NamedFiles.class,
      description = "Run another worker in this process; env.NAME.fetch(request) asks it.")
  private List<NamedFile> services = new ArrayList<>();

  /**
   * Opens what the program is bound to.
   *
   * @param options the program's own; the services run with the same limits
   * @throws WorkerException when a service can't be loaded
   */
  Bound open(WorkerOptions options) throws WorkerException, InterruptedException {
    var bound = new Bound();
    try {
      bound.bind(named(bound, options), Optional.ofNullable(cache), options);
      return bound;
    } catch (WorkerException | InterruptedException | RuntimeException e) {
      bound.close();
      throw e;
    }
  }

  /** Where the servers are that keep namespaces: none of the program's business. */
  List<InetSocketAddress> servers() {
    return Stream.concat(
            namespaces.stream().map(Variable::value).filter(Bound::isServer),
            Optional.ofNullable(cache).flatMap(OptionValues.Caching::server).stream())
        .flatMap(Bound::addresses)
        .toList();
  }

  private SequencedMap<String, Binding> named(Bound bound, WorkerOptions options)
      throws WorkerException, InterruptedException {
    SequencedMap<String, Binding> named = new LinkedHashMap<>();
    for (Variable variable : json) {
      put(named, variable.name(), json(variable));
    }
    for (Variable variable : secrets) {
      put(named, variable.name(), new Binding.Secret(variable.value()));
    }
    for (Variable namespace : namespaces) {
      put(named, namespace.name(), bound.namespace(namespace, kvLimits));
    }
    for (NamedFile service : services) {
      put(named, service.name(), bound.service(service, options));
    }
    for (String name : options.environment().keySet()) {
      if (named.containsKey(name)) {
        throw twice(name);
      }
    }
    return named;
  }

  private Binding json(Variable variable) {
    try {
      return new Binding.Json(variable.value());
    } catch (IllegalArgumentException e) {
      throw wrong("--json: The value of %s is not valid JSON.".formatted(variable.name()));
    }
  }

  private void put(Map<String, Binding> named, String name, Binding binding) {
    try {
      Bindings.checkName(name);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (named.putIfAbsent(name, binding) != null) {
      throw twice(name);
    }
  }

  private ParameterException twice(String name) {
    return wrong("The name \"%s\" is given twice.".formatted(name));
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
