package dev.runnel.portable;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.runnel.portable.CodeCompiler.Kind;
import dev.runnel.portable.PackOptions.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes one WebAssembly file of a program: finds its modules, compiles them, loads them into the
 * runtime and, if it may, evaluates them; what the memory is then is the file's data.
 */
public final class Packer {
  /** Where a program's folder stands for it, wherever that is on the machine that packs it. */
  private static final String FOLDER = "/app";

  private static final String MODULES = "/node_modules";
  private static final Set<String> EXPORTS = Set.of("_start", "memory");
  private static final long STACK_BYTES = 64L << 20;
  private static final int PAGE = 64 << 10;

  private final Path entry;
  private final PackOptions options;
  private final Map<String, Path> folders;
  private final String name;
  private final byte[] runnel = Portable.runnelWasm();
  private final MachineState first = MachineState.of(runnel);

  private Packer(Path entry, PackOptions options) throws IOException {
    this.entry = entry.toRealPath();
    this.options = options;
    Path root = packageOf(this.entry);
    folders = new LinkedHashMap<>(Map.of(FOLDER, root));
    modulesAbove(root).ifPresent(modules -> folders.put(MODULES, modules));
    name = FOLDER + "/" + root.relativize(this.entry).toString().replace('\\', '/');
  }

  /**
   * Packs the program of that file, which is JavaScript.
   *
   * @throws PackException when the program doesn't compile, fails, or exceeds a limit
   */
  public static PackedProgram pack(Path entry, PackOptions options)
      throws IOException, PackException, InterruptedException {
    return deep(new Packer(entry, options)::pack);
  }

  /** The guest's recursion takes more stack than a thread has by itself. */
  private static PackedProgram deep(Callable<PackedProgram> work)
      throws IOException, PackException, InterruptedException {
    FutureTask<PackedProgram> task = new FutureTask<>(work);
    new Thread(null, task, "packer", STACK_BYTES).start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PackException refused) {
        throw refused;
      }
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("Runnel failed to pack.", e.getCause());
    }
  }

  private static Path packageOf(Path file) {
    Path parent = file.getParent();
    for (Path folder = parent; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("package.json"))) {
        return folder;
      }
    }
    return parent == null ? file : parent;
  }

  private static Optional<Path> modulesAbove(Path root) {
    for (Path folder = root.getParent(); folder != null; folder = folder.getParent()) {
      Path modules = folder.resolve("node_modules");
      if (Files.isDirectory(modules)) {
        return Optional.of(modules);
      }
    }
    return Optional.empty();
  }

  /**
   * @param text in place of a CommonJS file's own that of a module which loads it
   */
  private record Module(String name, String text, boolean isModule, byte[] code) {}

  private PackedProgram pack() throws PackException {
    JsonObject seen = look();
    List<Module> modules = compiled(seen.getAsJsonArray("modules"));
    if (options.evaluation() == Evaluation.AT_START) {
      return new PackedProgram(loaded(seen, modules), Optional.empty());
    }
    try (PackingMachine packing = machine(folders)) {
      load(packing, seen, modules);
      JsonObject answer = packing.ask(task("evaluate"));
      failIf(answer);
      if (!answer.has("obstacle")) {
        return new PackedProgram(file(packing), Optional.empty());
      }
      String obstacle = answer.get("obstacle").getAsString();
      if (options.evaluation() == Evaluation.NOW) {
        throw new PackException(
            "The program %s, which belongs to one start, while it is evaluated for all of them: do"
                    .formatted(obstacle)
                + " that in a handler, or have it evaluated at each start.");
      }
      return new PackedProgram(loaded(seen, modules), Optional.of(obstacle));
    }
  }

  private PackingMachine machine(Map<String, Path> visible) {
    return new PackingMachine(first, visible, options);
  }

  private static JsonObject task(String task) {
    JsonObject request = new JsonObject();
    request.addProperty("task", task);
    return request;
  }

  private static void failIf(JsonObject answer) throws PackException {
    if (answer.has("failed")) {
      throw new PackException(answer.get("failed").getAsString());
    }
  }

  private JsonObject look() throws PackException {
    try (PackingMachine looking = machine(folders)) {
      JsonObject request = task("look");
      request.addProperty("entry", name);
      JsonObject answer = looking.ask(request);
      failIf(answer);
      return answer;
    }
  }

  private List<Module> compiled(JsonArray found) throws PackException {
    List<Module> modules = new ArrayList<>();
    try (PackingMachine compiling = machine(Map.of())) {
      compiling.ask(task("compile"));
      CodeCompiler compiler = new CodeCompiler(compiling.machine());
      for (JsonElement element : found) {
        JsonObject each = element.getAsJsonObject();
        String module = each.get("name").getAsString();
        String text = each.get("text").getAsString();
        byte[] code = compiler.compile(module, text, Kind.MODULE, options.positions());
        modules.add(new Module(module, text, each.get("isModule").getAsBoolean(), code));
      }
    }
    return modules;
  }

  private byte[] loaded(JsonObject seen, List<Module> modules) throws PackException {
    try (PackingMachine packing = machine(folders)) {
      load(packing, seen, modules);
      return file(packing);
    }
  }

  private void load(PackingMachine packing, JsonObject seen, List<Module> modules)
      throws PackException {
    PortableMachine machine = packing.machine();
    JsonArray given = new JsonArray();
    List<Integer> addresses = new ArrayList<>();
    for (Module module : modules) {
      int at = machine.place(module.code());
      addresses.add(at);
      JsonArray row = new JsonArray();
      row.add(module.name());
      row.add(at);
      row.add(module.code().length);
      row.add(module.isModule());
      given.add(row);
    }
    JsonObject program = new JsonObject();
    program.addProperty("kind", seen.get("kind").getAsString());
    program.addProperty("entry", name);
    program.addProperty("root", name.substring(0, name.lastIndexOf('/')));
    JsonObject request = task("load");
    request.add("program", program);
    request.add("modules", given);
    JsonArray unneeded = new JsonArray();
    List<String> texts = new ArrayList<>(modules.stream().map(Module::text).toList());
    JsonObject found = seen.getAsJsonObject("given");
    found
        .getAsJsonObject("texts")
        .entrySet()
        .forEach(text -> texts.add(text.getValue().getAsString()));
    Parts.load().unneeded(texts).forEach(unneeded::add);
    request.add("given", found);
    request.add("unneeded", unneeded);
    failIf(packing.ask(request));
    addresses.forEach(machine::free);
    // What was freed is used again, and not all of that is written.
    machine.zeroFreeMemory();
  }

  private byte[] file(PackingMachine packing) {
    PortableMachine machine = packing.machine();
    machine.call("JS_RunGC", machine.call("qjs_get_runtime_ptr"));
    int pages = (int) Math.min(Portable.MOST_PAGES, options.memoryBytes() / PAGE);
    return machine.state().writeInto(runnel, EXPORTS, pages);
  }
}
