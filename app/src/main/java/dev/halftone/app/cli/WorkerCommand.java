package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.wiring.Halftone;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs a node that only works: it shares the database and the object store of a service.
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = "Runs a node that only works, for a service on the same HALFTONE_DATABASE_URL and object store.")
public final class WorkerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HalftoneConfig config = ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of("")));
        if (config.database().isEmpty()) {
            throw new CommandRefused(
                    "a worker shares a service's database, and the embedded one belongs to one process alone.",
                    "Set HALFTONE_DATABASE_URL to the PostgreSQL that the service uses.");
        }
        try (Halftone halftone = Halftone.forService(config)) {
            Shutdown stop = Shutdown.onSignal(halftone);
            halftone.startWorker();
            spec.commandLine().getOut().println("Halftone works  (Ctrl-C stops it)");
            spec.commandLine().getOut().flush();
            stop.await();
        }
        return 0;
    }
}
