package dev.runnel.runtime.worker;

import dev.runnel.engine.Engine;
import dev.runnel.runtime.binding.Bindings;
import dev.runnel.runtime.guest.BaseSnapshot;
import dev.runnel.runtime.guest.Evaluated;
import dev.runnel.runtime.host.broadcast.Broadcasts;
import dev.runnel.runtime.http.Network;
import dev.runnel.runtime.module.Builtins;
import dev.runnel.runtime.module.ModuleFiles;
import dev.runnel.runtime.module.ProgramModules;
import dev.runnel.runtime.module.SourceTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Compiles the built-ins and makes the base snapshot while Runnel is built. Arguments: the engine's
 * name, the folder of classes.
 */
public final class BaseSnapshotMain {
  private BaseSnapshotMain() {}

  public static void main(String[] args) throws IOException {
    var engine = Engine.named(args[0]);
    Path root = Path.of("/");
    var nothing =
        new Program(
            root,
            ProgramModules.Kind.NODE,
            ModuleFiles.around(root, List.of(), SourceTransform.NONE),
            Bindings.NONE,
            new Broadcasts());
    var settings =
        nothing.guest(
            engine,
            Builtins.load(engine.name()),
            Optional::empty,
            Network.NONE,
            Evaluated.NONE,
            WorkerOptions.DEFAULT);
    Path classes = Path.of(args[1]);
    Builtins.compile(engine, classes);
    Files.write(BaseSnapshot.fileIn(classes, engine), BaseSnapshot.make(settings).toBytes());
  }
}
