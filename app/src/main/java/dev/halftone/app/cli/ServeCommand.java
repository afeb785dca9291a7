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

/// Runs the service: HTTP and workers in one process, until it is told to stop.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the service: the API, the pages and workers. Settings: halftone config.")
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HalftoneConfig config = ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of("")));
        try (Halftone halftone = Halftone.forService(config)) {
            Shutdown stop = Shutdown.onSignal(halftone);
            // Before the work: a receiver that hears of an end asks for the status at once.
            String address = halftone.startServer();
            halftone.startWorker();
            spec.commandLine().getOut().println("Halftone listens on " + address + "  (Ctrl-C stops it)");
            spec.commandLine().getOut().flush();
            stop.await();
        }
        return 0;
    }
}
